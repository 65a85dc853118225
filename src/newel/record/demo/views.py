"""The demo's sign-in page: choose a person, sign in with one press."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from newel.record.access.pages import for_everyone
from newel.record.access.sign_in.actions import after_sign_in, sign_in_without_second_factor
from newel.record.demo import queries
from newel.record.demo.only_here import in_demo_only
from newel.record.demo.presenters import people_page
from newel.record.design_system.render import render_page


@for_everyone
@in_demo_only
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    page = people_page(
        then=request.GET.get("next", ""), for_one_shift=queries.for_one_shift(at=timezone.now())
    )
    return render_page(request, "demo/people.jinja", page)


@for_everyone
@in_demo_only
@require_POST
def sign_in(request: HttpRequest, username: str) -> HttpResponse:
    staff = queries.person(username=username, at=timezone.now())
    if staff is None:
        raise Http404("Nobody in the demo has this name.")
    sign_in_without_second_factor(request, staff)
    return redirect(_where_to(request))


def _where_to(request: HttpRequest) -> str:
    """Back to where the person was going, and never out of Newel."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return after_sign_in(request)
