"""A query set whose SQL is made once in a process.

Django writes the SQL of a query set anew each time. For "the child, if this person reaches them",
on every page of a record, writing it costs several times what PostgreSQL needs to answer.

The query set is built once with a stand-in for each value that changes, and asked from then on
with the values in the stand-ins' places. The number of values never changes: lists of values
(`__in=[…]`) do not go in; sub-queries do, and one array (`= ANY (…)`), whose stand-in is a tuple.
"""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.query import ModelIterable


class Compiled:
    def __init__(self, build: Callable[[], QuerySet[Any]], stand_ins: Mapping[str, Hashable]):
        """`build` gives the query set with the stand-ins in it; each has to differ from the
        others and from every other value of the query."""
        self._build = build
        self._stand_ins = dict(stand_ins)

    @cached_property
    def _made(self) -> tuple[str, tuple[Any, ...], Any]:
        compiler = self._build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        missing = [name for name, one in self._stand_ins.items() if one not in params]
        if missing:
            raise ValueError(f"The query has no place for {', '.join(missing)}.")
        return sql, params, compiler

    def ask(self, **values: Any) -> tuple[str, list[Any]]:
        """The SQL and its parameters, for `Model.objects.raw` or a cursor."""
        if set(values) != set(self._stand_ins):
            raise ValueError(f"It asks for {', '.join(sorted(self._stand_ins))}.")
        sql, params, _ = self._made
        placed = {self._stand_ins[name]: value for name, value in values.items()}
        return sql, [placed.get(one, one) if isinstance(one, Hashable) else one for one in params]

    def models(self, **values: Any) -> list[Any]:
        """The same rows that the query set gives, with its annotations and what it joins
        (`select_related`), which `Model.objects.raw` cannot do.

        Which column is whose, Django's compiler knows since it wrote the SQL. It is copied for
        each time of asking, as threads share it and each has its own connection.
        """
        compiler = copy(self._made[2])
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: self.ask(**values)
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        asked = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(asked))  # type: ignore[arg-type]  # as much of one as it asks


class IsAmong(Func):
    """`= ANY (…)`: one value among an array, however many are in it."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def is_among(column: str, values: Any) -> IsAmong:
    """A column among the values of an array, for which the stand-in is a tuple."""
    return IsAmong(F(column), Value(values))
