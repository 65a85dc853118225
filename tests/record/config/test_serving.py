"""`newel serve` and `newel demo` as processes: what they answer, and what happens when one dies."""

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from newel.record.config.embedded_postgres import server as postgres
from newel.record.config.embedded_postgres.places import Places
from tests.record.config.newel_command import PLAIN, Server, SetUp, processes_with
from tests.record.config.newel_processes import is_running, parent_of, wait_until

FOR_GOOD = 315360000


@pytest.fixture(scope="module")
def demo(demo_set_up: SetUp) -> Iterator[Server]:
    with demo_set_up.serving("demo") as server:
        yield server


def static_files(server: Server) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', server.get("/demo/").text)


def test_a_new_set_up_is_made_migrated_and_served_and_stops_when_asked(
    new_set_up: SetUp,
) -> None:
    with new_set_up.serving("serve", **PLAIN) as server:
        assert server.get("/healthz").text == "ok\n"
        assert server.get("/readyz").text == '{"database": true, "migrations_waiting": 0}'
        sign_in = server.get("/sign-in/")
        assert (sign_in.status, sign_in.headers["Cache-Control"]) == (200, "no-store")
        assert server.get("/demo/").status == 404
        asked = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(30) == 0
        new_set_up.wait_until_stopped()
        assert time.monotonic() - asked < 15
    assert not processes_with(str(new_set_up.data))


def test_static_files_have_names_that_change_and_are_kept_for_good(demo: Server) -> None:
    files = static_files(demo)
    assert len(files) >= 3
    for path in files:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", path), path
        answer = demo.get(path)
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == f"max-age={FOR_GOOD}, public, immutable"


def test_static_files_are_sent_compressed(demo: Server) -> None:
    (style_sheet,) = [path for path in static_files(demo) if path.endswith(".css")]
    plain = demo.get(style_sheet)
    packed = demo.get(style_sheet, Accept_Encoding="br")
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.body) < len(plain.body) / 4


@pytest.mark.parametrize("path", ["/demo/", "/nothing/here/", "/sign-in/"])
def test_no_page_runs_what_newel_did_not_send(path: str, demo: Server) -> None:
    headers = demo.get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_browser_keeps_a_page_of_somebody_signed_in(demo: Server) -> None:
    omer = demo.browser().sign_in("martin.omer")
    shift = omer.get("/shift/")
    assert shift.status == 200
    assert shift.headers["Cache-Control"] == "no-store"


def test_the_demo_says_that_it_is_one_on_every_page(demo: Server) -> None:
    assert "demo" in demo.get("/demo/").text.casefold()
    assert "newel-demo" in demo.browser().sign_in("martin.omer").get("/shift/").text


def test_a_second_server_does_not_share_the_port(demo: Server, demo_set_up: SetUp) -> None:
    second = demo_set_up.run("serve", "--port", str(demo.port), **PLAIN)
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1:{demo.port}" in second.stderr
    assert "Traceback" not in second.stderr


def test_the_workers_keep_their_connections(demo: Server, demo_set_up: SetUp) -> None:
    def backends() -> set[int]:
        rows = demo_set_up.ask(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'newel service'"
            " AND query NOT LIKE '%audit%'"
        )
        return {pid for (pid,) in rows}

    for _ in range(8):
        demo.get("/demo/")
    before = backends()
    for _ in range(8):
        demo.get("/demo/")
    assert before & backends()


def test_a_killed_worker_is_replaced_and_the_other_goes_on(demo: Server) -> None:
    wait_until(lambda: len(demo.workers()) == 2, "two workers", 30)
    killed = min(demo.workers())
    os.kill(killed, signal.SIGKILL)
    assert any(demo.status("/healthz") == 200 for _ in range(5))
    wait_until(lambda: len(demo.workers() - {killed}) == 2, "it is replaced", 30)
    demo.wait_until_ready()


def test_a_killed_keeper_is_started_again(demo: Server) -> None:
    killed = demo.keeper()
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: bool(demo.children("config.keeper") - {killed}), "a new keeper", 30)


@contextmanager
def database_away(set_up: SetUp) -> Iterator[None]:
    """Killed, and its minder kept from seeing it, so that it stays away for as long as is asked."""
    minder = parent_of(set_up.postmaster())
    os.kill(minder, signal.SIGSTOP)
    os.kill(set_up.postmaster(), signal.SIGKILL)
    try:
        yield
    finally:
        os.kill(minder, signal.SIGKILL)


def test_the_database_comes_back_by_itself_after_it_was_killed(
    demo: Server, demo_set_up: SetUp
) -> None:
    omer = demo.browser().sign_in("martin.omer")
    with database_away(demo_set_up):
        wait_until(lambda: demo.get("/readyz").status == 503, "it says that it is away")
        assert demo.get("/healthz").status == 200
        away = omer.get("/shift/")
        assert away.status == 503
        assert "Newel cannot reach its records just now" in away.text
        assert away.headers["Cache-Control"] == "no-store"
        assert "Martin" not in away.text
    demo.wait_until_ready()
    for _ in range(20):
        assert omer.get("/shift/").status == 200


def test_it_follows_the_database_to_another_port(demo: Server, demo_set_up: SetUp) -> None:
    before = postgres.state(Places(demo_set_up.data))
    assert before
    workers, keeper = demo.workers(), demo.keeper()
    with socket.socket() as taking:
        taking.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with database_away(demo_set_up):
            wait_until(lambda: took(taking, before.port), "its port is taken", 30)
        wait_until(lambda: not workers & demo.workers(), "all workers are new", 90)
        wait_until(lambda: bool(demo.children("config.keeper") - {keeper}), "a new keeper", 30)
    now = postgres.state(Places(demo_set_up.data))
    assert now
    assert now.port != before.port
    wait_until(lambda: len(demo.workers()) == 2, "two workers", 60)
    demo.wait_until_ready()
    assert demo.browser().sign_in("martin.omer").get("/shift/").status == 200


def took(taking: socket.socket, port: int) -> bool:
    try:
        taking.bind(("127.0.0.1", port))
        taking.listen()
    except OSError:
        return False
    return True


def test_nothing_is_left_when_the_server_is_killed(own_demo: SetUp) -> None:
    server = own_demo.start("demo")
    server.wait_until_ready()
    left = server.workers() | {server.keeper()}
    server.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in left), "workers and keeper ended", 20)
    wait_until(lambda: not is_running(own_demo.data), "PostgreSQL is stopped", 20)
    assert server.status("/healthz") == 0


def is_alive(pid: int) -> bool:
    return any(line.split()[:1] == [str(pid)] for line in processes_with("newel"))


def test_ctrl_c_stops_everything_without_a_traceback(own_demo: SetUp) -> None:
    server = own_demo.start("demo")
    server.wait_until_ready()
    os.killpg(server.process.pid, signal.SIGINT)
    assert server.process.wait(30) == 0
    own_demo.wait_until_stopped()
    assert "Traceback" not in server.said()
    assert f"http://127.0.0.1:{server.port}" in server.said()
