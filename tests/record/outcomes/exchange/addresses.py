"""A file that left and one that came in, for the walk through every address."""

from datetime import UTC, date, datetime

from newel.evidence.measures import measures
from newel.evidence.measures.exchange.coming_in import read_file
from newel.record.children.models import Child
from newel.record.outcomes.exchange import actions
from newel.record.outcomes.exchange.matching import matched
from tests.cast import Cast
from tests.record.outcomes.exchange.files import row, table

TODAY = date(2026, 11, 1)


def brought(child: Child, cast: Cast) -> dict[str, dict[str, str]]:
    at = datetime.now(UTC)
    read = read_file(table(row(child, "ors")), "ors.csv", known=measures(), most=10).forms
    came_in = actions.bring_in(
        child=child, every=read, adults=actions.TwoAdults(), by=cast.chillip, at=at, today=TODAY,
        chosen=matched(
            read, here=[], reference=child.public_id, born_on=child.born_on, today=TODAY
        ),
        file=actions.FileFacts(
            name="ors.csv", kind="csv", sha256="0" * 64, source="CAMHS", reference=child.public_id
        ),
    )  # fmt: skip
    left = actions.give_out(
        child=child, kind="csv", measures=["ors"], since=None, with_unfinished=False,
        who_it_is=[], why_who_it_is="", for_whom="Agnes Wickfield", why="The review",
        by=cast.chillip, at=at,
    )  # fmt: skip
    return {
        "exchange:brought": {"file_id": came_in.public_id},
        "exchange:given_out": {"made_id": left.public_id},
    }
