"""The worker signs in again on the device that was handed over: the sitting on it ends."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.outcomes import actions, queries

# In the session that nobody is signed in to: the hash of the secret that this browser was given.
HANDED_OVER = "newel_handed_over"

Handler = Callable[[HttpRequest], HttpResponse]


class TakeBackOnSignIn:
    """Whoever signs in, the device is a worker's again. They need not reach the child for that."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and HANDED_OVER in request.session:
            _take_back(bytes.fromhex(request.session.pop(HANDED_OVER)))
        return self.get_response(request)


def _take_back(secret_hash: bytes) -> None:
    sitting = queries.begin_sitting_by_hash(secret_hash=secret_hash)
    if sitting is not None:
        actions.end_sitting(sitting=sitting, because="taken_back", at=timezone.now())
    queries.leave_sitting()
