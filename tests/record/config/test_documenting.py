"""Documents that are generated: written once, fresh until somebody changes them or the code."""

from pathlib import Path

import pytest

from newel.record.config import documenting, place

PAGE = Path("docs/measures/ors.md")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(place, "CHECKOUT", tmp_path)
    return tmp_path


def said(*, check: bool) -> tuple[int, list[str]]:
    lines: list[str] = []
    return documenting.write(check=check, say=lines.append), lines


def test_a_document_that_is_not_there_is_stale(checkout: Path) -> None:
    code, lines = said(check=True)
    assert code == 1
    assert f"{PAGE} is stale: run `newel docs`." in lines
    assert not (checkout / PAGE).exists()


def test_what_was_written_is_fresh(checkout: Path) -> None:
    assert said(check=False)[0] == 0
    assert (checkout / PAGE).read_text(encoding="utf-8").startswith("# ORS")
    assert said(check=True) == (0, [])


def test_a_page_of_a_measure_that_somebody_edited_is_stale_by_itself(checkout: Path) -> None:
    said(check=False)
    with (checkout / PAGE).open("a", encoding="utf-8") as page:
        page.write("Cut-off: 27.\n")
    assert said(check=True) == (1, [f"{PAGE} is stale: run `newel docs`."])


def test_the_pages_of_measures_are_among_the_documents() -> None:
    names = set(documenting.documents())
    assert {"docs/generated/roles.md", "docs/measures/to-confirm.md", str(PAGE)} <= names
