"""`newel demo`: fiction only, beside the real record and never in it."""

from collections.abc import Iterator
from typing import Any

import pytest

from newel.record.children.models import Identifier
from newel.record.demo import estate
from newel.record.demo.generating import generate
from newel.record.demo.loading import load
from newel.record.demo.only_here import NotADemo
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.config.newel_command import DEMO, Server, SetUp
from tests.record.config.newel_processes import wait_until

CHILDREN = "SELECT preferred_name, public_id FROM children_child ORDER BY id"
MADE_UP = """
SELECT c.preferred_name, c.born_on - current_date, s.arrived_at::date - current_date,
  (SELECT array_agg((e.kind, e.title, e.text, e.precision, e.earliest_on) ORDER BY e.id)::text
     FROM scoping_lifeevent e WHERE e.child_id = c.id),
  (SELECT array_agg((t.kind, t.text, t.confirmed_on - current_date) ORDER BY t.id)::text
     FROM activators_statement t WHERE t.child_id = c.id)
FROM children_child c JOIN children_stay s ON s.child_id = c.id
JOIN establishments_setting p ON p.id = s.setting_id
WHERE p.name LIKE 'Made-up House%' ORDER BY c.id
"""


@pytest.fixture(scope="module")
def demo(demo_set_up: SetUp) -> Iterator[Server]:
    with demo_set_up.serving("demo") as server:
        yield server


def test_it_is_refused_where_a_real_database_is_named(new_set_up: SetUp) -> None:
    done = new_set_up.run("demo", DATABASE_URL="postgresql://newel@127.0.0.1:1/newel")
    assert done.returncode == 1
    assert "a demo beside real children is refused" in done.stderr
    assert not new_set_up.data.exists()


def test_a_second_start_keeps_what_is_there(demo: Server, demo_set_up: SetUp) -> None:
    before = demo_set_up.ask(CHILDREN)
    assert len(before) == len(estate.CHILDREN)
    assert demo_set_up.run("demo", "--load-only").returncode == 0
    assert demo_set_up.ask(CHILDREN) == before


def test_the_real_record_beside_the_demo_holds_nobody(demo: Server, demo_set_up: SetUp) -> None:
    there = demo_set_up.ask("SELECT to_regclass('children_child')::text", database="newel")
    assert there == [(None,)]


def test_the_audit_of_the_loaded_demo_is_whole(demo: Server, demo_set_up: SetUp) -> None:
    verified = demo_set_up.run("audit", "verify", **DEMO)
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "The audit is whole" in verified.stdout


def test_the_audit_holds_an_event_for_all_that_was_loaded(demo: Server, demo_set_up: SetUp) -> None:
    told = [estate.read(name) for name in estate.CHILDREN]
    acts = dict(demo_set_up.ask("SELECT act, count(*) FROM access_auditevent GROUP BY act"))
    assert acts["refer"] == len(told)
    assert acts["write_event"] == sum(len(one["life_events"]) for one in told)
    assert acts["write_statement"] == sum(len(one["statements"]) for one in told)
    assert acts["write_keeping_safe"] == sum(len(one["keeping_safe"]) for one in told)
    assert acts["add_home"] == sum(len(one["home"]) for one in told)
    assert acts["add_team_member"] == sum(len(one["team"]) for one in told)
    assert acts["show_to_child"] == sum(bool(one.get("shown_to_child")) for one in told)
    assert acts["add_staff"] == len(estate.read("staff")["staff"])


def test_each_child_has_a_history_and_is_in_another_state_of_the_work(
    demo: Server, demo_set_up: SetUp
) -> None:
    rows = demo_set_up.ask(
        "SELECT c.preferred_name,"
        " (SELECT count(*) FROM scoping_lifeevent e WHERE e.child_id = c.id AND e.is_current),"
        " (SELECT arrived_at IS NOT NULL FROM children_stay s WHERE s.child_id = c.id),"
        " EXISTS (SELECT FROM activators_statement t WHERE t.child_id = c.id"
        "   AND t.state = 'superseded') FROM children_child c"
    )
    assert all(20 <= events <= 60 for _, events, _, _ in rows)
    assert {tuple(states) for _, _, *states in rows} == {
        (False, False),  # is coming
        (True, False),  # has arrived, and is being understood
        (True, True),  # is known, and what was understood has changed since
    }


def test_every_number_in_it_is_one_of_the_tests(demo: Server, demo_set_up: SetUp) -> None:
    numbers = demo_set_up.ask(
        f"SELECT value FROM children_identifier WHERE system = '{Identifier.NHS_NUMBER}'"
    )
    assert len(numbers) == len(estate.CHILDREN)
    assert all(value.startswith("999") for (value,) in numbers)


def test_all_its_people_sign_in_with_one_press(demo: Server) -> None:
    listed = demo.get("/demo/").text
    people = estate.read("staff")["staff"]
    assert 18 <= len(people) <= 30
    for person in people:
        assert person["name"].replace("'", "&#39;") in listed
        assert demo.browser().sign_in(person["username"]).get("/").status in {200, 302}


def test_nobody_else_signs_in_with_a_press(demo: Server) -> None:
    browser = demo.browser()
    browser.get("/demo/")
    assert browser.post("/demo/made-up.psychologist.1/", {}).status == 404
    assert "newel_session" not in browser.cookies


def test_it_never_leads_out_of_newel(demo: Server) -> None:
    browser = demo.browser()
    browser.get("/demo/")
    answer = browser.post("/demo/martin.omer/", {"next": "https://example.org/"})
    assert answer.headers["Location"] == "/"


def test_a_reset_starts_anew_with_an_audit_of_its_own(own_demo: SetUp) -> None:
    heads = own_demo.data / "audit-heads-newel_demo.jsonl"
    with own_demo.serving("demo"):
        before = own_demo.ask(CHILDREN)
        own_demo.run("audit", "verify", **DEMO)
        assert heads.exists()
    old = heads.read_text()
    with own_demo.serving("demo", "--reset"):
        assert not heads.exists() or old not in heads.read_text()
        after = own_demo.ask(CHILDREN)
        assert [name for name, _ in after] == [name for name, _ in before]
        assert not {public_id for _, public_id in after} & {public_id for _, public_id in before}
        assert own_demo.run("audit", "verify", **DEMO).returncode == 0


def made_up(set_up: SetUp, seed: int) -> list[Any]:
    asked = ("demo", "--reset", "--children", "3", "--seed", str(seed))
    with set_up.serving(*asked):
        return set_up.ask(MADE_UP)


def test_the_same_seed_makes_the_same_children(own_demo: SetUp) -> None:
    one = made_up(own_demo, 7)
    assert len(one) == 3
    assert made_up(own_demo, 7) == one


def test_a_loading_that_was_stopped_is_done_again(new_set_up: SetUp) -> None:
    server = new_set_up.start("demo")
    wait_until(lambda: "Loading the demo estate" in server.said(), "it loads", 90)
    server.kill()
    with new_set_up.serving("demo"):
        assert len(new_set_up.ask(CHILDREN)) == len(estate.CHILDREN)


def test_nothing_is_loaded_outside_demo_mode(db: None) -> None:
    with pytest.raises(NotADemo):
        load()
    with pytest.raises(NotADemo):
        generate(children=1, seed=1, say=str)


@pytest.mark.parametrize("method", ["get", "post"])
def test_its_pages_are_not_there_outside_demo_mode(
    method: str, db: None, cast: Cast, client: Any
) -> None:
    assert getattr(client, method)("/demo/peggotty/").status_code == 404
    assert client.get("/demo/").status_code == 404
    assert SignedIn(cast.peggotty).get("/demo/").status_code == 404
