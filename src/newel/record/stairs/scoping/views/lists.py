"""A list of events: brought, looked at line by line, saved as a whole, and taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in import held
from newel.record.children.pages import child_page
from newel.record.design_system.render import render_page
from newel.record.stairs.scoping import actions, forms, queries
from newel.record.stairs.scoping.answering import do, found, person, who
from newel.record.stairs.scoping.presenters import list_pages
from newel.record.stairs.scoping.views.people import people

READS = Capability.READ_RECORD
WRITES = Capability.WRITE_HISTORY
TOO_LONG = "This list is too long to be kept while it is checked. Bring it in parts."


@child_page(WRITES)
def bring(request: HttpRequest, child: Any) -> HttpResponse:
    data = held.typed_or_held(request)
    files = request.FILES if request.method == "POST" else None
    form = forms.BringForm(data, files, born_on=child.born_on)
    if request.method == "POST" and form.is_valid():
        to_check = forms.boxes_of(form.lines) | {"how": form.how, "file_name": form.file_name}
        answer = _kept(request, child, form, to_check | {"first": "on"})
        if answer is not None:
            return answer
    page = list_pages.bring_page(child=child, form=form, **_seen(request))
    return render_page(request, "scoping/bring_list.jinja", page)


@child_page(WRITES)
def check(request: HttpRequest, child: Any) -> HttpResponse:
    """The lines of a list, or an empty table to type into. Saved only as it was last shown."""
    posted = request.method == "POST"
    data = request.POST if posted else held.typed(request)
    form = _list_form(request, child, data)
    if posted and request.POST.get("then") == "check":
        answer = _kept(request, child, form, request.POST)
        if answer is not None:
            return answer
    elif posted and form.is_valid() and not form.new_readings:
        saved = do(form, actions.bring_list, child=child, **who(request), **form.brought())
        if saved:
            return _saved(request, child, saved)
    page = list_pages.check_page(child=child, form=form, posted=posted, **_seen(request))
    return render_page(request, "scoping/check_list.jinja", page)


@child_page(READS)
def lists(request: HttpRequest, child: Any) -> HttpResponse:
    found_lists = queries.lists(child=child, visible_to=person(request))
    page = list_pages.lists_page(child=child, lists=found_lists, **_seen(request))
    return render_page(request, "scoping/lists.jinja", page)


@child_page(READS)
def one_list(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    row = _list_or_404(request, child, row_id)
    lines = queries.lines_of_list(event_list=row, visible_to=person(request))
    page = list_pages.list_page(child=child, event_list=row, lines=lines, **_seen(request))
    return render_page(request, "scoping/list.jinja", page)


@child_page(WRITES)
def take_back(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    row = _list_or_404(request, child, row_id)
    form = forms.TakeBackForm(held.typed_or_held(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        taken = do(form, actions.take_back_list, event_list=row, reason=reason, **who(request))
        if taken is not None:
            held.forget(request)
            messages.success(request, list_pages.taken_back_in_words(taken))
            return redirect("scoping:list", child.public_id, row.public_id)
    page = list_pages.take_back_page(child=child, event_list=row, form=form, **_seen(request))
    return render_page(request, "scoping/take_back_list.jinja", page)


def _seen(request: HttpRequest) -> dict[str, Any]:
    return {"visible_to": person(request), "at": timezone.now()}


def _list_or_404(request: HttpRequest, child: Any, row_id: str) -> Any:
    return found(queries.event_list(child=child, public_id=row_id, visible_to=person(request)))


def _list_form(request: HttpRequest, child: Any, data: QueryDict | None) -> forms.ListForm:
    on_record, copied = [], []
    if data is not None:
        open_to_me = {"child": child, "visible_to": person(request)}
        on_record = list_pages.on_record(
            queries.events(**open_to_me), queries.places(**open_to_me), child.born_on
        )
        copied = queries.held_back_texts(child=child, visible_to=person(request))
    return forms.ListForm(
        data,
        child=child,
        today=timezone.localdate(),
        on_record=on_record,
        held_back=copied,
        first_look=data is not None and "first" in data,
        **people(request, child),
    )


def _kept(request: HttpRequest, child: Any, form: Any, data: Any) -> HttpResponse | None:
    """Kept for its writer alone, so that loading the page again shows it again."""
    to_keep = QueryDict(mutable=True)
    for name in data:
        values = data.getlist(name) if isinstance(data, QueryDict) else [data[name]]
        to_keep.setlist(name, [value for value in values if value != ""])
    path = reverse("scoping:check_list", args=[child.public_id])
    try:
        return redirect(held.keep_words(to_keep, held.Writer(person(request).pk, path)))
    except held.TooLong:
        form.add_error(None, TOO_LONG)
        return None


def _saved(request: HttpRequest, child: Any, brought: Any) -> HttpResponse:
    held.forget(request)
    messages.success(request, list_pages.saved_in_words(brought))
    return redirect("scoping:timeline", child.public_id)
