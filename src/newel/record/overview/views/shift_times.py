"""When the shifts of a setting begin."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import person
from newel.record.children.policies import NotNow
from newel.record.children.views.answering import found
from newel.record.design_system.render import render_page
from newel.record.overview import actions, presenters, queries
from newel.record.overview.forms import ShiftTimesForm


@page(Capability.MANAGE_PLACES)
def shift_times(request: HttpRequest) -> HttpResponse:
    shown = presenters.shift_times_page(settings=list(queries.settings_with_times()))
    return render_page(request, "overview/shift_times.jinja", shown)


@page(Capability.MANAGE_PLACES)
def set_shift_times(request: HttpRequest, setting_id: str) -> HttpResponse:
    setting = found(queries.settings_with_times().filter(public_id=setting_id).first())
    initial = presenters.typed_times(queries.shift_times(setting=setting))
    form = ShiftTimesForm(typed_or_held(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_shift_times(
                setting=setting, times=form.times(), by=person(request), at=timezone.now()
            )
            messages.success(request, f"These are the shift times of {setting.name} from now on.")
            return redirect("overview:shift_times")
        except NotNow as reason:
            form.add_error(None, str(reason))
    shown = presenters.set_shift_times_page(setting=setting)
    shown.form = form
    return render_page(request, "overview/note_form.jinja", shown)
