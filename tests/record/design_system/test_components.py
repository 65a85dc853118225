from django.template import engines

from newel.record.design_system.pages import Link, SummaryRow, Task
from newel.record.design_system.staircase import STEPS, stairs
from tests.record.design_system.parsed import Element, parse

NASTY = "<script>alert(1)</script>"
MARKS = (
    "current",
    "needs-confirming",
    "out-of-date",
    "own-words",
    "adult-view",
    "agreed",
    "not-agreed",
)


def draw(source: str, **context: object) -> Element:
    jinja = engines.all()[0]
    start = '{% import "design_system/components.jinja" as ds %}'
    return parse(jinja.from_string(start + source).render(context))


def test_every_mark_is_a_shape_and_different_words() -> None:
    marks = [draw("{{ ds.mark(kind) }}", kind=kind).one(class_="newel-state") for kind in MARKS]
    assert len({mark.text for mark in marks}) == len(MARKS)
    assert all(mark.text for mark in marks)
    shapes = [str(mark.one("svg").children) for mark in marks]
    assert len(set(shapes)) == len(MARKS)


def test_a_mark_can_say_more() -> None:
    html = draw('{{ ds.mark("out-of-date", "Not confirmed since 3 May 2026") }}')
    assert html.one(class_="newel-state").text == "Not confirmed since 3 May 2026"


def test_what_is_not_entered_says_so() -> None:
    rows = [SummaryRow(key="Allergies"), SummaryRow(key="Language", value="Polish")]
    html = draw("{{ ds.summary_list(page) }}", page=rows)
    assert [dd.text for dd in html.all("dd")] == ["Not entered", "Polish"]


def test_links_that_say_the_same_say_what_they_are_about() -> None:
    action = Link(text="Change", href="/c", about="language")
    html = draw("{{ ds.summary_list(page) }}", page=[SummaryRow(key="Language", action=action)])
    assert html.one("a").text == "Change language"


def test_a_table_names_its_columns_and_rows_for_those_who_hear_it() -> None:
    html = draw('{{ ds.table("Who", ["Name", "Since"], page) }}', page=[["Clara", "May"]])
    assert html.one("caption").text == "Who"
    assert [th["scope"] for th in html.all("th")] == ["col", "col", "row"]
    assert html.one("td").text == "Since May"


def test_a_table_without_rows_is_a_sentence() -> None:
    html = draw('{{ ds.table("Who", ["Name"], [], nothing="Nobody yet.") }}')
    assert html.all("table") == []
    assert html.one("p").text == "Nobody yet."


def test_a_task_is_described_by_its_status() -> None:
    task = Task(text="Who they are", status="Not started", href="/w", hint="Two minutes")
    html = draw("{{ ds.task_list([page]) }}", page=task)
    described = html.one("a")["aria-describedby"].split()
    assert [html.one(id=one).text for one in described] == ["Not started", "Two minutes"]


def test_nothing_given_to_a_component_becomes_markup() -> None:
    html = draw(
        "{{ ds.inset(t) }}{{ ds.warning(t, t) }}{{ ds.details(t, t) }}{{ ds.card(t, t, href=t) }}"
        "{{ ds.notice(t) }}{{ ds.tag(t) }}{{ ds.button(t) }}{{ ds.button_link(t, t) }}"
        "{{ ds.next_step(t, t, why=t) }}{{ ds.table(t, [t], [[t]]) }}{{ ds.mark('current', t) }}",
        t=NASTY,
    )
    assert html.all("script") == []


def test_a_component_takes_a_block_of_its_callers() -> None:
    html = draw('{% call ds.card("Jane") %}<p>Arrives today</p>{% endcall %}')
    assert html.one("p").text == "Arrives today"


def test_the_staircase_has_only_steps_that_exist_in_their_order() -> None:
    steps = stairs(rooms={"activators": "/a", "scoping": "/s"}, current="activators")
    html = draw('{% include "design_system/staircase.jinja" %}', stairs=steps)
    assert [a["href"] for a in html.all("a")] == ["/s", "/a"]
    assert html.one("a", aria_current="page")["href"] == "/a"
    assert html.all("a")[0].text == "S Scoping: why here, and the way so far"


def test_the_letters_of_the_steps_spell_stairs() -> None:
    steps = stairs(rooms=dict.fromkeys(STEPS, "/"))
    assert "".join(step.letter for step in steps) == "STAIRS"
    assert [step.height for step in steps] == [1, 2, 3, 4, 5, 6]
