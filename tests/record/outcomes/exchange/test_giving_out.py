"""A file leaves: the least by default, for whom and why is asked and stays written down."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newel.record.access.audit_models import AuditEvent
from newel.record.access.roles import ROLES, Capability
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Identifier
from newel.record.outcomes.models import Form, GivenOut
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.exchange.files import to
from tests.record.outcomes.giving import A_DAY, begun, finished, lines, now, said
from tests.record.outcomes.judging import finished as judged

pytestmark = pytest.mark.django_db
WHOLE = {
    "measures": "ors", "kind": "csv", "for_whom": "Agnes Wickfield, social worker",
    "why": "For the review on 9 November",
}  # fmt: skip


@pytest.fixture
def chillip(cast: Cast, signed_in: type[SignedIn]) -> Client:
    return signed_in(cast.chillip)


@pytest.fixture
def two_forms(cast: Cast) -> date:
    """Two of the ORS, a month apart; the first day."""
    first = now().date() - 40 * A_DAY
    finished(cast, first, lines(2, 3, 4, 5))
    finished(cast, now().date() - A_DAY, lines(3, None, 4, 5))
    return first


def give(client: Client, cast: Cast, **more: object) -> bytes:
    page = client.post(to("give_out", cast.david), WHOLE | more, follow=True)
    assert "The file is made." in page.text, page.text
    with acting(cast.chillip.pk):
        made = GivenOut.objects.latest("made_at")
    address = to("given_out", cast.david, made.public_id)
    assert f'href="{address}"' in page.text
    return bytes(client.get(address).content)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_it_holds_ids_and_answers_and_no_name(cast: Cast, chillip: Client, two_forms: date) -> None:
    """H8"""
    content = give(chillip, cast)
    told = rows(content)
    assert [one["ors_01"] for one in told] == ["2", "3"] and told[1]["ors_02"] == ""
    assert {one["child"] for one in told} == {cast.david.public_id}
    assert b"David" not in content and b"2011" not in content
    assert not {"name", "date_of_birth", "nhs_number"} & told[0].keys()


def test_who_the_child_is_needs_a_reason_of_its_own(
    cast: Cast, chillip: Client, two_forms: date
) -> None:
    """H8"""
    with acting(cast.chillip.pk):
        children.add_identifier(child=cast.david, system=Identifier.NHS_NUMBER, value="9990000018")
    tick = {"who_it_is": ["date_of_birth", "nhs_number"]}
    page = chillip.post(to("give_out", cast.david), WHOLE | tick)
    assert "Say why the file has to say who the child is, or take the ticks off" in page.text
    told = rows(give(chillip, cast, **tick, why_who_it_is="Their record needs the number"))[0]
    assert (told["date_of_birth"], told["nhs_number"]) == ("2011-03-04", "9990000018")
    assert "name" not in told


@pytest.mark.parametrize("missing", ["measures", "for_whom", "why", "kind"])
def test_without_for_whom_and_why_no_file_is_made(
    cast: Cast, chillip: Client, two_forms: date, missing: str
) -> None:
    page = chillip.post(to("give_out", cast.david), WHOLE | {missing: ""})
    assert page.status_code == 200 and "There is a problem" in page.text
    assert "Agnes Wickfield" in page.text or missing == "for_whom"
    with acting(cast.chillip.pk):
        assert not GivenOut.objects.exists()


def test_for_whom_and_why_stay_written_down_and_in_the_audit(
    cast: Cast, chillip: Client, two_forms: date
) -> None:
    """H9, H30"""
    give(chillip, cast)
    page = chillip.get(to("files", cast.david)).text
    assert "For Agnes Wickfield, social worker" in page and "For the review on 9 November" in page
    with acting(cast.chillip.pk):
        acts = set(AuditEvent.objects.filter(chain=cast.david.pk).values_list("act", flat=True))
    assert {"give_out", "export"} <= acts


def test_only_since_a_day_and_only_what_is_finished(
    cast: Cast, chillip: Client, two_forms: date
) -> None:
    day = two_forms + A_DAY
    since = {"since-day": day.day, "since-month": day.month, "since-year": day.year}
    assert [one["ors_01"] for one in rows(give(chillip, cast, **since))] == ["3"]
    begun(cast, "ors")
    assert len(rows(give(chillip, cast))) == 2
    told = rows(give(chillip, cast, with_unfinished="on"))
    assert [one["state"] for one in told] == ["finished", "finished", "begun"]


def test_only_the_questionnaires_that_are_ticked(
    cast: Cast, chillip: Client, two_forms: date
) -> None:
    finished(cast, now().date(), said(_01=1), "yp_core")
    assert b"yp_core" not in give(chillip, cast)
    both = give(chillip, cast, measures=["ors", "yp_core"])
    assert both.startswith(b"PK")


def test_a_form_of_an_earlier_version_stays_here_and_the_page_says_so(
    cast: Cast, chillip: Client, two_forms: date
) -> None:
    with acting(cast.chillip.pk):
        Form.objects.create(
            child=cast.david, measure="ors", version=99, answered_by="self", way="paper",
            opened_by=cast.chillip, opened_at=now(), state="finished", ended_at=now(),
            answered_on=now().date(),
        )  # fmt: skip
    assert (
        "1 form was answered on an earlier version" in chillip.get(to("give_out", cast.david)).text
    )
    assert len(rows(give(chillip, cast))) == 2


def test_it_is_fetched_by_who_made_it_within_the_hour(
    cast: Cast, chillip: Client, signed_in: type[SignedIn], two_forms: date
) -> None:
    give(chillip, cast)
    with acting(cast.chillip.pk):
        made = GivenOut.objects.get()
        old = GivenOut.objects.create(
            child=cast.david, kind="csv", measures=["ors"], for_whom="A", why="B",
            made_by=cast.chillip, made_at=now() - A_DAY,
        )  # fmt: skip
    address = to("given_out", cast.david, made.public_id)
    manager = signed_in(cast.trotwood)
    assert manager.get(address).status_code == 404
    assert "Fetch the file" not in manager.get(to("files", cast.david)).text
    page = chillip.get(to("given_out", cast.david, old.public_id), follow=True)
    assert "This file was made a while ago" in page.text


def test_where_nothing_fits_there_is_no_empty_file(
    cast: Cast, chillip: Client, two_forms: date
) -> None:
    today = now().date()
    since = {"since-day": today.day, "since-month": today.month, "since-year": today.year}
    chillip.post(to("give_out", cast.david), WHOLE | since)
    with acting(cast.chillip.pk):
        made = GivenOut.objects.get()
    page = chillip.get(to("given_out", cast.david, made.public_id), follow=True)
    assert "No form fits what you chose" in page.text


def test_what_left_comes_in_nowhere_a_second_time(
    cast: Cast, chillip: Client, two_forms: date
) -> None:
    """Out of the record and into the same one: everything is known already."""
    content = give(chillip, cast, kind="fhir")
    told_of = {"source": "Ourselves", "file": SimpleUploadedFile("a.json", content)}
    page = chillip.post(to("choose_file", cast.david), told_of, follow=True)
    assert "2 forms: 2 known already." in page.text


def test_who_may_read_and_not_share_sees_what_left_and_makes_no_file(
    cast: Cast, signed_in: type[SignedIn], two_forms: date
) -> None:
    omer = signed_in(cast.omer)
    page = omer.get(to("files", cast.david))
    assert page.status_code == 200 and "Give out as a file" not in page.text
    assert omer.post(to("give_out", cast.david), WHOLE).status_code == 403
    assert signed_in(cast.peggotty).get(to("files", cast.david)).status_code == 403
    assert signed_in(cast.fairfax).get(to("files", cast.david)).status_code == 404


@pytest.mark.parametrize("name", ["files", "give_out"])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, chillip: Client, two_forms: date, name: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert chillip.get(to(name, cast.david)).status_code == 200
        return len(asked)

    give(chillip, cast)
    few = queries()
    for number in range(4):
        finished(cast, now().date() - number * A_DAY, lines(1, 2, 3, 4))
        give(chillip, cast)
    assert queries() == few


def test_that_a_judgement_left_is_told_to_those_who_may_read_it(
    cast: Cast, signed_in: type[SignedIn], chillip: Client, two_forms: date
) -> None:
    """H4: a keyworker reads answers, and is not told that a judgement exists."""
    judged(cast, now().date() - A_DAY, {"savry_01": 1}, {"savry_01": "He pushed somebody."})
    give(chillip, cast, measures=["savry"], why="For the court")
    assert "For the court" in chillip.get(to("files", cast.david)).text
    keyworkers = signed_in(cast.omer).get(to("files", cast.david)).text
    assert "For the court" not in keyworkers and "SAVRY" not in keyworkers


def test_whoever_gives_out_or_brings_in_may_read_judgements_too() -> None:
    """Files hold them, with all that is said in them."""
    handled = {Capability.SHARE_OUTCOMES, Capability.PLAN_MEASURES}
    for role in ROLES.values():
        assert not handled & role.capabilities or Capability.JUDGE in role.capabilities, role.name
