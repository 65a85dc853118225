"""Under /survey/ Newel knows nobody: no cookie is read and none is set, whoever may be signed in on
this browser. So no session, no held form and no audit can say who sat here (H19, H20)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ADDRESS = "/survey/"

Handler = Callable[[HttpRequest], HttpResponse]


class KnowNobody:
    """Before the session is read."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADDRESS):
            return self.get_response(request)
        request.COOKIES.clear()
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
