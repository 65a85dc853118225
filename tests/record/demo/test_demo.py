"""`newel demo`: fiction only, beside the real record and never in it."""

from collections.abc import Iterator
from typing import Any

import pytest

from newel.record.children.models import Identifier
from newel.record.demo import estate
from newel.record.demo.generating import generate
from newel.record.demo.loading import AlreadyLoaded, load
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
    told = [estate.child(name) for name in estate.CHILDREN]
    stays = [stay for one in told for stay in one["stays"]]
    statements = [row for one in told for row in one["statements"]]
    acts = dict(demo_set_up.ask("SELECT act, count(*) FROM access_auditevent GROUP BY act"))
    assert acts["refer"] == len(stays)
    assert acts["write_event"] == sum(len(one["life_events"]) for one in told)
    assert acts["write_statement"] == len([one for one in statements if "replaces" not in one])
    assert acts["replace_statement"] == len([one for one in statements if "replaces" in one])
    assert acts["add_evidence"] == sum(len(row.get("evidence", ())) for row in statements)
    assert acts["add_home"] == sum(len(one["home"]) for one in told)
    assert acts["add_team_member"] == sum(len(stay["team"]) for stay in stays)
    assert acts["assign_keyworker"] == sum(len(stay["keyworkers"]) for stay in stays)
    assert acts["show_to_child"] == sum(bool(one.get("shown_to_child")) for one in told)
    assert acts["add_staff"] == len(estate.read("staff")["staff"])


def test_nothing_in_it_was_put_there_without_an_action(demo: Server, demo_set_up: SetUp) -> None:
    """Every row of these has its own event: none came by a side door."""
    acts = dict(demo_set_up.ask("SELECT act, count(*) FROM access_auditevent GROUP BY act"))
    for table, act in (
        ("overview_takeover", "take_over"),
        ("overview_handovernote", "write_handover_note"),
        ("overview_unitnote", "write_unit_note"),
        ("children_safetycheck", "check_home_is_safe"),
        ("children_legalreason", "record_legal_reason"),
        ("children_grant", "give_access"),
        ("children_block", "block"),
        ("children_breakglass", "break_glass"),
    ):
        ((rows,),) = demo_set_up.ask(f"SELECT count(*) FROM {table}")
        assert 0 < rows <= acts[act], table


STATES = """
SELECT c.preferred_name,
 (SELECT count(*) FROM children_stay s WHERE s.child_id = c.id),
 (SELECT bool_or(arrived_at IS NOT NULL) FROM children_stay s
  WHERE s.child_id = c.id AND ended_at IS NULL),
 (SELECT count(*) FROM activators_statement t
  WHERE t.child_id = c.id AND is_current AND state = 'agreed'),
 (SELECT count(*) FROM activators_statement t WHERE t.child_id = c.id AND is_current
  AND state = 'agreed' AND time = 'present' AND confirm_by < current_date),
 (SELECT count(*) FROM activators_statement t
  WHERE t.child_id = c.id AND agreed_at > now() - interval '10 days' AND is_current)
FROM children_child c
"""


def test_each_child_is_in_another_state_of_the_work(demo: Server, demo_set_up: SetUp) -> None:
    states = {name: rest for name, *rest in demo_set_up.ask(STATES)}
    assert states["Jack"][:2] == [1, False]  # is expected
    assert states["Oliver"][:3] == [1, True, 0]  # has arrived, and nothing is understood yet
    for name in ("David", "Heathcliff"):  # formulated, and much of it not confirmed since
        stays, here, agreed, stale, _ = states[name]
        assert (stays, here, stale > agreed / 3) == (1, True, True)
    agreed, stale, lately = states["Mary"][2:]  # agreed last week
    assert (stale, lately) == (0, agreed)
    assert agreed > 10
    assert states["Huck"][:2] == [2, True]  # was here before, and has come back
    assert states["Estella"][2] > 10


def test_somebody_is_about_to_leave(demo: Server, demo_set_up: SetUp) -> None:
    ends = demo_set_up.ask(
        "SELECT max(r.ends_on) - current_date FROM children_legalreason r"
        " JOIN children_child c ON c.id = r.child_id WHERE c.preferred_name = 'Estella'"
    )
    assert ends in ([(9,)], [(8,)])


def test_a_month_of_shifts_was_taken_over_and_the_last_one_was_too(
    demo: Server, demo_set_up: SetUp
) -> None:
    units = demo_set_up.ask(
        "SELECT count(*), now() - max(shift_starts_at) < interval '24 hours',"
        " min(shift_starts_at) < now() - interval '28 days' FROM overview_takeover GROUP BY unit_id"
    )
    assert len(units) == 5
    assert all(count > 70 and last and first for count, last, first in units)


def test_a_keyworker_left_and_another_came(demo: Server, demo_set_up: SetUp) -> None:
    rows = demo_set_up.ask(
        "SELECT c.preferred_name, count(*) FROM children_keyworkerassignment k"
        " JOIN children_child c ON c.id = k.child_id GROUP BY 1 HAVING count(*) > 1"
    )
    assert dict(rows) == {"Heathcliff": 2, "Huck": 4, "Estella": 2}


def test_whoever_has_left_cannot_sign_in_with_a_press(demo: Server) -> None:
    browser = demo.browser()
    assert "Simeon Noggs" not in browser.get("/demo/").text
    assert browser.post("/demo/simeon.noggs/", {}).status == 404


def test_an_agency_worker_signs_in_until_the_shift_is_over(demo: Server) -> None:
    listed = demo.get("/demo/").text
    assert "Ines Sparsit" in listed
    assert "Joe Vuffin" not in listed
    browser = demo.browser().sign_in("ines.sparsit")
    assert "My shift on Thornfield" in browser.get("/shift/").text


def test_every_number_in_it_is_one_of_the_tests(demo: Server, demo_set_up: SetUp) -> None:
    numbers = demo_set_up.ask(
        f"SELECT value FROM children_identifier WHERE system = '{Identifier.NHS_NUMBER}'"
    )
    assert len(numbers) == len(estate.CHILDREN)
    assert all(value.startswith("999") for (value,) in numbers)


def test_all_its_people_sign_in_with_one_press(demo: Server) -> None:
    listed = demo.get("/demo/").text
    people = [one for one in estate.read("staff")["staff"] if "left_day" not in one]
    assert len(people) == 40
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


def test_there_are_as_many_made_up_children_as_were_asked_for_however_often(
    own_demo: SetUp,
) -> None:
    with own_demo.serving("demo", "--children", "2", "--seed", "7"):
        two = own_demo.ask(MADE_UP)
        for wanted in (2, 4, 3):
            asked = ("demo", "--load-only", "--children", str(wanted), "--seed", "7")
            assert own_demo.run(*asked).returncode == 0
            found = own_demo.ask(MADE_UP)
            assert len(found) == (2 if wanted == 2 else 4)
            assert found[:2] == two


def test_what_is_loaded_is_not_loaded_again(db: None, cast: Cast, settings: Any) -> None:
    settings.NEWEL_DEMO = True
    with pytest.raises(AlreadyLoaded):
        load()


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
