"""One cast of people, one database a worker, and a clone wherever real commits are needed."""

from collections.abc import Iterator

import pytest
from django.test import Client
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from newel.record.access.sign_in import second_factor
from tests import databases
from tests.cast import Cast
from tests.install_browser import find_browser

# What is asked of a machine is an answer, not a time: a busy one would fail by chance.
settings.register_profile("no time limit", deadline=None)
settings.load_profile("no time limit")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """This worker's clone of the cast's database. As the service's role, like everything else."""
    with (
        databases.clone(databases.cast_template()) as name,
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        databases.connected_to(name),
    ):
        yield


@pytest.fixture
def fresh_database(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of one's own with the cast in it: commits are real, and it is dropped after."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        databases.clone(databases.cast_template()) as name,
        databases.connected_to(name),
    ):
        yield name


@pytest.fixture
def cast() -> Cast:
    """The people of the tests. Needs a database: `db` or `fresh_database`."""
    return Cast()


@pytest.fixture
def signed_in() -> "type[SignedIn]":
    return SignedIn


class SignedIn(Client):
    """A browser in which somebody has signed in, second factor and all."""

    def __init__(self, staff: object) -> None:
        super().__init__()
        self.force_login(staff)  # type: ignore[arg-type]
        session = self.session
        second_factor.mark(session)
        session.save()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this worker that need one."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    flags += ["--allow-file-access-from-files"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        yield started
        started.close()
