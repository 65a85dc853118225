"""What stood at a time, from a version's frozen rows or from the statements as they are."""

from collections.abc import Iterable
from datetime import date, datetime

from newel.record.stairs.activators.models import FormulationVersion, Statement, StatementAsAgreed
from newel.record.stairs.activators.rules.comparing import Side, Standing
from newel.record.stairs.activators.rules.places import places_as_agreed, places_today


def side_of_version(version: FormulationVersion, rows: Iterable[StatementAsAgreed]) -> Side:
    """Each where it stood on the maps then."""
    standing = [
        Standing(row.statement, row.confirmed_on, row.confirm_by, places_as_agreed(row))
        for row in rows
    ]
    return Side(standing, version.agreed_on, version.agreed_at)


def side_of_statements(statements: Iterable[Statement], *, on: date, at: datetime) -> Side:
    """Each where it stands on the maps today."""
    standing = [
        Standing(one, one.confirmed_on or on, one.confirm_by or on, places_today(one))
        for one in statements
    ]
    return Side(standing, on, at)
