"""A psychologist gives a child’s questionnaires out as a file, and brings some in from one."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect


def test_a_file_leaves_comes_back_and_brings_what_is_new(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
    tmp_path: Path,
) -> None:
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of David").click()
    page.get_by_role("button", name="Questionnaires", exact=True).click()
    page.get_by_role("link", name="As files, in and out").click()
    expect(page.get_by_role("heading", name="What left")).to_be_visible()
    check_accessible()
    sent = _give_out(page, tmp_path, check_accessible)

    _choose(page, sent)
    expect(page.get_by_text("There is nothing to bring in.")).to_be_visible()
    check_accessible()

    page.get_by_role("link", name="Choose another file").click()
    _choose(page, _with_a_new_form(sent))
    expect(page.get_by_text("1 new")).to_be_visible()
    expect(page.get_by_text("What is no answer")).to_be_attached()
    check_accessible()
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_accessible()
    page.get_by_label("with 1 question left unanswered").check()
    page.get_by_label("I have looked at each of them").check()
    page.evaluate("scrollTo(0, 0)")
    picture("file_looked_at", whole=True)
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("1 questionnaire came in.")).to_be_visible()
    expect(page.get_by_text("It is left unanswered")).to_be_visible()
    check_accessible()


def _give_out(page: Page, folder: Path, check_accessible: Callable[[], None]) -> Path:
    page.get_by_role("button", name="Give out as a file").click()
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_accessible()
    page.get_by_label("Child Outcome Rating Scale").check()
    page.get_by_label("CSV").check()
    page.get_by_label("Who is it for?").fill("Agnes Wickfield, social worker")
    page.get_by_label("Why do they need it?").fill("For the review")
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_text("For Agnes Wickfield, social worker", exact=True)).to_be_visible()
    check_accessible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Fetch the file").click()
    path = folder / "questionnaires.csv"
    waiting.value.save_as(path)
    assert "David" not in path.read_text()
    return path


def _choose(page: Page, path: Path) -> None:
    if page.get_by_role("button", name="Bring in from a file").count():
        page.get_by_role("button", name="Bring in from a file").click()
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_label("Where does it come from?").fill("Agnes Wickfield, by secure mail")
    page.get_by_role("button", name="Look at what is in it").click()


def _with_a_new_form(sent: Path) -> Path:
    """The first form once more, as another of an earlier day, with a cell that is no answer."""
    head, first, *others = sent.read_text().splitlines()
    cells = dict(zip(head.split(","), first.split(","), strict=True))
    cells |= {"form": "elsewhere-1", "date": "2022-01-15", "cors_02": "n/a"}
    path = sent.with_name("from_elsewhere.csv")
    path.write_text("\n".join([head, first, *others, ",".join(cells.values())]) + "\n")
    return path
