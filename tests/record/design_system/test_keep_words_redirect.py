import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import path
from pytest_django.fixtures import Settings

from newel.record.design_system.middleware import keep_words_redirect


def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Sign in")


urlpatterns = [path("sign-in/", sign_in, name="sign_in")]


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.LOGIN_URL = "sign_in"


def answer(response: HttpResponse, **headers: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return response

    request = RequestFactory().post("/save", headers=headers)
    return keep_words_redirect(view)(request)  # type: ignore[return-value]


def kept(response: HttpResponse) -> HttpResponse:
    return answer(response, **{"Newel-Keep-Words": "1"})


def test_a_redirect_is_handed_to_the_script_with_its_cookies() -> None:
    redirect = HttpResponseRedirect("/child/abc")
    redirect.set_cookie("messages", "saved")
    redirect.headers["Cache-Control"] = "no-store"
    told = kept(redirect)
    assert (told.status_code, told.content) == (204, b"")
    assert told.headers["Newel-Location"] == "/child/abc"
    assert told.headers["Cache-Control"] == "no-store"
    assert "Location" not in told.headers
    assert told.cookies["messages"].value == "saved"


def test_without_the_script_a_redirect_stays_one() -> None:
    assert answer(HttpResponseRedirect("/child/abc")).status_code == 302


@pytest.mark.parametrize("status", [200, 304, 404, 500])
def test_other_answers_pass(status: int) -> None:
    assert kept(HttpResponse("words", status=status)).status_code == status


def test_words_wait_while_their_writer_signs_in_again() -> None:
    to_sign_in = "/sign-in/?next=/save"
    told = kept(HttpResponseRedirect(to_sign_in))
    assert told.status_code == 401
    assert told.headers["Newel-Location"] == to_sign_in


def test_words_that_were_put_by_need_not_wait() -> None:
    redirect = HttpResponseRedirect("/sign-in/")
    redirect.headers["Newel-Form-Held"] = "1"
    assert kept(redirect).status_code == 204
