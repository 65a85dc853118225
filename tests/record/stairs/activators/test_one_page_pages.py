"""The page in a browser: who gets it, what it shows of a real child, and what it costs."""

import html
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child
from newel.record.stairs.activators.models import OnePage
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.stairs.activators.page_lines import NOON, TODAY, days, line, safe_part

pytestmark = pytest.mark.django_db


def address(child: Child, name: str = "one_page") -> str:
    return reverse(f"activators:{name}", args=[child.public_id])


def said(response: Any) -> str:
    """The words of the page, without its markup."""
    assert response.status_code == 200
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def paper(response: Any) -> str:
    reader = PdfReader(io.BytesIO(response.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def acts(cast: Cast) -> list[str]:
    with acting(cast.chillip.pk):
        events = AuditEvent.objects.filter(chain=cast.david.pk).order_by("-id")
        return list(events.values_list("act", flat=True))


def test_a_child_who_was_only_referred_has_a_page(cast: Cast, signed_in: type[SignedIn]) -> None:
    with acting(cast.chillip.pk):
        pip = children.refer(
            by=cast.chillip, at=timezone.now(), unit=cast.rookery, preferred_name="Pip"
        )
    text = said(signed_in(cast.peggotty).get(address(pip)))
    assert "Pip How to be with me" in text
    assert "First information, not yet a formulation" in text
    assert text.count("Nobody has entered this.") == 4
    assert "Nobody has told us yet what helps." in text
    assert "Version 1." in text


def test_a_stranger_gets_404(cast: Cast, signed_in: type[SignedIn]) -> None:
    for name in ("one_page", "one_page_pdf"):
        assert signed_in(cast.barkis).get(address(cast.david, name)).status_code == 404
        assert signed_in(cast.leah).get(address(cast.david, name)).status_code == 404


def test_who_has_no_business_with_children_is_refused(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    assert signed_in(cast.spenlow).get(address(cast.david)).status_code == 403


HIDDEN = {
    "a draft": {"state": "draft", "agreed_by": None, "agreed_at": None},
    "for the team": {"sharing_level": "team"},
    "held back": {"sharing_level": "restricted_third_party"},
    "over": {
        "state": "superseded",
        "is_current": False,
        "ended_because": "It is no longer so.",
        "ended_at": NOON,
    },
    "past": {"time": "past"},
}


@pytest.mark.parametrize("why", HIDDEN)
def test_only_what_is_agreed_open_current_and_so_now_is_on_it(
    why: str, cast: Cast, signed_in: type[SignedIn]
) -> None:
    line(cast.david, cast.chillip, text="A kite.")
    ended = {"ended_by": cast.chillip} if why == "over" else {}
    line(cast.david, cast.chillip, text="A secret.", **ended, **HIDDEN[why])
    browser = signed_in(cast.chillip)
    for text in (
        said(browser.get(address(cast.david))),
        paper(browser.get(address(cast.david, "one_page_pdf"))),
    ):
        assert "A kite." in text
        assert "A secret." not in text


@pytest.mark.parametrize(("level", "first"), [("child_open", False), ("team", False)])
def test_one_agreed_reason_why_makes_it_a_formulation(
    level: str, first: bool, cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser = signed_in(cast.peggotty)
    line(cast.david, cast.chillip)
    assert "First information" in said(browser.get(address(cast.david)))
    line(cast.david, cast.chillip, kind="understanding", sharing_level=level)
    assert ("First information" in said(browser.get(address(cast.david)))) is first


def test_people_at_home_are_named_only_when_checked_as_safe(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    for name, check in (
        ("Betsey", "safe"),
        ("Clara", "safe_with_conditions"),
        ("Edward", "not_safe"),
        ("Emily", "not_done"),
    ):
        _home(cast, name, check)
    text = said(signed_in(cast.chillip).get(address(cast.david)))
    assert "Betsey, great-aunt" in text
    assert "Clara, great-aunt (ask before calls or visits)" in text
    assert "Edward" not in text
    assert "Emily" not in text
    assert "Cliff Cottage" not in text


def test_a_place_is_not_named(cast: Cast, signed_in: type[SignedIn]) -> None:
    _home(cast, "The boat on the beach", "safe", kind="place")
    assert "boat" not in said(signed_in(cast.chillip).get(address(cast.david)))


def _home(cast: Cast, name: str, check: str, kind: str = "person") -> None:
    now = timezone.now()
    with acting(cast.chillip.pk):
        home = children.add_home(
            child=cast.david,
            by=cast.chillip,
            at=now,
            kind=kind,
            name=name,
            relationship="Great-aunt",
            address="Cliff Cottage, Dover",
            address_is_protected=name == "Betsey",
        )
        if check != "not_done":
            children.check_home_is_safe(
                home=home, by=cast.chillip, at=now, safety_check=check, safety_note="."
            )


def test_another_childs_name_is_held_back(cast: Cast, signed_in: type[SignedIn]) -> None:
    line(cast.david, cast.chillip, text="Keep him away from Tommy.")
    text = said(signed_in(cast.chillip).get(address(cast.david)))
    assert "Tommy" not in text
    assert "1 line is held back: ask the psychologist." in text


def test_paper_has_no_date_of_birth_and_no_name_of_an_author(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    line(cast.david, cast.chillip)
    safe_part(cast.david, cast.rosa)
    text = paper(signed_in(cast.peggotty).get(address(cast.david, "one_page_pdf")))
    assert "David How to be with me" in text
    assert "Rookery, Blunderstone House" in text
    assert "Minnie Omer, keyworker" in text
    for kept_off in ("2011", "4 March", "Chillip", "Dartle"):
        assert kept_off not in text


def test_words_are_shown_as_words(cast: Cast, signed_in: type[SignedIn]) -> None:
    line(cast.david, cast.chillip, text="<script>alert(1)</script> & {{ page }}")
    response = signed_in(cast.peggotty).get(address(cast.david))
    assert b"<script>alert" not in response.content
    assert "<script>alert(1)</script> & {{ page }}" in html.unescape(response.content.decode())


def test_the_pdf_opens_in_the_browser_and_its_name_tells_nothing(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    response: HttpResponse = signed_in(cast.peggotty).get(address(cast.david, "one_page_pdf"))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="how-to-be-with-me.pdf"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content.startswith(b"%PDF-")


def test_looking_printing_and_exporting_are_told_apart_in_the_audit(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser = signed_in(cast.peggotty)
    browser.get(address(cast.david))
    assert acts(cast)[0] == "view"
    assert browser.get(address(cast.david) + "?printed").status_code == 204
    assert acts(cast)[0] == "print"
    browser.get(address(cast.david, "one_page_pdf"))
    assert acts(cast)[0] == "export"


def test_a_worker_says_that_the_child_was_shown_it(cast: Cast, signed_in: type[SignedIn]) -> None:
    browser = signed_in(cast.omer)
    assert "Not yet shown to David" in said(browser.get(address(cast.david)))
    answer = browser.post(address(cast.david, "show_to_child"), {"version": "1"}, follow=True)
    text = said(answer)
    assert "It is written down that David was shown this page." in text
    assert "(version 1)" in text
    assert "Not yet shown" not in text


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "٣", "1\x00"])
def test_a_version_that_is_none_is_asked_again(
    version: str, cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser = signed_in(cast.omer)
    answer = browser.post(address(cast.david, "show_to_child"), {"version": version}, follow=True)
    assert "Newel could not tell which version was shown." in said(answer)
    with acting(cast.omer.pk):
        assert not OnePage.objects.exists()


def test_who_may_not_confirm_may_not_say_that_it_was_shown(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser = signed_in(cast.wickfield)
    assert "I showed" not in said(browser.get(address(cast.david)))
    posted = browser.post(address(cast.david, "show_to_child"), {"version": "1"})
    assert posted.status_code == 403


def test_what_is_to_be_confirmed_is_the_next_thing_to_do(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    line(cast.david, cast.chillip, confirmed_on=TODAY - days(400))
    text = said(signed_in(cast.peggotty).get(address(cast.david)))
    assert "Confirm a line that you have seen to be so" in text
    assert "EXPIRED." in text


def test_it_asks_the_database_at_most_12_times_whatever_is_known(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser = signed_in(cast.peggotty)
    browser.get(address(cast.david))  # notes when the session was last used
    counts = []
    for more in (5, 55):
        for number in range(more):
            line(cast.david, cast.chillip, text=f"A kite, number {number}.")
        _home(cast, f"Aunt {more}", "safe")
        with acting(cast.chillip.pk):
            children.record_communication_need(
                child=cast.david,
                by=cast.chillip,
                at=timezone.now(),
                need=f"Needs time {more}",
                how_to_meet="Wait.",
                review_on=TODAY + days(400),
            )
        with CaptureQueriesContext(connection) as asked:
            assert "A kite, number 4." in said(browser.get(address(cast.david)))
        counts.append(len(_counted(asked)))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def _counted(asked: CaptureQueriesContext) -> list[str]:
    """All but BEGIN and COMMIT, which are savepoints inside a test's transaction."""
    marks = ("SAVEPOINT", "RELEASE SAVEPOINT")
    return [query["sql"] for query in asked if not query["sql"].startswith(marks)]
