"""A server or a database that is killed in the middle of saving leaves the old or the new state."""

import http.client
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from newel.record.demo import estate
from tests.record.config.newel_command import DEMO, Browser, Server, SetUp, a_name, refer

WRITERS = 3
KILLS = 2

# One child of the estate came back: of several stays each has its unit and its event.
HALF = """
SELECT c.id FROM children_child c
CROSS JOIN LATERAL (SELECT count(*) AS stays FROM children_stay s WHERE s.child_id = c.id) s
WHERE s.stays = 0
  OR (SELECT count(*) FROM children_unitstay u WHERE u.child_id = c.id) < s.stays
  OR (SELECT count(*) FROM access_auditevent e WHERE e.chain = c.id AND e.act = 'refer') <> s.stays
"""
ORPHANS = """
SELECT e.chain FROM access_auditevent e
 WHERE e.act = 'refer' AND NOT EXISTS (SELECT FROM children_child c WHERE c.id = e.chain)
"""
CHILDREN = "SELECT preferred_name FROM children_child"


class Writers:
    """Psychologists who refer children, until nobody answers."""

    def __init__(self, server: Server) -> None:
        self.saved: list[str] = []
        self.tried: list[str] = []
        self.answers: set[int] = set()
        self.enough = threading.Event()
        browsers = [server.browser().sign_in("miriam.losberne") for _ in range(WRITERS)]
        self.threads = [threading.Thread(target=self.write, args=(one,)) for one in browsers]

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.enough.set()
        for thread in self.threads:
            thread.join()

    def write(self, browser: Browser) -> None:
        while not self.enough.is_set():
            name = a_name()
            self.tried.append(name)
            try:
                status = refer(browser, name).status
            except (OSError, http.client.HTTPException, IndexError):
                status = 0  # the server is gone, or gave a page without a form
            self.answers.add(status)
            if status == 302:
                self.saved.append(name)

    def wait_for_some(self, more: int = 3) -> None:
        wanted, until = len(self.saved) + more, time.monotonic() + 60
        while len(self.saved) < wanted:
            assert time.monotonic() < until, f"nothing is saved: {self.answers}"
            time.sleep(0.01)


def check_nothing_is_half(set_up: SetUp, saved: list[str], tried: list[str]) -> None:
    assert set_up.ask(HALF) == []
    assert set_up.ask(ORPHANS) == []
    there = [name for (name,) in set_up.ask(CHILDREN)]
    assert set(saved) <= set(there), "what was said to be saved is saved"
    assert len(there) == len(estate.CHILDREN) + len(set(there) & set(tried))


def kill_all_processes(server: Server) -> None:
    for pid in {*server.workers(), server.keeper()}:
        os.kill(pid, signal.SIGKILL)
    server.kill()


def test_a_server_killed_while_it_saves_leaves_no_half(own_demo: SetUp) -> None:
    saved, tried = [], []
    for _ in range(KILLS):
        server = own_demo.start("demo")
        server.wait_until_ready()
        with Writers(server) as writers:
            writers.wait_for_some()
            kill_all_processes(server)
        saved, tried = saved + writers.saved, tried + writers.tried
        own_demo.wait_until_stopped()
    with own_demo.serving("demo"):
        check_nothing_is_half(own_demo, saved, tried)
        verified = own_demo.run("audit", "verify", **DEMO)
        assert verified.returncode == 0, verified.stdout


@pytest.fixture(scope="module")
def demo(demo_set_up: SetUp) -> Iterator[Server]:
    with demo_set_up.serving("demo") as server:
        yield server


def test_a_database_killed_while_it_saves_leaves_no_half_and_comes_back(
    demo: Server, demo_set_up: SetUp
) -> None:
    with Writers(demo) as writers:
        for _ in range(KILLS):
            writers.wait_for_some()
            os.kill(demo_set_up.postmaster(), signal.SIGKILL)
            demo.wait_until_ready()
        writers.wait_for_some()
    assert 500 not in writers.answers
    check_nothing_is_half(demo_set_up, writers.saved, writers.tried)


def test_what_is_sent_while_the_database_is_away_is_answered_in_plain_words(
    demo: Server, demo_set_up: SetUp
) -> None:
    losberne = demo.browser().sign_in("miriam.losberne")
    losberne.get("/children/refer/")
    words = _answer_while_away(demo, demo_set_up, losberne)
    assert "look, when the records are back, before you send it again" in words
    demo.wait_until_ready()


def _answer_while_away(demo: Server, demo_set_up: SetUp, browser: Browser) -> str:
    """The server brings the database back within two seconds: it may have to be killed again."""
    for _ in range(5):
        os.kill(demo_set_up.postmaster(), signal.SIGKILL)
        for _ in range(20):
            answer = browser.post("/children/refer/", {"preferred_name": ""})
            if answer.status == 503:
                return answer.text
        demo.wait_until_ready()
    return ""
