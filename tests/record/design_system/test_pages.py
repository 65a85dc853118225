from dataclasses import dataclass, field

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from jinja2 import UndefinedError
from pytest_django.fixtures import Settings

from newel.record.design_system import views
from newel.record.design_system.pages import Chrome, ErrorPage, Link, NavigationItem, Page
from newel.record.design_system.render import render_page
from tests.record.design_system.arrival import Arrival, arrival
from tests.record.design_system.parsed import Element, parse

LAYOUT = "design_system/layout.jinja"
HERE = "tests.record.design_system.test_pages"


def full_chrome(request: HttpRequest) -> Chrome:
    return Chrome(
        navigation=(
            NavigationItem(text="My shift", href="/shift", current=True),
            NavigationItem(text="Children", href="/children"),
        ),
        signed_in_as="Clara <Peggotty>",
        person="p1",
        change_person="/change",
        demo=True,
    )


def broken_chrome(request: HttpRequest) -> Chrome:
    raise RuntimeError("the database is gone")


def extras(request: HttpRequest) -> str:
    return "<input type='hidden' name='held_by' value='x'>"


@pytest.fixture(autouse=True)
def chrome(settings: Settings) -> None:
    settings.NEWEL_CHROME = f"{HERE}.full_chrome"
    settings.NEWEL_FORM_EXTRAS = None


def drawn(page: Page, template: str = LAYOUT) -> Element:
    response = render_page(RequestFactory().get("/here"), template, page)
    return parse(response.content.decode())


def test_the_first_link_skips_to_what_the_page_is_about() -> None:
    html = drawn(Page(title="My shift"))
    assert html.all("a")[0]["href"] == "#" + html.one("main")["id"]


def test_the_title_is_the_heading_and_the_name_of_the_tab() -> None:
    html = drawn(Page(title="My shift"))
    assert html.one("h1").text == "My shift"
    assert html.one("title").text == "My shift – Newel"


def test_a_template_may_draw_its_own_heading() -> None:
    assert drawn(Page(title="My shift", heading="")).all("h1") == []


def test_errors_are_named_in_the_tab_and_above_the_heading() -> None:
    html = drawn(Page(title="A child arrives", form=arrival(preferred_name="")))
    assert html.one("title").text.startswith("Error: ")
    first = next(one for one in html.one("main").children if isinstance(one, Element))
    assert "nhsuk-error-summary" in first["class"]


def test_the_page_says_where_one_is_and_who_is_signed_in() -> None:
    html = drawn(Page(title="x"))
    assert [a.text for a in html.all("a", aria_current="page")] == ["My shift"]
    assert html.one(class_="newel-person__name").text == "Signed in as Clara <Peggotty>"


def test_changing_person_is_a_post_with_a_token() -> None:
    form = drawn(Page(title="x")).one("form", class_="newel-person__form")
    assert form["method"] == "post"
    assert form["action"] == "/change"
    assert form.one("input", name="csrfmiddlewaretoken")["value"]


def test_the_demo_says_so_and_service_does_not(settings: Settings) -> None:
    assert drawn(Page(title="x")).one(class_="newel-demo").text.startswith("Demo.")
    settings.NEWEL_CHROME = None
    plain = drawn(Page(title="x"))
    assert plain.all(class_="newel-demo") == []
    assert plain.all(class_="newel-person") == []


def test_what_was_done_is_said_once() -> None:
    html = drawn(Page(title="x", notice=["Saved at 6:12am."]))
    assert html.one(role="status").text == "Saved at 6:12am."


def test_there_is_a_way_back() -> None:
    html = drawn(Page(title="x", back=Link(text="My shift", href="/shift")))
    assert html.one("a", class_="nhsuk-back-link").text == "My shift"


def test_nothing_runs_or_is_styled_inside_the_page() -> None:
    html = drawn(Page(title="x", form=Arrival()), "design_system_tests/form.jinja")
    assert [one.name for one in html.all() if one.get("style") is not None] == []
    assert html.all("style") == []
    assert all(script.get("src") and not script.raw_text for script in html.all("script"))
    assert [a for one in html.all() for a in one.attributes if a.startswith("on")] == []


def test_htmx_neither_writes_styles_nor_runs_text_nor_keeps_pages() -> None:
    config = drawn(Page(title="x")).one("meta", name="htmx-config")["content"]
    for setting in (
        '"includeIndicatorStyles": false',
        '"allowEval": false',
        '"historyCacheSize": 0',
    ):
        assert setting in config


def test_a_form_has_its_token_and_keeps_words_and_is_not_remembered_by_the_browser() -> None:
    form = drawn(Page(title="x", form=Arrival()), "design_system_tests/form.jinja").one(
        "form", class_="newel-form"
    )
    assert form.one("input", name="csrfmiddlewaretoken")["value"]
    assert form.get("data-keep-words") is not None
    assert form["autocomplete"] == "off"
    assert form.one("button").text == "Save and go on"


def test_a_form_carries_what_a_room_above_adds(settings: Settings) -> None:
    settings.NEWEL_FORM_EXTRAS = f"{HERE}.extras"
    html = drawn(Page(title="x", form=Arrival()), "design_system_tests/form.jinja")
    assert "held_by" in html.one("form", class_="newel-form").raw_text + str(
        [one["name"] for one in html.all("input", type="hidden")]
    )


def test_a_name_that_a_page_does_not_have_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        drawn(Page(title="x"), "design_system_tests/typo.jinja")


@dataclass
class Banner:
    name: str = "David <C>"
    template: str = "design_system_tests/banner.jinja"
    facts: list[str] = field(default_factory=list)


def test_a_banner_draws_itself_with_its_own_template() -> None:
    html = drawn(Page(title="x", banner=Banner()))
    assert html.one("section").text == "David <C>"


def test_an_error_page_says_what_happened_and_what_to_do() -> None:
    page = ErrorPage(
        title="Nothing here",
        paragraphs=("It is not for you.",),
        next_step=Link(text="Go on", href="/"),
    )
    main = drawn(page, "design_system/error.jinja").one("main")
    assert "It is not for you." in main.text
    assert main.one("a")["href"] == "/"


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.not_allowed, 403),
        (views.not_found, 404),
        (views.went_wrong, 500),
    ],
)
def test_every_fault_has_a_page_with_its_status(view: object, status: int) -> None:
    response = view(RequestFactory().get("/here"))  # type: ignore[operator]
    assert response.status_code == status
    assert parse(response.content.decode()).one("h1").text


def test_an_error_page_comes_out_although_the_navigation_cannot(settings: Settings) -> None:
    settings.NEWEL_CHROME = f"{HERE}.broken_chrome"
    response = views.went_wrong(RequestFactory().get("/here"))
    assert "Something went wrong" in response.content.decode()
