"""The scripts in a real browser, with every kind of answer that a server can give or not give.

Run by `test_scripts.py` in a process of its own: two drivers of browsers cannot share one.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import django_htmx
import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from playwright.sync_api import Browser, Dialog, Route, expect, sync_playwright
from playwright.sync_api import Page as Tab
from pytest_django.fixtures import Settings

from newel.record.design_system.pages import Chrome, ErrorPage, Page
from newel.record.design_system.render import render_page
from tests.install_browser import find_browser
from tests.record.design_system.arrival import Arrival

ROOT = Path(__file__).resolve().parents[3]
SITE = "http://newel.test"
HERE = "tests.record.design_system.scripts_in_a_browser"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'"
)
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
WORDS = "שלום 😀 she said “no”\n\nand left"


class Server:
    """Answers the browser's requests itself: what is tested is the page, not Django's server."""

    person = "p1"

    def __init__(self) -> None:
        self.fault = ""
        self.saved: list[dict[str, list[str]]] = []
        self.asked = 0

    def __call__(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            self.file(route, path.removeprefix("/static/"))
        elif route.request.method == "POST":
            self.save(route)
        else:
            self.page(route, self.form(None) if path == "/arrive" else self.message("Saved"))

    def file(self, route: Route, path: str) -> None:
        file = ROOT / "build" / "static" / path
        if path.startswith("django_htmx"):
            file = Path(django_htmx.__path__[0], "static", path)
        kind = KINDS.get(file.suffix, "application/octet-stream")
        route.fulfill(body=file.read_bytes(), content_type=kind)

    def save(self, route: Route) -> None:
        self.asked += 1
        assert route.request.headers["newel-keep-words"] == "1"
        typed = parse_qs(route.request.post_data or "", keep_blank_values=True)
        if self.fault == "gone":
            route.abort()
        elif self.fault == "signed out":
            route.fulfill(status=401, headers={"Newel-Location": "/sign-in/"})
        elif self.fault:
            self.page(route, self.message("There is nothing here"), status=int(self.fault))
        elif Arrival(flat(typed)).is_valid():
            self.saved.append(typed)
            route.fulfill(status=204, headers={"Newel-Location": "/done"})
        else:
            self.page(route, self.form(flat(typed)))

    def page(self, route: Route, html: str, status: int = 200) -> None:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        route.fulfill(status=status, body=html, content_type="text/html", headers=headers)

    def form(self, typed: dict[str, str] | None) -> str:
        page = Page(title="A child arrives", form=Arrival(typed))
        return draw(page, "design_system_tests/form.jinja")

    def message(self, words: str) -> str:
        return draw(ErrorPage(title=words, paragraphs=()), "design_system/error.jinja")


def flat(typed: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in typed.items()}


def draw(page: Page, template: str) -> str:
    return render_page(RequestFactory().get("/arrive"), template, page).content.decode()


def chrome(request: HttpRequest) -> Chrome:
    return Chrome(signed_in_as="Clara", person=Server.person)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    settings.NEWEL_CHROME = f"{HERE}.chrome"
    settings.NEWEL_FORM_EXTRAS = None
    yield Server()
    Server.person = "p1"


@pytest.fixture
def tab(browser: Browser, server: Server) -> Iterator[Tab]:
    context = browser.new_context()
    tab = context.new_page()
    tab.complaints = []  # type: ignore[attr-defined]
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))  # type: ignore[attr-defined]
    tab.route("**/*", server)
    tab.goto(f"{SITE}/arrive")
    yield tab
    assert tab.complaints == []  # type: ignore[attr-defined]
    context.close()


def fill_in(tab: Tab) -> None:
    tab.get_by_label("Name they like").fill("David")
    for part, value in {"Day": "27", "Month": "3", "Year": "2009"}.items():
        tab.get_by_label(part, exact=True).fill(value)
    tab.get_by_label("What they told you").fill(WORDS)
    tab.get_by_label("No", exact=True).first.check()
    tab.get_by_label("Unit").select_option("ash")


def save(tab: Tab) -> None:
    tab.get_by_role("button", name="Save and go on").click()


def expect_words_kept(tab: Tab, *said: str) -> None:
    alert = tab.locator("#newel-alert")
    for words in said:
        expect(alert).to_contain_text(words)
    expect(alert).to_be_focused()
    expect(tab.get_by_label("Name they like")).to_have_value("David")
    expect(tab.get_by_label("What they told you")).to_have_value(WORDS)


def test_a_good_form_is_saved_once_and_leads_on(tab: Tab, server: Server) -> None:
    fill_in(tab)
    save(tab)
    tab.wait_for_url("**/done")
    assert [flat(one)["preferred_name"] for one in server.saved] == ["David"]
    assert flat(server.saved[0])["told"].replace("\r", "") == WORDS


def test_a_form_with_errors_comes_back_with_the_focus_on_them(tab: Tab, server: Server) -> None:
    tab.get_by_label("What they told you").fill(WORDS)
    tab.get_by_label("Yes").first.check()
    save(tab)
    summary = tab.locator(".nhsuk-error-summary")
    expect(summary).to_be_focused()
    assert tab.title().startswith("Error: ")
    expect(tab.get_by_label("What they told you")).to_have_value(WORDS)
    expect(tab.get_by_label("Who?")).to_be_visible()
    summary.get_by_role("link", name="Enter the date of birth").click()
    expect(tab.get_by_label("Day")).to_be_focused()


def test_errors_can_be_put_right_and_saved(tab: Tab, server: Server) -> None:
    save(tab)
    expect(tab.locator(".nhsuk-error-summary")).to_be_visible()
    fill_in(tab)
    save(tab)
    tab.wait_for_url("**/done")
    assert len(server.saved) == 1


@pytest.mark.parametrize("fault", ["gone", "500", "503"])
def test_words_outlive_a_dead_server(tab: Tab, server: Server, fault: str) -> None:
    fill_in(tab)
    server.fault = fault
    save(tab)
    expect_words_kept(
        tab, "Newel could not be reached", "Your words are still on this page. Try again."
    )
    server.fault = ""
    save(tab)
    tab.wait_for_url("**/done")
    assert len(server.saved) == 1


def test_words_outlive_a_refusal(tab: Tab, server: Server) -> None:
    fill_in(tab)
    server.fault = "404"
    save(tab)
    expect_words_kept(tab, "This was not saved", "There is nothing here")


def test_words_outlive_a_session(tab: Tab, server: Server) -> None:
    fill_in(tab)
    server.fault = "signed out"
    save(tab)
    expect_words_kept(tab, "You have been signed out")
    assert tab.locator("#newel-alert a").get_attribute("href") == "/sign-in/"
    server.fault = ""
    save(tab)
    tab.wait_for_url("**/done")


def test_words_of_one_person_are_not_sent_as_another(tab: Tab, server: Server) -> None:
    fill_in(tab)
    server.fault = "signed out"
    save(tab)
    expect_words_kept(tab, "You have been signed out")
    server.fault, Server.person = "", "p2"
    save(tab)
    expect_words_kept(tab, "Someone else is signed in now")
    assert (server.saved, server.asked) == ([], 1)


def test_leaving_with_unsaved_words_asks_first(tab: Tab) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    tab.get_by_label("Name they like").press_sequentially("D")
    tab.get_by_role("link", name="Newel").click()
    expect(tab.get_by_label("Name they like")).to_have_value("D")
    assert asked == ["beforeunload"]
    tab.get_by_label("Name they like").evaluate("field => field.closest('form').remove()")


def test_leaving_without_words_asks_nothing(tab: Tab) -> None:
    asked: list[str] = []
    tab.on("dialog", lambda dialog: asked.append(dialog.type))
    tab.get_by_role("link", name="Newel").click()
    tab.wait_for_url(f"{SITE}/")
    assert asked == []


def test_a_question_opens_under_its_choice(tab: Tab) -> None:
    expect(tab.get_by_label("Who?")).to_be_hidden()
    tab.get_by_label("Yes").first.check()
    expect(tab.get_by_label("Who?")).to_be_visible()


def test_nothing_stays_in_the_browser(tab: Tab) -> None:
    fill_in(tab)
    kept = "[localStorage.length, sessionStorage.length]"
    tab.wait_for_function(f"{kept}.every(length => length === 0)")


def test_the_page_works_without_scripts(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.route("**/*", server)
    tab.goto(f"{SITE}/arrive")
    expect(tab.get_by_label("Who?")).to_be_visible()
    expect(tab.get_by_role("button", name="Save and go on")).to_be_visible()
    context.close()
