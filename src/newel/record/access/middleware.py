"""One request, one transaction, one person; what was looked at is written last.

Two layers: `RecordTransaction` outside the session (so that session, page and audit commit or
fall together) and `NameTheActor` right after the person is known.
"""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse

from newel.record.access import audit, audit_lists, transactions
from newel.record.design_system import views

logger = logging.getLogger("newel.access")

Handler = Callable[[HttpRequest], HttpResponse]
REFUSED = {403, 404}


class RecordTransaction:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self._in_one_transaction(request)
        except (OperationalError, InterfaceError):
            logger.exception("The database could not be reached or gave up")
            return views.unreachable(request)

    def _in_one_transaction(self, request: HttpRequest) -> HttpResponse:
        with transactions.request_in_nobodys_name():
            response = self.get_response(request)
            if response.status_code >= 500 or hasattr(request, "went_wrong"):
                transaction.set_rollback(True)
            else:
                audit_lists.record_named(request, response)
                audit.record_look(request, response)
            acted = transactions.current()
        if response.status_code in REFUSED:
            audit.record_refusal(request, response, acted)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.went_wrong = True  # type: ignore[attr-defined]


class NameTheActor:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        staff_id = request.user.pk if request.user.is_authenticated else None
        transactions.continue_as(staff_id)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        match = request.resolver_match
        transactions.on_page(match.view_name if match else "")
