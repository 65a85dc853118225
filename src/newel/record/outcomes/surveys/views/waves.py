"""Planning a survey, making its slips, closing it, reading what came out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access import audit
from newel.record.access.pages import View, page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.policies import NotNow
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.outcomes.surveys import actions, presenters, queries
from newel.record.outcomes.surveys.forms import CloseForm, SlipsForm, TogetherForm, WaveForm

FORM = "surveys/form.jinja"


def _me(request: HttpRequest) -> Any:
    return request.user


@page(Capability.RUN_SURVEYS)
def waves(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    found = list(queries.waves(staff=_me(request), at=at))
    shown = presenters.waves_page(waves=found, today=timezone.localdate(at))
    return render_page(request, "surveys/waves.jinja", shown)


@page(Capability.RUN_SURVEYS)
def plan(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    form = WaveForm(
        typed_or_held(request),
        units=queries.units_of(staff=_me(request), at=at),
        settings=queries.settings_of(staff=_me(request), at=at),
        today=timezone.localdate(at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            wave = actions.plan_wave(**form.wave(), by=_me(request), at=at)
        except NotNow as reason:
            form.add_error(_place(form, reason), str(reason))
        else:
            messages.success(request, "The survey is planned. Make its slips next.")
            return redirect("surveys:wave", wave.public_id)
    return _form(request, presenters.plan_page(), form)


def _place(form: WaveForm, reason: NotNow) -> str | None:
    """The form asks for unit and setting in one question."""
    field = "place" if reason.field == "unit" else reason.field
    return field if field in form.fields else None


def of_a_wave(view: View) -> View:
    """Gives the view a wave of a setting where this person works."""

    @wraps(view)
    def with_wave(request: HttpRequest, wave_id: str, **more: str) -> HttpResponse:
        wave = queries.wave(public_id=wave_id, staff=_me(request), at=timezone.now())
        if wave is None:
            raise Http404
        return view(request, wave, **more)

    return page(Capability.RUN_SURVEYS)(with_wave)


def _works_there(request: HttpRequest, wave: Any) -> bool:
    return queries.works_there(
        staff=_me(request), setting=wave.setting, unit=wave.unit, at=timezone.now()
    )


@of_a_wave
def wave(request: HttpRequest, wave: Any) -> HttpResponse:
    groups, inside = wave.groups_now, _works_there(request, wave)
    closed = wave.closed_at is not None
    waiting = {
        one.pk: queries.waiting(group=one) for one in groups if closed and one.result_id is None
    }
    counted = [*groups, *(each for found in waiting.values() for each in found)]
    counts = queries.counts(groups=counted) if closed or not inside else {}
    shown = presenters.wave_page(
        wave=wave, groups=groups, counts=counts, waiting=waiting, works_there=inside,
        today=timezone.localdate(),
    )  # fmt: skip
    return render_page(request, "surveys/wave.jinja", shown)


def of_a_group(view: View) -> View:
    """Gives the view one group of a wave, to somebody from outside the unit (H20)."""

    @wraps(view)
    def with_group(request: HttpRequest, wave: Any, asked: str) -> HttpResponse:
        group = next((one for one in wave.groups_now if one.asked == asked), None)
        if group is None or _works_there(request, wave):
            raise Http404
        return view(request, wave, group)

    return of_a_wave(with_group)


@of_a_group
def make_slips(request: HttpRequest, wave: Any, group: Any) -> HttpResponse:
    """The answer to the form is the sheet itself: no session keeps it, and no other page has it."""
    form = SlipsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        made = _tried(
            form,
            lambda: actions.make_slips(
                group=group, number=form.cleaned_data["number"], by=_me(request), at=at,
                today=timezone.localdate(at),
            ),
        )  # fmt: skip
        if made is not None:
            address = request.build_absolute_uri(reverse("survey:code"))
            shown = presenters.slips_page(wave=wave, asked=group.asked, made=made, address=address)
            return render_page(request, "surveys/slips.jinja", shown)
    return _form(request, presenters.make_slips_page(wave=wave, group=group), form)


@of_a_wave
def close(request: HttpRequest, wave: Any) -> HttpResponse:
    if _works_there(request, wave):
        raise Http404
    form = CloseForm(typed_or_held(request))
    if request.method == "POST":
        at = timezone.now()
        closed = _tried(
            form,
            lambda: actions.close_wave(
                wave=wave, by=_me(request), at=at, today=timezone.localdate(at)
            ),
        )
        if closed is not None:
            messages.success(request, "The survey is closed.")
            return redirect("surveys:wave", wave.public_id)
    return _form(request, presenters.close_page(wave=wave), form)


@of_a_group
def together(request: HttpRequest, wave: Any, group: Any) -> HttpResponse:
    form = TogetherForm(typed_or_held(request))
    if request.method == "POST":
        counted = _tried(
            form,
            lambda: actions.count_together(group=group, by=_me(request), at=timezone.now()),
        )
        if counted is not None:
            return redirect("surveys:results", wave.public_id)
    waiting = queries.waiting(group=group)
    return _form(request, presenters.together_page(wave=wave, waiting=waiting), form)


@of_a_wave
def results(request: HttpRequest, wave: Any) -> HttpResponse:
    groups = wave.groups_now
    found = [one.result for one in groups if one.result is not None]
    if not found:
        return redirect("surveys:wave", wave.public_id)
    audit.record("read_survey_results", thing="wave", thing_id=wave.pk)
    shown = presenters.results_page(
        wave=wave, groups=groups, counted_in=queries.counted_in(results=found)
    )
    return render_page(request, "surveys/results.jinja", shown)


@of_a_wave
def results_file(request: HttpRequest, wave: Any, kind: str) -> HttpResponse:
    """The same figures for whoever works with them: never a form, nothing that is not shown."""
    from newel.record.outcomes.surveys import figures_file

    found = [one.result for one in wave.groups_now if one.result is not None]
    if kind not in figures_file.WRITERS or not found:
        raise Http404
    audit.record("export_survey_results", thing="wave", thing_id=wave.pk)
    content, content_type = figures_file.WRITERS[kind](
        wave, found, queries.counted_in(results=found)
    )
    named = {"Content-Disposition": f'attachment; filename="{wave.measure}.{kind}"'}
    return HttpResponse(content, content_type=content_type, headers=named)


def _tried(form: BaseForm, act: Callable[[], Any]) -> Any:
    """What the action gives, or nothing, with its reason on the form."""
    try:
        return act()
    except NotNow as reason:
        form.full_clean()
        form.add_error(None, str(reason))
        return None


def _form(request: HttpRequest, shown: Page, form: BaseForm) -> HttpResponse:
    shown.form = form
    return render_page(request, FORM, shown)
