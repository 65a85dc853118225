"""Making a setting ready for children: for the governance leads who have a post there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.design_system.render import render_page
from newel.record.establishments import (
    queries,
    readiness_actions,
    readiness_pages,
    readiness_queries,
)
from newel.record.establishments.policies import AlreadyThere
from newel.record.establishments.readiness import AGREEMENT, ASSESSMENT, MODELS, OFFICER
from newel.record.establishments.readiness_forms import FORMS, OnRecordForm, WithdrawForm

ACTIONS: dict[str, Any] = {
    ASSESSMENT: readiness_actions.record_assessment,
    OFFICER: readiness_actions.record_officer,
    AGREEMENT: readiness_actions.record_agreement,
}
FORM = "establishments/on_record_form.jinja"


@page(Capability.GOVERN_ACCESS)
def ready(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mine = readiness_queries.settings_of(staff=request.user, at=at)  # type: ignore[arg-type]
    shown = readiness_pages.ready_page(
        readiness_queries.readiness_of(settings=mine), on=timezone.localdate(at)
    )
    return render_page(request, "establishments/ready.jinja", shown)


@page(Capability.GOVERN_ACCESS)
def put_on_record(request: HttpRequest, setting_id: str, kind: str) -> HttpResponse:
    setting = _setting(request, setting_id, kind)
    now = None if kind == AGREEMENT else _on_record(setting, kind).first()
    return _record(request, setting, kind, now)


@page(Capability.GOVERN_ACCESS)
def replace_on_record(
    request: HttpRequest, setting_id: str, kind: str, row_id: str
) -> HttpResponse:
    setting = _setting(request, setting_id, kind)
    now = _on_record(setting, kind).filter(public_id=row_id).first()
    if now is None and kind != AGREEMENT:
        now = _on_record(setting, kind).first()  # somebody replaced it meanwhile
    if now is None:
        raise Http404("This is no longer on record.")
    return _record(request, setting, kind, now)


@page(Capability.GOVERN_ACCESS)
def withdraw_on_record(
    request: HttpRequest, setting_id: str, kind: str, row_id: str
) -> HttpResponse:
    setting = _setting(request, setting_id, kind)
    row = _on_record(setting, kind).filter(public_id=row_id).first()
    if row is None:
        raise Http404("This is no longer on record.")
    at = timezone.now()
    form = WithdrawForm(typed_or_held(request))
    if request.method == "POST" and form.is_valid():
        try:
            readiness_actions.withdraw(
                row=row,
                by=request.user,  # type: ignore[arg-type]
                at=at,
                because=form.cleaned_data["because"],
            )
        except AlreadyThere as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "It is withdrawn. That it was on record stays to be read.")
            return redirect("establishments:ready")
    shown = readiness_pages.withdraw_page(row=row, kind=kind, on=timezone.localdate(at))
    shown.form = form
    return render_page(request, FORM, shown)


@page(Capability.GOVERN_ACCESS)
def on_record_before(request: HttpRequest, setting_id: str, kind: str) -> HttpResponse:
    setting = _setting(request, setting_id, kind)
    shown = readiness_pages.history_page(
        setting=setting,
        kind=kind,
        rows=readiness_queries.history(setting=setting, kind=kind),
        on=timezone.localdate(),
    )
    return render_page(request, "establishments/on_record_before.jinja", shown)


def _record(request: HttpRequest, setting: Any, kind: str, now: Any) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    more = {"agencies": queries.agencies()} if kind == AGREEMENT else {}
    form = FORMS[kind](typed_or_held(request), now=now, today=today, **more)
    if request.method == "POST" and form.is_valid() and _saved(request, form, setting, kind, now):
        messages.success(request, "It is on record.")
        return redirect("establishments:ready")
    shown = readiness_pages.on_record_page(setting=setting, kind=kind, now=now, on=today)
    shown.form = form
    return render_page(request, FORM, shown)


def _saved(request: HttpRequest, form: OnRecordForm, setting: Any, kind: str, now: Any) -> bool:
    """What was shown is replaced. If something else counts by now, it is shown first."""
    if form.cleaned_data["shown"] != (now.public_id if now else ""):
        form.show_now(now)
        form.add_error(None, readiness_actions.SECOND)
        return False
    try:
        ACTIONS[kind](
            setting=setting,
            by=request.user,
            at=timezone.now(),
            replaces=now,
            **form.saved,
        )
    except AlreadyThere as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _setting(request: HttpRequest, public_id: str, kind: str) -> Any:
    at = timezone.now()
    mine = readiness_queries.settings_of(staff=request.user, at=at)  # type: ignore[arg-type]
    setting = mine.filter(public_id=public_id).first()
    if setting is None or kind not in MODELS:
        raise Http404("This is not a setting of yours.")
    return setting


def _on_record(setting: Any, kind: str) -> Any:
    return readiness_queries.on_record(setting=setting, kind=kind)
