"""Two phones scan one sheet at the same moment: one of them opens it."""

from datetime import UTC, datetime
from threading import Barrier, Thread

from django.db import connection
from django.test import Client

from newel.record.access.transactions import acting
from newel.record.outcomes import actions
from newel.record.outcomes.models import Sitting
from tests.cast import Cast
from tests.record.outcomes.asking import form


def test_of_two_who_open_one_link_at_once_one_gets_in(fresh_database: str, cast: Cast) -> None:
    """H5: with real transactions. The other is told that it was opened before."""
    with acting(cast.chillip.pk):
        begun = form(cast.david, cast, at=datetime.now(UTC))
        secret = actions.make_link(form=begun, by=cast.chillip, at=datetime.now(UTC))
    together, answers = Barrier(2), []

    def scan() -> None:
        try:
            together.wait(10)
            answers.append(Client().post("/answer/open/", {"link": secret}))
        finally:
            connection.close()

    phones = [Thread(target=scan) for _ in range(2)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    got_in, refused = sorted(answers, key=lambda one: one.status_code)
    assert (got_in.status_code, refused.status_code) == (302, 410)
    assert "This link was opened before" in refused.content.decode()
    with acting(cast.chillip.pk):
        assert Sitting.objects.filter(form=begun, kind="opened").count() == 1
    connection.close()
