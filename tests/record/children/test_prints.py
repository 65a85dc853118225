"""That a page about a child was printed is in that child's chain, also when the line is down."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import acting
from tests.cast import Cast

SCRIPT = Path(__file__).resolve().parents[3] / "assets" / "js" / "print.js"
SITE = "http://newel.test"
HTML = """<!doctype html><body data-person="{person}">{child}
<a href="/sheet.pdf" data-print>Print</a>
<script type="module">
  import {{ printOnRequest }} from "/print.js";
  window.print = () => {{ document.title += "printed"; dispatchEvent(new Event("beforeprint")); }};
  printOnRequest(document, window);
  document.title = "ready";
</script>"""


def _prints(cast: Cast) -> list[tuple[int, str]]:
    with acting(cast.chillip.pk):
        events = AuditEvent.objects.filter(act="print", chain=cast.david.pk).order_by("id")
        return list(events.values_list("actor", "page"))


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["children:child", "activators:one_page", "scoping:timeline"])
def test_a_print_of_any_page_about_a_child_is_recorded_once_however_often_it_is_told(
    page: str, cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.peggotty)
    told = reverse(page, args=[cast.david.public_id]) + "?printed=4711"
    for _ in range(2):
        assert browser.get(told).status_code == 204
    assert _prints(cast) == [(cast.peggotty.pk, page)]
    signed_in(cast.omer).get(told)
    browser.get(told + "2")
    assert len(_prints(cast)) == 3


@pytest.mark.django_db
def test_a_print_that_a_stranger_tells_of_is_a_refusal(cast: Cast, signed_in: type[Client]) -> None:
    told = reverse("children:child", args=[cast.david.public_id]) + "?printed=4711"
    assert signed_in(cast.leah).get(told).status_code == 404
    assert not _prints(cast)


class Line:
    """The line to the server, which can be down."""

    def __init__(self) -> None:
        self.is_down = False
        self.told: list[str] = []
        self.person = "p1"
        self.child = '<section class="newel-child"></section>'

    def __call__(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.path == "/print.js":
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        elif url.query.startswith("printed="):
            self.tell(route, f"{url.path} {url.query}")
        elif url.path == "/sheet.pdf":
            route.fulfill(body="<title>the sheet</title>", content_type="text/html")
        else:
            body = HTML.format(person=self.person, child=self.child)
            route.fulfill(body=body, content_type="text/html")

    def tell(self, route: Route, what: str) -> None:
        if self.is_down:
            route.abort()
            return
        self.told.append(what)
        route.fulfill(status=204)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def tab(browser: Browser, line: Line) -> Iterator[Page]:
    page = browser.new_page()
    page.route("**/*", line)
    page.goto(f"{SITE}/child/")
    page.wait_for_function("document.title.startsWith('ready')")
    yield page
    page.close()


def _again(tab: Page) -> None:
    tab.goto(f"{SITE}/other/")
    tab.wait_for_function("document.title.startsWith('ready')")
    tab.wait_for_timeout(200)


def test_the_button_prints_once_it_is_recorded_and_tells_it_once(tab: Page, line: Line) -> None:
    tab.get_by_text("Print").click()
    tab.wait_for_function("document.title === 'readyprinted'")
    _again(tab)
    assert len(line.told) == 1


def test_the_button_leads_to_the_sheet_where_the_print_could_not_be_recorded(
    tab: Page, line: Line
) -> None:
    line.is_down = True
    tab.get_by_text("Print").click()
    tab.wait_for_function("document.title === 'the sheet'")
    line.is_down = False
    _again(tab)
    assert line.told == [], "it was not printed; the server records the sheet"


def test_a_print_from_the_browsers_menu_is_told_later_when_the_line_was_down(
    tab: Page, line: Line
) -> None:
    line.is_down = True
    tab.evaluate("window.print()")
    _again(tab)
    assert line.told == []
    line.is_down = False
    _again(tab)
    _again(tab)
    (told,) = line.told
    assert told.startswith("/child/ printed=")


def test_what_one_person_printed_is_not_told_as_the_next_persons(tab: Page, line: Line) -> None:
    line.is_down = True
    with tab.expect_event("requestfailed"):
        tab.evaluate("window.print()")
    line.is_down, line.person = False, "p2"
    _again(tab)
    assert line.told == []
    line.person = "p1"
    _again(tab)
    assert len(line.told) == 1


def test_a_page_that_is_about_no_child_tells_nothing(tab: Page, line: Line) -> None:
    line.child = ""
    _again(tab)
    tab.evaluate("window.print()")
    tab.wait_for_timeout(200)
    assert line.told == []
