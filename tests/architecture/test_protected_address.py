"""A protected address goes in and never comes out: not in a page, a print or an export (H6)."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test import Client
from pypdf import PdfReader

from newel.record.access.transactions import acting
from newel.record.children.models import ProtectedAddress
from tests.architecture import furnished
from tests.architecture.routes import all_routes
from tests.architecture.test_addresses import NO_PAGE_TO_LOOK_AT, who_opens
from tests.cast import Cast

# The words of the address that stand nowhere else, so that part of it would be found as well.
TELLING = ("Quince", "Zennorford")


@pytest.fixture
def pages(db: None, cast: Cast) -> dict[str, str]:
    return furnished.furnish(cast)


def test_the_service_may_not_read_the_column(pages: dict[str, str], cast: Cast) -> None:
    """H6"""
    with acting(cast.chillip.pk):
        assert ProtectedAddress.objects.values_list("child_id").get() == (cast.david.pk,)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(cast.chillip.pk):
        ProtectedAddress.objects.values_list("address").get()


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM children_protectedaddress",
        "SELECT count(*) FROM children_protectedaddress WHERE address LIKE '17%'",
        "UPDATE children_protectedaddress SET address = address RETURNING address",
        "INSERT INTO children_openaddress (home_id, child_id, address)"
        " SELECT home_id, child_id, address FROM children_protectedaddress",
        "COPY children_protectedaddress (address) TO STDOUT",
    ],
)
def test_no_detour_leads_to_it(pages: dict[str, str], cast: Cast, attempt: str) -> None:
    """H6"""
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(cast.chillip.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(attempt)


def test_the_databases_own_statistics_do_not_tell(pages: dict[str, str]) -> None:
    """H6: samples of a column's values stand in pg_stats once it has been analysed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stats WHERE tablename = 'children_protectedaddress'"
            " AND attname = 'address'"
        )
        assert cursor.fetchone() is None


def test_no_page_print_or_export_holds_a_protected_address(
    pages: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    """H6, the golden test: every page about the child, the PDF in words, for whoever opens it."""
    routes = {route.name: route for route in all_routes()}
    seen = 0
    for name, url in pages.items():
        browser = signed_in(who_opens(cast, routes[name]))
        answer = browser.get(url)
        words = _words(answer.content, answer.headers.get("Content-Type", ""))
        assert not [word for word in TELLING if word in words], name
        seen += "Aunt Betsey" in words
        assert answer.status_code == 200 or name in NO_PAGE_TO_LOOK_AT, name
    assert seen >= 3, "The home itself has to be on some pages, or this test sees nothing."


def test_an_answer_to_a_form_does_not_tell_either(
    pages: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    """H6: an empty post brings most forms back with what is known already."""
    routes = {route.name: route for route in all_routes()}
    for name, url in pages.items():
        answer = signed_in(who_opens(cast, routes[name])).post(url, {}, follow=True)
        words = _words(answer.content, answer.headers.get("Content-Type", ""))
        assert not [word for word in TELLING if word in words], name


def _words(content: bytes, content_type: str) -> str:
    if content_type == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if "wordprocessingml" in content_type:
        with ZipFile(BytesIO(content)) as file:
            return "\n".join(file.read(name).decode() for name in file.namelist())
    return content.decode()
