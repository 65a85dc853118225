"""A list of staff: what each line says, and what is wrong with it, before anything is saved."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.establishments import set_up_actions, staff_list, staff_plan
from newel.record.establishments.models import Post
from newel.record.establishments.policies import AlreadyThere
from newel.record.establishments.staff_list import NotAList
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HEAD = "name,login name,role,unit,discipline,agency,start"
BESSIE = "Bessie Lee,,Residential worker or officer,Rookery,Residential care,Suffolk Care,"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def plan(cast: Cast, *lines: str, head: str = HEAD, **more: Any) -> staff_plan.Plan:
    given = {"left_out": set(), "answers": {}} | more
    read = staff_list.read("\n".join([head, *lines]))
    setting = cast.rookery.setting
    return staff_plan.plan(setting=setting, lines=read, at=NOW, today=TODAY, **given)


def problems(cast: Cast, *lines: str, **more: Any) -> str:
    return " ".join(
        words for one in plan(cast, *lines, **more).people for words in one.line.problems
    )


def test_a_clear_line_says_who_where_and_as_what(cast: Cast) -> None:
    one = plan(cast, BESSIE).people[0]
    assert one.is_clear
    assert (one.name, one.username, one.role) == ("Bessie Lee", "bessie.lee", "residential_worker")
    assert one.unit == cast.rookery
    assert (one.discipline, one.agency and one.agency.name) == ("residential", "Suffolk Care")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (BESSIE.replace("Rookery", "Rokery"), "no unit “Rokery”. Did you mean “Rookery”?"),
        (BESSIE.replace("Rookery", ""), "Say the unit, or “whole setting”, or “no post”"),
        (BESSIE.replace("Rookery", "Ferndean"), "no unit “Ferndean”"),
        (
            BESSIE.replace("Residential worker or officer", "Residental worker"),
            "Did you mean “Residential worker or officer”?",
        ),
        (BESSIE.replace("Residential worker or officer", ""), "Say the role"),
        (BESSIE.replace("Suffolk Care", "Sufolk Care"), "Did you mean “Suffolk Care”?"),
        (BESSIE.replace("Suffolk Care", ""), "Say the agency that employs them"),
        (BESSIE.replace("Residential care", "Magic"), "Newel knows no discipline “Magic”"),
        (BESSIE.replace("Bessie Lee", "..."), "Write the name"),
        (BESSIE + "11/30/2026", "is no day. Write it like 30 11 2026, the day first"),
        (BESSIE + "30/11/2062", "more than a year ahead"),
        (BESSIE.replace("Bessie Lee,,", "Bessie Lee,b lee!,"), "Write a login name"),
        (BESSIE.replace("Bessie Lee", "李白"), "Write a login name"),
        (BESSIE + ",more,cells", "more cells than the first line names"),
        (BESSIE.replace("Bessie Lee,,", "Bessie Lee,barkis,"), "“barkis” is Will Barkis’s"),
        (
            "Will Barkis,barkis,System administrator,Rookery,Residential care,Suffolk Care,",
            "Will Barkis is residential worker or officer in Newel",
        ),
        (
            "Will Barkis,barkis,residential_worker,Yarmouth,residential,Suffolk Care,",
            "Will Barkis works on Yarmouth already: leave this line out",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_line(line: str, said: str, cast: Cast) -> None:
    assert said in problems(cast, line)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("30 11 2026", date(2026, 11, 30)),
        ("30/11/2026", date(2026, 11, 30)),
        ("30.11.2026", date(2026, 11, 30)),
        ("2026-11-30", date(2026, 11, 30)),
        ("30 November 2026", date(2026, 11, 30)),
        ("3/4/2027", date(2027, 4, 3)),
        ("1 1 2020", TODAY),
        ("", None),
    ],
)
def test_a_start_is_read_as_people_write_it_and_never_reaches_back(
    start: str, day: date | None, cast: Cast
) -> None:
    assert plan(cast, BESSIE + start).people[0].starts_on == day


@pytest.mark.parametrize("mark", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_lists_of_any_program_are_read(mark: str, encoding: str, cast: Cast) -> None:
    text = f"{HEAD}\r\n{BESSIE.replace('Bessie', 'Zoë')}\r\n\r\n".replace(",", mark)
    lines = staff_list.read(staff_list.text_of(text.encode(encoding)))
    assert [line.says("name") for line in lines] == ["Zoë Lee"]
    assert lines[0].number == 2


def test_a_name_may_hold_the_mark_between_cells(cast: Cast) -> None:
    assert plan(cast, BESSIE.replace("Bessie Lee", '"Lee, Bessie"')).people[0].name == "Lee, Bessie"


def test_columns_may_stand_in_any_order_and_be_called_as_people_call_them(cast: Cast) -> None:
    head = "Unit,Employer,FULL NAME,Job role,Discipline,Shoe size"
    one = plan(cast, "Rookery,Suffolk Care,Bessie Lee,Keyworker or custody support plan officer,"
               "Residential care,39", head=head).people[0]  # fmt: skip
    assert one.is_clear
    assert one.role == "keyworker"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste the list, or choose a file"),
        ("\n\n", "Paste the list"),
        (BESSIE, "The first line has to name the columns. Missing: name, role, unit"),
        (HEAD, "has nobody on it"),
        (f"{HEAD},name\n{BESSIE}", "names a column twice: name"),
        (f"{HEAD}\n" + f"{BESSIE}\n" * 301, "This list has 301 lines"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(text: str, said: str, cast: Cast) -> None:
    with pytest.raises(NotAList, match=said):
        staff_list.read(text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 xl/workbook", "This is a spreadsheet file"),
        (b"\xd0\xcf\x11\xe0", "an old spreadsheet"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"x" * 1_000_001, "too large"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(NotAList, match=said):
        staff_list.text_of(data)


def test_three_hundred_lines_are_read(cast: Cast) -> None:
    lines = [BESSIE.replace("Bessie Lee", f"Bessie Lee{n}") for n in range(300)]
    assert plan(cast, *lines).is_clear


def test_a_name_that_newel_knows_is_asked_about(cast: Cast) -> None:
    line = BESSIE.replace("Bessie Lee", "Will Barkis")
    asked = plan(cast, line).people[0]
    assert not asked.is_clear
    assert [one.username for one in asked.alike] == ["barkis"]
    mark = asked.line.mark
    same = plan(cast, line, answers={mark: cast.barkis.public_id}).people[0]
    assert (same.known, same.is_clear) == (cast.barkis, True)
    other = plan(cast, line, answers={mark: "another"}).people[0]
    assert (other.known, other.username, other.is_clear) == (None, "will.barkis", True)


def test_an_answer_for_one_line_is_none_for_another(cast: Cast) -> None:
    line = BESSIE.replace("Bessie Lee", "Will Barkis")
    mark = plan(cast, line).people[0].line.mark
    changed = plan(cast, line.replace("Rookery", "Yarmouth"), answers={mark: "another"})
    assert not changed.people[0].is_clear


def test_the_same_name_twice_is_asked_about(cast: Cast) -> None:
    twice = plan(cast, BESSIE, BESSIE.replace("Rookery", "Yarmouth"))
    assert "Line 2 has the same name" in twice.people[1].line.problems[0]
    mark = twice.people[1].line.mark
    answered = plan(cast, BESSIE, BESSIE.replace("Rookery", "Yarmouth"), answers={mark: "another"})
    assert [one.username for one in answered.people] == ["bessie.lee", "bessie.lee2"]
    assert answered.is_clear


def test_one_person_may_have_two_posts(cast: Cast) -> None:
    line = BESSIE.replace("Bessie Lee,,", "Bessie Lee,b.lee,")
    both = plan(cast, line, line.replace("Rookery", "Yarmouth"))
    assert both.is_clear
    save(cast, both)
    assert Post.objects.filter(staff=cast.__getattr__("b.lee")).count() == 2


def test_one_login_name_for_two_names_is_said(cast: Cast) -> None:
    line = BESSIE.replace("Bessie Lee,,", "Bessie Lee,b.lee,")
    assert "Line 2 has this login name for another name" in problems(
        cast, line, line.replace("Bessie Lee", "Bertha Lee")
    )


def save(cast: Cast, made: staff_plan.Plan) -> list[StaffMember]:
    with acting(cast.spenlow.pk):
        return set_up_actions.bring_in(
            plan=made, setting=cast.rookery.setting, by=cast.spenlow, at=NOW
        )


def test_nothing_is_saved_before_every_line_is_clear(cast: Cast) -> None:
    before = StaffMember.objects.count()
    made = plan(cast, BESSIE, BESSIE.replace("Bessie", "Bertha").replace("Rookery", "Nowhere here"))
    with pytest.raises(AlreadyThere, match="not clear"):
        save(cast, made)
    assert StaffMember.objects.count() == before


def test_a_line_that_is_left_out_knowingly_is_not_saved(cast: Cast) -> None:
    wrong = BESSIE.replace("Bessie", "Bertha").replace("Rookery", "Attic")
    mark = plan(cast, wrong).people[0].line.mark
    new = save(cast, plan(cast, BESSIE, wrong, left_out={mark}))
    assert [one.name for one in new] == ["Bessie Lee"]


def test_no_post_opens_nothing_and_whole_setting_opens_all(cast: Cast) -> None:
    lines = (
        "Bertha Mason,,Social worker or placing authority,no post,,,",
        "Grace Poole,,manager,whole setting,Management,Suffolk Care,",
    )
    new = save(cast, plan(cast, *lines))
    bertha, grace = new
    assert not Post.objects.filter(staff=bertha).exists()
    post = Post.objects.get(staff=grace)
    assert (post.setting, post.unit) == (cast.rookery.setting, None)


def test_who_is_brought_in_cannot_sign_in_without_a_slip(cast: Cast) -> None:
    (bessie,) = save(cast, plan(cast, BESSIE))
    assert not bessie.has_usable_password()
    with acting(cast.spenlow.pk):
        (slip,) = set_up_actions.make_slips(staff=[bessie], by=cast.spenlow, at=NOW)
    bessie.refresh_from_db()
    assert bessie.check_password(slip.password)
    assert bessie.must_choose_password


def test_somebody_whom_newel_knows_gets_a_post_and_no_second_account(cast: Cast) -> None:
    line = "Will Barkis,barkis,residential_worker,Rookery,Residential care,Suffolk Care,"
    assert save(cast, plan(cast, line)) == []
    assert Post.objects.filter(staff=cast.barkis, unit=cast.rookery).exists()


def test_the_whole_list_or_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan(cast, BESSIE, BESSIE.replace("Bessie", "Bertha"))
    before = StaffMember.objects.count()
    calls: list[int] = []

    def fails(**_: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise AlreadyThere("Somebody was first.")

    monkeypatch.setattr(set_up_actions, "start_post", fails)
    with pytest.raises(AlreadyThere, match="first"):
        save(cast, made)
    assert StaffMember.objects.count() == before
