"""Questionnaires come in from a file: looked at first, nothing overwritten, nothing guessed."""

import pytest
from django.test import Client

from newel.evidence.measures import measure
from newel.record.access.transactions import acting
from newel.record.outcomes.models import BroughtFile, Form, Talk
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.exchange.files import FROM, bring, choose, here, row, table, to
from tests.record.outcomes.giving import begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def chillip(cast: Cast, signed_in: type[SignedIn]) -> Client:
    return signed_in(cast.chillip)


def forms_of(cast: Cast) -> list[Form]:
    with acting(cast.chillip.pk):
        return list(Form.objects.filter(child=cast.david).order_by("pk"))


def test_nothing_is_saved_before_somebody_has_looked(cast: Cast, chillip: Client) -> None:
    """H27"""
    page = choose(chillip, cast.david, table(row(cast.david)))
    assert "1 form: 1 new. Nothing is saved yet." in page.text
    assert measure("yp_core").name in page.text and FROM in page.text
    assert forms_of(cast) == []


def test_what_comes_in_says_from_where_by_whom_and_of_which_day(
    cast: Cast, chillip: Client
) -> None:
    page = choose(chillip, cast.david, table(row(cast.david, form="x1")), "from_camhs.csv")
    page = bring(chillip, cast.david, page)
    assert "1 questionnaire came in." in page.text and FROM in page.text
    with acting(cast.chillip.pk):
        file = BroughtFile.objects.get()
        form = file.forms.get().form
    assert file.sha256 in page.text and len(file.sha256) == 64
    assert (file.name, file.kind, file.brought_by) == ("from_camhs.csv", "csv", cast.chillip)
    assert (form.state, str(form.answered_on), form.way) == ("finished", "2026-03-03", "paper")
    page = chillip.get(f"/children/{cast.david.public_id}/measures/{form.public_id}/")
    assert "From the file from_camhs.csv, by Sam Chillip" in page.text


def test_without_having_said_that_one_has_looked_nothing_comes_in(
    cast: Cast, chillip: Client
) -> None:
    page = bring(
        chillip, cast.david, choose(chillip, cast.david, table(row(cast.david))), looked=""
    )
    assert "Tick “I have looked at each of them” to go on" in page.text
    assert forms_of(cast) == []


def test_the_same_file_again_changes_nothing(cast: Cast, chillip: Client) -> None:
    content = table(row(cast.david, form="x1"), row(cast.david, date="2026-04-04"))
    bring(chillip, cast.david, choose(chillip, cast.david, content))
    page = choose(chillip, cast.david, content)
    assert "2 forms: 2 known already." in page.text
    assert "There is nothing to bring in" in page.text and "Bring them in" not in page.text
    assert len(forms_of(cast)) == 2


def test_the_same_form_with_other_answers_is_shown_beside_it_and_never_comes_in(
    cast: Cast, chillip: Client
) -> None:
    bring(chillip, cast.david, choose(chillip, cast.david, table(row(cast.david, form="x1"))))
    before = here(cast, cast.david)
    page = choose(chillip, cast.david, table(row(cast.david, form="x1", yp_core_01=3)))
    assert "Differs from the one here" in page.text
    assert "never" in page.text and "frequently" in page.text
    bring(chillip, cast.david, page, take_1="in")
    assert here(cast, cast.david) == before


def test_another_form_of_that_day_comes_in_only_when_somebody_says_so(
    cast: Cast, chillip: Client
) -> None:
    bring(chillip, cast.david, choose(chillip, cast.david, table(row(cast.david))))
    page = choose(chillip, cast.david, table(row(cast.david, yp_core_01=3)))
    assert "There is one of that day" in page.text
    told = bring(chillip, cast.david, page)
    assert "Row 2: say whether it comes in" in told.text and len(forms_of(cast)) == 1
    bring(chillip, cast.david, page, take_1="in")
    assert len(forms_of(cast)) == 2


@pytest.mark.parametrize("cell", ["7", "3,5", "n/a", "-", "2.5", "=1+1", "yes"])
def test_a_cell_that_is_no_answer_is_shown_and_a_person_decides(
    cast: Cast, chillip: Client, cell: str
) -> None:
    page = choose(chillip, cast.david, table(row(cast.david, yp_core_02=cell)))
    assert "What is no answer" in page.text and "one of 0, 1, 2, 3, 4" in page.text
    assert "Row 2: say whether it comes in" in bring(chillip, cast.david, page).text
    assert forms_of(cast) == []
    page = bring(chillip, cast.david, page, take_1="in")
    assert "which is no answer. It is left unanswered" in page.text
    assert here(cast, cast.david)[0].answers["yp_core_02"] is None


def test_a_file_about_another_child_is_refused_as_a_whole(cast: Cast, chillip: Client) -> None:
    """H1"""
    content = table(row(cast.david), row(cast.tommy, date="2026-04-04"))
    page = choose(chillip, cast.david, content)
    assert f"Row 3 is about “{cast.tommy.public_id}”" in page.text
    assert "Nothing is brought in" in page.text
    assert bring(chillip, cast.david, page, take_1="in").status_code == 200
    assert forms_of(cast) == []


def test_a_reference_of_another_place_is_believed_only_where_somebody_typed_it(
    cast: Cast, chillip: Client
) -> None:
    """H1"""
    content = table(row(cast.david, child="RT-4711"))
    assert "is about “RT-4711”" in choose(chillip, cast.david, content).text
    page = choose(chillip, cast.david, content, reference="RT-4711")
    bring(chillip, cast.david, page)
    assert len(forms_of(cast)) == 1


def test_a_file_with_another_date_of_birth_is_refused(cast: Cast, chillip: Client) -> None:
    """H1"""
    page = choose(chillip, cast.david, table(row(cast.david, date_of_birth="2010-09-30")))
    assert "about a child born on 30 September 2010" in page.text
    page = choose(chillip, cast.david, table(row(cast.david, date_of_birth="2011-03-04")))
    assert "1 new" in page.text


def test_an_answer_above_nought_about_self_harm_needs_two_adults_and_tells_them(
    cast: Cast, chillip: Client
) -> None:
    """H9"""
    page = choose(chillip, cast.david, table(row(cast.david, yp_core_04=1)))
    assert "may not have been safe" in page.text
    told = bring(chillip, cast.david, page)
    assert "Choose who talks with the child" in told.text and forms_of(cast) == []
    adults = {"talk_to": cast.omer.public_id, "cover": cast.rosa.public_id}
    bring(chillip, cast.david, page, **adults)
    with acting(cast.omer.pk):
        talk = Talk.objects.get()
        assert (talk.form.talk_to, talk.form.cover, talk.seen_at) == (cast.omer, cast.rosa, None)
    page = chillip.get(f"/children/{cast.david.public_id}/measures/")
    assert "It was given on 3 March 2026, and came to Newel on" in page.text


def test_where_it_is_left_out_nobody_has_to_be_named(cast: Cast, chillip: Client) -> None:
    content = table(row(cast.david, yp_core_04=1), row(cast.david, date="2026-04-04"))
    page = choose(chillip, cast.david, content)
    bring(chillip, cast.david, page, take_1="")
    assert [str(one.answered_on) for one in forms_of(cast)] == ["2026-04-04"]


def test_a_form_that_is_begun_here_is_not_in_the_way(cast: Cast, chillip: Client) -> None:
    begun(cast, "yp_core")
    bring(chillip, cast.david, choose(chillip, cast.david, table(row(cast.david))))
    assert [one.state for one in forms_of(cast)] == ["open", "finished"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "2010-01-01"}, "before the child was born"),
        ({"date": "2190-01-01"}, "which is still to come"),
        ({"date": "31 February 2026"}, "“31 February 2026” is no day that can be read"),
        ({"date": ""}, "It does not say on which day it was answered"),
        ({"version": "9"}, "It answers version 9 of YP-CORE, and here is version 1"),
        ({"answered_by": "mum"}, "“mum” does not say who answered"),
        ({"state": "begun"}, "Finish it where it was begun"),
        ({"state": "set_aside"}, "It was set aside, and does not say why"),
        ({"language": "English"}, "“English” is no language"),
        ({"declined": "yp_core_99"}, "YP-CORE has no such item"),
        ({"declined": "yp_core_01"}, "yp_core_01 is declined and has an answer as well"),
        ({"form": "x" * 65}, "is longer than 64 letters"),
    ],
)
def test_what_cannot_come_in_says_why(
    cast: Cast, chillip: Client, change: dict[str, str], said: str
) -> None:
    page = choose(chillip, cast.david, table(row(cast.david, **change)))
    assert said in page.text and "1 cannot come in" in page.text
    bring(chillip, cast.david, page, take_1="in")
    assert forms_of(cast) == []


def test_the_others_come_in_all_the_same(cast: Cast, chillip: Client) -> None:
    content = table(row(cast.david, version=9), row(cast.david, date="2026-04-04", language="cy"))
    page = choose(chillip, cast.david, content)
    assert "2 forms: 1 new, 1 cannot come in." in page.text
    assert "It was asked in another language: cy." in page.text
    bring(chillip, cast.david, page)
    assert [one.language for one in forms_of(cast)] == ["cy"]


def test_dates_of_three_numbers_are_asked_about_and_never_guessed(
    cast: Cast, chillip: Client
) -> None:
    page = choose(chillip, cast.david, table(row(cast.david, date="3/4/2026")))
    assert "First say how the dates in this file are written." in page.text
    told = bring(chillip, cast.david, page)
    assert forms_of(cast) == [] and "There is a problem" in told.text
    page = bring(chillip, cast.david, page, order="month_first", then="read")
    assert "Of 4 March 2026." in page.text and "There is a problem" not in page.text
    bring(chillip, cast.david, page, order="month_first")
    assert [str(one.answered_on) for one in forms_of(cast)] == ["2026-03-04"]


def test_one_id_with_two_answers_comes_in_neither_way(cast: Cast, chillip: Client) -> None:
    content = table(row(cast.david, form="x1"), row(cast.david, form="x1", yp_core_01=2))
    page = choose(chillip, cast.david, content)
    assert page.text.count("stands in this file more than once, with different answers") == 2
    same = table(row(cast.david, form="x1"), row(cast.david, form="x1"))
    page = choose(chillip, cast.david, same)
    assert "2 forms: 1 new, 1 known already." in page.text
    assert "It stands in this file a second time." in page.text
    bring(chillip, cast.david, page)
    assert len(forms_of(cast)) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "This file is empty"),
        (b"\n\n", "a.csv", "has no headings"),
        (b"%PDF-1.7 abc", "a.csv", "This is a PDF"),
        (b"\x89PNG abc", "a.xlsx", "This is a picture"),
        (b"PK\x03\x04 broken", "a.xlsx", "it is broken, or no Excel, CSV or FHIR file"),
        (b"child,date\nx,2026-03-03\n", "a.csv", "holds no questionnaire that Newel knows"),
        (b"{", "a.json", "This is no JSON, or it is broken off"),
        (b'{"resourceType": "Patient"}', "a.json", "holds no QuestionnaireResponse"),
        (b'<Bundle xmlns="http://hl7.org/fhir"/>', "a.xml", "Newel reads FHIR as JSON"),
        (b'{"a": ' * 100_000, "a.json", "This is no JSON, or it is broken off"),
    ],
)
def test_what_is_no_file_of_questionnaires_says_what_it_is(
    cast: Cast, chillip: Client, content: bytes, name: str, said: str
) -> None:
    page = choose(chillip, cast.david, content, name)
    assert page.status_code == 200 and said in page.text
    assert FROM in page.text
    assert forms_of(cast) == []


def test_a_column_twice_and_a_torn_line_refuse_the_file(cast: Cast, chillip: Client) -> None:
    content = table(row(cast.david)).decode()
    twice = content.replace("yp_core_02", "yp_core_01", 1).encode()
    assert "has a column twice: yp_core_01" in choose(chillip, cast.david, twice).text
    torn = (content.strip() + ",1\n").encode()
    assert (
        "Which answer belongs to which item cannot be known"
        in choose(chillip, cast.david, torn).text
    )


def test_a_measure_that_is_not_the_one_it_says_is_refused(cast: Cast, chillip: Client) -> None:
    page = choose(chillip, cast.david, table(row(cast.david, measure="ors")))
    assert "it says ORS and has items of YP-CORE" in page.text
    page = choose(chillip, cast.david, table(row(cast.david, measure="mmpi")))
    assert "Newel knows no questionnaire “mmpi”" in page.text


def test_a_questionnaire_of_staff_is_not_about_a_child(cast: Cast, chillip: Client) -> None:
    page = choose(chillip, cast.david, table(row(cast.david, "essences", answered_by="worker")))
    assert "EssenCES is not asked about one child." in page.text


def test_a_file_of_a_hundred_thousand_rows_is_refused_with_a_sentence(
    cast: Cast, chillip: Client
) -> None:
    lines = table(row(cast.david)).splitlines()
    few = b"\n".join([lines[0], *[lines[1]] * 400])
    assert (
        "has 400 forms, more than one child is likely to have"
        in choose(chillip, cast.david, few).text
    )
    many = b"\n".join([lines[0], *[lines[1]] * 100_000])
    assert "Newel takes up to 3 MB" in choose(chillip, cast.david, many).text


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(cast: Cast, chillip: Client) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("yp_core.csv", b"0" * 31_000_000)
    assert len(packed.getvalue()) < 100_000
    page = choose(chillip, cast.david, packed.getvalue(), "a.zip")
    assert "far larger than the questionnaires of one child" in page.text


def test_columns_that_nobody_reads_are_named(cast: Cast, chillip: Client) -> None:
    page = choose(chillip, cast.david, table(row(cast.david, mood="low", ward="B")))
    assert "Columns of “forms.csv” that are not read: mood, ward." in page.text


def test_two_people_at_once_bring_it_in_once(cast: Cast, signed_in: type[SignedIn]) -> None:
    content = table(row(cast.david, form="x1"))
    first, second = signed_in(cast.chillip), signed_in(cast.rosa)
    mine, hers = (choose(one, cast.david, content) for one in (first, second))
    bring(first, cast.david, mine)
    page = bring(second, cast.david, hers)
    assert "Meanwhile somebody changed what is here" in page.text
    assert "1 form: 1 known already." in page.text
    assert len(forms_of(cast)) == 1


def test_loading_the_page_again_loses_nothing(cast: Cast, chillip: Client) -> None:
    page = choose(chillip, cast.david, table(row(cast.david)))
    address = page.redirect_chain[-1][0]
    assert "1 form: 1 new." in chillip.get(address).text


def test_without_a_file_one_is_asked_to_choose_it(cast: Cast, chillip: Client) -> None:
    page = chillip.get(to("check_file", cast.david), follow=True)
    assert "Choose the file again" in page.text
    page = chillip.post(to("check_file", cast.david), {"content": "no file"}, follow=True)
    assert "Choose the file again" in page.text


def test_who_may_not_plan_brings_nothing_in(cast: Cast, signed_in: type[SignedIn]) -> None:
    for person in (cast.peggotty, cast.omer, cast.mell):
        client = signed_in(person)
        assert client.get(to("choose_file", cast.david)).status_code == 403
        assert client.post(to("check_file", cast.david), {"content": "x"}).status_code == 403
    assert signed_in(cast.fairfax).get(to("choose_file", cast.david)).status_code == 404
