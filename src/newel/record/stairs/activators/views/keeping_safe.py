"""Reading and writing "Keeping safe now", one part at a time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions, queries
from newel.record.stairs.activators.forms import KeepingSafeForm
from newel.record.stairs.activators.presenters import keeping_safe as presenter
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.views.answering import person, show_about, who
from newel.record.stairs.activators.views.language import helped


@child_page(Capability.READ_ONE_PAGE)
def keeping_safe(request: HttpRequest, child: Any) -> HttpResponse:
    page = presenter.keeping_safe_page(
        child=child,
        now=queries.keeping_safe_now(child),
        before=queries.keeping_safe_before(child=child),
        today=timezone.localdate(),
        person=person(request),
    )
    return show_about(request, child, "keeping_safe", page)


@child_page(Capability.KEEP_SAFE)
def write_part(request: HttpRequest, child: Any, part: str) -> HttpResponse:
    now = queries.keeping_safe_now(child)
    if part not in now:
        raise Http404("There is no such part.")
    there, today = now[part], timezone.localdate()
    seen = {"seen": there.public_id if there else ""}
    form = KeepingSafeForm(typed_or_held(request), part=part, today=today, initial=seen)
    form.cancel = address_of("keeping_safe", child)
    page = presenter.write_part_page(child=child, part=part, row=there, today=today)
    page.form = form
    if request.method == "POST" and not helped(request, form) and form.is_valid():
        try:
            _write(request, child, part, form)
        except actions.MeanwhileWritten as reason:
            _show_both(form, page, reason, today)
        except NotNow as reason:
            form.add_error(reason.field, str(reason))
        else:
            messages.success(request, "It is written, and at the top of “How to be with me”.")
            return redirect(address_of("keeping_safe", child))
    return show_about(request, child, "write_part", page)


def _write(request: HttpRequest, child: Any, part: str, form: KeepingSafeForm) -> None:
    seen = form.cleaned_data["seen"]
    actions.write_keeping_safe(
        child=child,
        part=part,
        **who(request),
        replaces=queries.keeping_safe_entry(child=child, part=part, public_id=seen),
        **form.entry(),
    )


def _show_both(
    form: KeepingSafeForm, page: Any, reason: actions.MeanwhileWritten, today: Any
) -> None:
    """The next save knows what it replaces."""
    form.add_error(None, str(reason))
    if reason.now_there is not None:
        form.data = {**form.data.dict(), "seen": reason.now_there.public_id}  # type: ignore[attr-defined]
        page.newer = presenter.entry_in_words(reason.now_there, today)
