"""A real browser, a real server, a demo estate of one's own for each journey."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from wsgiref.simple_server import WSGIServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, Page, expect

from newel.record.config import place
from tests import databases
from tests.journeys import counting

PICTURES = place.CHECKOUT / "docs" / "pictures"
DESKTOP = {"width": 1280, "height": 720}
TABLET = {"width": 820, "height": 1180}
# Milliseconds. Only a test that fails waits so long; a busy machine makes none fail.
PATIENCE = 60_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing to the console: a failing test says what went wrong."""


@pytest.fixture
def address(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, settings: object
) -> Iterator[str]:
    """Where Newel is served, on a fresh clone of the demo estate."""
    settings.NEWEL_DEMO = True  # type: ignore[attr-defined]
    settings.LOGIN_URL = "demo:people"  # type: ignore[attr-defined]
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        databases.clone(databases.demo_template()) as name,
        databases.connected_to(name),
        _serving() as port,
    ):
        yield f"http://localhost:{port}"


class _serving:
    """Django's own threaded server with its static files, on a free port."""

    def __enter__(self) -> int:
        self.server: WSGIServer = ThreadedWSGIServer(
            ("127.0.0.1", _free_port()), _Quiet, allow_reuse_address=True
        )
        self.server.set_app(StaticFilesHandler(WSGIHandler()))
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return int(self.server.server_address[1])

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=address, viewport=DESKTOP, locale="en-GB")
    opened.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def on_tablet(context: BrowserContext, page: Page) -> Page:
    page.set_viewport_size(TABLET)
    return page


@pytest.fixture
def sign_in_as(page: Page) -> Callable[[str], None]:
    """One click on the demo's sign-in page."""

    def sign_in(name: str) -> None:
        page.goto("/demo/")
        page.get_by_role("button", name=name).click()
        page.wait_for_url(lambda url: "/demo/" not in url)

    return sign_in


@pytest.fixture
def check_accessible(page: Page) -> Callable[[], None]:
    """WCAG 2.2 AA by axe: no violation. Every journey ends with it."""

    def check() -> None:
        page.wait_for_load_state()
        options = {"runOnly": {"type": "tag", "values": RULES}}
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, found.generate_report()

    return check


@pytest.fixture
def counted(page: Page) -> Callable[..., AbstractContextManager[None]]:
    """`with counted("J1 …", clicks=2, keys=0):` asserts both, and writes down the seconds."""
    counting.count_in(page)
    return partial(counting.counted, page)


@pytest.fixture
def picture(page: Page) -> Callable[..., Path]:
    """Take a picture for the README and the guides; only when asked to (NEWEL_PICTURES=1)."""

    def take(name: str, *, height: int = 720, of: str = "", whole: bool = False) -> Path:
        path = PICTURES / f"{name}.png"
        if os.environ.get("NEWEL_PICTURES"):
            page.set_viewport_size({"width": 1280, "height": height})
            if of:
                page.locator(of).screenshot(path=path)
            else:
                page.screenshot(path=path, full_page=whole)
            page.set_viewport_size(DESKTOP)
        assert path.exists(), f"{path.name} is missing: run the journeys with NEWEL_PICTURES=1"
        return path

    return take
