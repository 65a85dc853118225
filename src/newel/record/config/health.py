"""`/healthz`: this process answers. `/readyz`: the database answers and is migrated.

A middleware before all others: they must answer without a session, and while the database is away.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse


class AnswerHealth:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return _ready()
        return self.get_response(request)


def _ready() -> HttpResponse:
    waiting = migrations_waiting()
    answer = {"database": waiting is not None, "migrations_waiting": waiting}
    return JsonResponse(answer, status=200 if waiting == 0 else 503)


def migrations_waiting() -> int | None:
    """How many migrations are not applied; nothing when the database does not answer."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return None
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
