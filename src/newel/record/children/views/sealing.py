"""A changed identity is asked for, confirmed and opened by name; and a child who comes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, queries, sealing_queries
from newel.record.children.forms.fields import ConfirmForm
from newel.record.children.forms.sealing import (
    AskToSealForm,
    DecideSealingForm,
    OpenSealForm,
    SameChildForm,
)
from newel.record.children.pages import child_page, person, watched_child_page
from newel.record.children.presenters import governance
from newel.record.children.presenters import sealing as pages
from newel.record.children.presenters.kept import address_of
from newel.record.children.views.answering import FORM, found, save, save_or_show, show


@child_page(Capability.OPEN_TO_CHILD)
def ask_to_seal(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    names = list(queries.other_names(child=child, visible_to=person(request)))
    numbers = list(queries.identifiers(child=child))
    form = AskToSealForm(
        typed_or_held(request),
        names=names,
        numbers=numbers,
        in_words=pages.what_can_be_sealed(names, numbers),
        today=timezone.localdate(at),
    )
    return save_or_show(
        request,
        lambda: pages.ask_page(child=child, person=person(request), at=at),
        form=form,
        action=lambda: actions.ask_to_seal(child=child, by=person(request), at=at, **form.asked),
        done="Asked for. It is sealed once a governance lead has confirmed it.",
        then=reverse("children:child", args=[child.public_id]),
    )


@child_page(Capability.READ_RECORD)
def sealed(request: HttpRequest, child: Any) -> HttpResponse:
    """Whoever it was not opened to finds nothing here, not even that something is sealed."""
    at = timezone.now()
    mine = sealing_queries.open_to(child=child, staff=person(request), at=at)
    opening = found(mine.first())
    shown = pages.sealed_page(
        child=child,
        person=person(request),
        at=at,
        names=sealing_queries.sealed_names(child=child),
        opening=opening,
    )
    return show(request, "children/sealed.jinja", shown)


@watched_child_page
def confirm_sealing(request: HttpRequest, child: Any, sealing_id: str) -> HttpResponse:
    waiting = sealing_queries.sealings(child=child).filter(
        confirmed_at__isnull=True, set_aside_at__isnull=True
    )
    sealing = found(queries.one_of(waiting, sealing_id))
    form = DecideSealingForm(typed_or_held(request))

    def decide() -> None:
        seals = form.cleaned_data["decision"] == "seal"
        action = actions.confirm_sealing if seals else actions.set_sealing_aside
        action(sealing=sealing, by=person(request), at=timezone.now())

    return save_or_show(
        request,
        lambda: pages.confirm_page(child=child, sealing=sealing),
        form=form,
        action=decide,
        done="Saved. What it is now stands under “A changed identity”.",
        then=address_of("governed_child", child),
    )


@watched_child_page
def open_seal(request: HttpRequest, child: Any, sealing_id: str) -> HttpResponse:
    at = timezone.now()
    sealed_ones = sealing_queries.sealings(child=child).filter(confirmed_at__isnull=False)
    sealing = found(queries.one_of(sealed_ones, sealing_id))
    form = OpenSealForm(typed_or_held(request), today=timezone.localdate(at))
    return save_or_show(
        request,
        lambda: pages.open_page(child=child),
        form=form,
        action=lambda: actions.open_seal(sealing=sealing, by=person(request), at=at, **form.opened),
        done="It is open to this person.",
        then=address_of("governed_child", child),
    )


@watched_child_page
def close_seal(request: HttpRequest, child: Any, opening_id: str) -> HttpResponse:
    at = timezone.now()
    opening = found(queries.one_of(sealing_queries.openings(child=child), opening_id))
    form = ConfirmForm(typed_or_held(request))
    form.submit_label = "Close it now"
    return save_or_show(
        request,
        lambda: governance.confirm_page(
            child=child, title=f"Close it for {opening.staff.name}", paragraph=opening.why
        ),
        form=form,
        action=lambda: actions.close_seal(opening=opening, at=at),
        done="It is closed.",
        then=address_of("governed_child", child),
    )


@page(Capability.GOVERN_ACCESS)
def same_child(request: HttpRequest, pair_id: str) -> HttpResponse:
    pair = found(sealing_queries.pair(by=person(request), public_id=pair_id))
    form = SameChildForm(typed_or_held(request))

    def say() -> None:
        action = actions.say_same if form.cleaned_data["same"] == "yes" else actions.say_another
        action(pair=pair, by=person(request), at=timezone.now())

    if save(request, form, say, done="Saved."):
        messages.info(request, "Tell the psychologist what you have said.")
        return redirect("children:governance")
    shown = pages.same_page(pair=pair, settings=sealing_queries.earlier_settings(pair=pair))
    shown.form = form
    return show(request, FORM, shown)
