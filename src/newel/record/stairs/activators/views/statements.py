"""Reading what is understood, and writing statements: new, changed, put in other words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import queries as children
from newel.record.children.forms import usual_readers
from newel.record.children.pages import child_page
from newel.record.stairs.activators import (
    actions,
    map_queries,
    policies,
    queries,
    version_queries,
    words_queries,
)
from newel.record.stairs.activators.forms import WORDING, ReplacementForm, StatementForm
from newel.record.stairs.activators.presenters import form_pages
from newel.record.stairs.activators.presenters import statement as presenter
from newel.record.stairs.activators.presenters.lines import address_of, line
from newel.record.stairs.activators.presenters.understanding import understanding_page
from newel.record.stairs.activators.views.answering import (
    answer,
    not_now,
    person,
    same_way_back,
    show_about,
    statement_of,
    way_back,
    who,
)
from newel.record.stairs.scoping import queries as scoping


@child_page(Capability.READ_RECORD)
def understanding(request: HttpRequest, child: Any) -> HttpResponse:
    to_me = {"child": child, "visible_to": person(request)}
    statements = list(queries.statements(**to_me))
    came_from = version_queries.came_from(**to_me)
    map_queries.add_what_was_seen(
        statements, map_queries.what_was_seen(child=child, came_from=came_from)
    )
    page = understanding_page(
        child=child,
        statements=statements,
        ended=queries.ended_statements(**to_me),
        to_look_at=list(map_queries.to_look_at_again(**to_me)),
        said=list(words_queries.childs_words(**to_me)),
        taken_back=len(words_queries.taken_back(child=child)),
        today=timezone.localdate(),
        person=person(request),
    )
    return show_about(request, child, "understanding", page)


@child_page(Capability.READ_RECORD)
def statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = map_queries.with_place(statement_of(request, child, statement_id))
    wordings = queries.wordings(statement=one, visible_to=person(request))
    page = presenter.statement_page(
        child=child,
        statement=one,
        wordings=wordings,
        notes=list(map_queries.seen_notes(wordings=wordings)),
        evidence=queries.evidence(statement=one, visible_to=person(request)),
        confirmations=queries.confirmations(wordings=wordings),
        today=timezone.localdate(),
        person=person(request),
    )
    presenter.add_views(
        page,
        child=child,
        statement=one,
        views=version_queries.views_about(
            child=child, wordings=wordings, visible_to=person(request)
        ),
        person=person(request),
    )
    return show_about(request, child, "statement", page)


@child_page(Capability.WRITE_UNDERSTANDING)
def write_statement(request: HttpRequest, child: Any) -> HttpResponse:
    form = StatementForm(typed_or_held(request), **_asking(request, child))
    chosen = children.sharing_choice(child=child)
    usual_readers.offer(form, chosen, "statement", new=True)
    back = way_back(request, child, form_pages.back_to(child, None))
    form.cancel = back.href
    return answer(
        request,
        child,
        form=form,
        action=lambda: actions.write_statement(child=child, **who(request), **form.wording()),
        page=lambda: form_pages.StatementFormPage(title="Write a statement", back=back),
        template="statement_form",
        done="The draft is saved. It counts once it is agreed.",
    )


@child_page(Capability.WRITE_UNDERSTANDING)
def change_draft(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    old = statement_of(request, child, statement_id)
    form = StatementForm(
        typed_or_held(request), initial=_wording_of(old), **_asking(request, child)
    )
    return not_now(request, child, old, policies.check_can_change) or answer(
        request,
        child,
        form=form,
        action=lambda: actions.change_draft(statement=old, **who(request), **form.wording()),
        page=lambda: _form_page(
            request, child, old, form, title="Change the draft", name="change_draft"
        ),
        template="statement_form",
        done="The draft is changed. The earlier words stay readable.",
    )


@child_page(Capability.AGREE_UNDERSTANDING)
def replace_statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    old = statement_of(request, child, statement_id)
    form = ReplacementForm(
        typed_or_held(request), initial=_wording_of(old), **_asking(request, child)
    )

    def page() -> form_pages.StatementFormPage:
        shown = _form_page(
            request, child, old, form, title="Put it in other words", name="replace_statement"
        )
        may_open = person(request).may(Capability.OPEN_TO_CHILD)
        shown.paragraphs = form_pages.remarks_on_replacing(old, may_open=may_open)
        return shown

    return not_now(request, child, old, policies.check_can_replace) or answer(
        request,
        child,
        form=form,
        action=lambda: actions.replace_statement(
            statement=old,
            **who(request),
            because=form.cleaned_data["because"],
            **form.wording(),
        ),
        page=page,
        template="statement_form",
        done="The new words are in place. The earlier ones stay readable.",
    )


def _asking(request: HttpRequest, child: Any) -> dict[str, Any]:
    """What the form has to know about today and about who writes."""
    return {
        "today": timezone.localdate(),
        "may_open": person(request).may(Capability.OPEN_TO_CHILD),
        "readers": scoping.possible_readers(child=child, at=timezone.now()),
        "held_back": queries.held_back_texts(child=child, visible_to=person(request)),
    }


def _wording_of(old: Any) -> dict[str, Any]:
    names = (*WORDING, "named_readers")
    places = map_queries.places_now(map_queries.with_place(old))
    now = {
        "five_ps": list(places.five_ps),
        "area": places.area,
        "life_stage": places.life_stage,
    }
    return {name: getattr(old, name) for name in names} | now


def _form_page(
    request: HttpRequest, child: Any, old: Any, form: StatementForm, *, title: str, name: str
) -> form_pages.StatementFormPage:
    """When somebody else was quicker, both texts are shown and the next save goes on theirs."""
    today = timezone.localdate()
    newest = queries.newest_wording(statement=old, visible_to=person(request))
    back = form_pages.back_to(child, newest)
    back = way_back(request, child, back, row=newest.public_id)
    form.cancel = back.href
    if newest.pk != old.pk:
        form.action = same_way_back(request, address_of(name, child, newest.public_id))
    return form_pages.StatementFormPage(
        title=title,
        back=back,
        line=line(old, child=child, today=today),
        newer=form_pages.newer(child, old, newest, today),
    )
