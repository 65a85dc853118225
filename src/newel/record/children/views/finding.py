"""Finding a child whom one may see, and opening a record in an emergency."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access import audit_lists
from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, finding_queries, policies, queries
from newel.record.children.forms.access import BreakGlassForm
from newel.record.children.pages import person
from newel.record.children.presenters import finding
from newel.record.children.views.answering import FORM, save, show
from newel.record.establishments.queries import units_of_settings_of

LONGEST_SEARCH = 120


@page(Capability.READ_ONE_PAGE)
def find(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].split())
    at = timezone.now()
    found = finding_queries.search(
        words=words, visible_to=person(request), at=at, at_most=finding.SHOWN + 1
    )
    audit_lists.names((one.child.pk for one in found[: finding.SHOWN]), fields=queries.FOUND_SHOWS)
    shown = finding.find_page(words=words, found=found, person=person(request), at=at)
    return show(request, "children/find.jinja", shown)


@page(Capability.BREAK_GLASS)
def break_glass(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    units = units_of_settings_of(staff=person(request), at=at)
    form = BreakGlassForm(
        typed_or_held(request), units=units, name=request.GET.get("name", "").replace("\x00", "")
    )
    child_id = _who_is_meant(request, form, at)
    if child_id is not None:
        return _open(request, form, child_id, at)
    shown = finding.break_glass_page(has_units=units.exists())
    shown.form = form
    return show(request, FORM, shown)


def _who_is_meant(request: HttpRequest, form: BreakGlassForm, at: datetime) -> int | None:
    if request.method != "POST" or not form.is_valid():
        return None
    given = form.cleaned_data
    born_on = given.get("born_on")
    try:
        policies.check_names_may_be_tried(person(request), at)
        ids = finding_queries.behind_glass(name=given["name"], unit=given["unit"], born_on=born_on)
        return policies.the_one_behind_glass(ids, told_birth=born_on is not None)
    except policies.SeveralOfThatName as several:
        form.ask_birth()
        form.add_error(several.field, str(several))
    except policies.NobodyOfThatName as nobody:
        actions.find_nobody_behind_glass(unit=given["unit"], by=person(request), at=at)
        form.add_error(nobody.field, str(nobody))
    except policies.NotNow as shut:
        form.add_error(shut.field, str(shut))
    return None


def _open(request: HttpRequest, form: BreakGlassForm, child_id: int, at: datetime) -> HttpResponse:
    child = queries.children(visible_to=person(request), at=at).filter(pk=child_id).first()
    if child is not None:
        messages.info(request, "This record was open to you already. Nobody has been told.")
        return redirect("children:child", child.public_id)
    reason = form.cleaned_data["reason"]
    save(
        request,
        form,
        lambda: actions.break_glass(child_id=child_id, by=person(request), at=at, reason=reason),
        done="The record is open to you for 3 hours. Your governance lead has been told.",
    )
    opened = queries.children(visible_to=person(request), at=at).get(pk=child_id)
    return redirect("children:child", opened.public_id)
