"""The `newel` command as a person runs it: a process of its own, in a data folder of its own."""

import atexit
import contextlib
import http.client
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from newel.record.config.embedded_postgres import secrets_file, server
from newel.record.config.embedded_postgres.cluster import Cluster
from newel.record.config.embedded_postgres.places import Places
from tests.record.config.embedded_postgres_folders import new_open_folder
from tests.record.config.newel_processes import is_minded, is_running, wait_until

DEMO = {"NEWEL_DEMO": "1", "NEWEL_DATABASE_NAME": "newel_demo"}
PLAIN = {"NEWEL_PLAIN_HTTP": "1"}
OURS = ("NEWEL_", "DATABASE_", "DJANGO_", "PORT")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Browser:
    """Keeps cookies and nothing else."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, given: dict[str, str]) -> Answer:
        """With the token of the page that was read last."""
        sent = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **given}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(sent), form)

    def sign_in(self, username: str) -> "Browser":
        """With one press, as in the demo."""
        self.get("/demo/")
        assert self.post(f"/demo/{username}/", {}).status == 302
        return self

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asked.request(method, path, body, sent)
            response = asked.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            asked.close()
        for set_cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {one.key: one.value for one in SimpleCookie(set_cookie).values()}
        return answer


@dataclass
class Server:
    process: "subprocess.Popen[str]"
    port: int
    log: Path

    def browser(self) -> Browser:
        return Browser(self.port)

    def get(self, path: str, **headers: str) -> Answer:
        return self.browser().get(path, **headers)

    def status(self, path: str) -> int:
        """0 when nobody answers."""
        try:
            return self.get(path).status
        except (OSError, http.client.HTTPException):
            return 0

    def wait_until_ready(self, seconds: float = 90) -> None:
        def is_ready() -> bool:
            assert self.process.poll() is None, self.said()
            return self.status("/readyz") == 200

        wait_until(is_ready, "the server is ready", seconds)

    def children(self, what: str = "") -> set[int]:
        """The processes that it started, those whose command line has this in it."""
        asked = ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)]
        lines = subprocess.run(asked, capture_output=True, text=True).stdout.splitlines()
        return {int(line.split()[0]) for line in lines if what in line and "<defunct>" not in line}

    def workers(self) -> set[int]:
        return self.children("newel.cli")

    def keeper(self) -> int:
        (pid,) = self.children("config.keeper")
        return pid

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def said(self) -> str:
        return self.log.read_text(errors="replace")


@dataclass
class SetUp:
    """One NEWEL_DATA."""

    data: Path

    def environment(self, **more: str) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return {**own, "NEWEL_DATA": str(self.data), **more}

    def run(
        self, *words: str | Path, fed: str = "", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "newel.cli", *words],
            env=self.environment(**environment),
            input=fed,
            capture_output=True,
            text=True,
            timeout=180,
        )

    def start(self, *words: str, **environment: str) -> Server:
        port, log = free_port(), self.data.with_suffix(".log")
        with log.open("a") as written:
            process = subprocess.Popen(
                [sys.executable, "-m", "newel.cli", *words, "--port", str(port)],
                env=self.environment(**environment),
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        return Server(process, port, log)

    @contextmanager
    def serving(self, *words: str, **environment: str) -> Iterator[Server]:
        server = self.start(*words, **environment)
        try:
            server.wait_until_ready()
            yield server
        finally:
            self.end(server)

    def end(self, server: Server) -> None:
        if server.process.poll() is None:
            server.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.process.wait(30)
        server.kill()
        self.wait_until_stopped()

    def wait_until_stopped(self, seconds: float = 30) -> None:
        wait_until(
            lambda: not (is_running(self.data) or is_minded(self.data)), "nothing runs", seconds
        )

    def url(self, role: str, database: str = "newel_demo") -> str:
        """Of the running database."""
        places = Places(self.data)
        known = server.state(places)
        assert known
        secrets = secrets_file.load(places.secrets)
        cluster = Cluster(self.data, places.cluster, "127.0.0.1", known.port, secrets)
        return cluster.url(role, database)  # type: ignore[arg-type]

    def ask(self, question: str, *, role: str = "superuser", database: str = "newel_demo") -> list:
        """As PostgreSQL's superuser, who sees past the policies."""
        with psycopg.connect(self.url(role, database), autocommit=True) as connection:
            return connection.execute(question).fetchall()

    def postmaster(self) -> int:
        return int((self.data / "postgresql" / "postmaster.pid").read_text().splitlines()[0])


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def processes_with(text: str) -> list[str]:
    lines = subprocess.run(["ps", "-eo", "pid=,stat=,args="], capture_output=True, text=True)
    return [line for line in lines.stdout.splitlines() if text in line and "ps -eo" not in line]


def refer(browser: Browser, name: str, *, unit: str = "") -> Answer:
    """A child is coming: the real form, filled in."""
    page = browser.get("/children/refer/").text
    units = re.findall(r'name="unit"[^>]*value="([^"]+)"', page) or re.findall(
        r'<option value="([^"]+)"', page
    )
    given = {"preferred_name": name, "interpreter": "unknown", "unit": unit or units[0]}
    return browser.post("/children/refer/", given)


def a_name() -> str:
    """Like no other: where two are alike, Newel asks whether it is the same child."""
    return "".join(random.choices("bdfgklmnprstvz", k=9)).capitalize()


@cache
def _loaded() -> SetUp:
    folder = new_open_folder()
    atexit.register(shutil.rmtree, folder)
    made = SetUp(folder / "data")
    done = made.run("demo", "--load-only")
    assert done.returncode == 0, done.stderr
    made.wait_until_stopped()
    return made


@pytest.fixture(scope="session")
def loaded_demo() -> SetUp:
    """The demo estate, loaded once by the command itself, and not running."""
    return _loaded()


@pytest.fixture(scope="module")
def demo_set_up(loaded_demo: SetUp) -> Iterator[SetUp]:
    """A copy of it, for one module."""
    yield from copied(loaded_demo)


@pytest.fixture
def own_demo(loaded_demo: SetUp) -> Iterator[SetUp]:
    """A copy of it, for one test."""
    yield from copied(loaded_demo)


@pytest.fixture
def new_set_up() -> Iterator[SetUp]:
    folder = new_open_folder()
    made = SetUp(folder / "data")
    yield made
    made.wait_until_stopped()
    shutil.rmtree(folder)


def copied(original: SetUp) -> Iterator[SetUp]:
    folder = new_open_folder()
    subprocess.run(["cp", "-a", original.data, folder / "data"], check=True)
    copy = SetUp(folder / "data")
    yield copy
    copy.wait_until_stopped()
    shutil.rmtree(folder)
