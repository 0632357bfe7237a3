# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A decision is drafted, agreed to by a colleague, told to the child; and shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from havre.apps.cases.actions import (
    CaseRefused,
    NoSuchCase,
    NotWhole,
    agree,
    draft_decision,
    set_aside,
    tell_child,
)
from havre.apps.cases.enums import Answer, Factor, Manner
from havre.apps.cases.policies import DECIDE, READ_CASES, TELL
from havre.apps.cases.queries import CaseView, case_view, decision_view, routes
from havre.apps.cases.web.case import shown as case_shown
from havre.apps.cases.web.decision_form import DecisionForm
from havre.apps.cases.web.forms import ToldForm
from havre.apps.cases.web.words import WORDS
from havre.apps.registry.queries import registrations
from havre.core.access import current_actor, may, needs
from havre.core.database.ids import uuid7
from havre.core.ui import language_of, page
from havre.core.ui.spoken import Options
from havre.engines.pathways import Route, State
from havre.words import Language


@needs(DECIDE)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a decision on the request of a case; where nothing is to be answered, the case."""
    language = language_of(request)
    view = case_view(pk, language)
    if view is None:
        raise Http404
    route = routes().get(view.standing.route)
    if route is None or view.asks:
        return HttpResponseRedirect(reverse("cases:case", args=[pk]))
    papers, states = _documents(view), _states(view, route)
    if request.method == "GET":
        return _form(request, view, DecisionForm(language, route, papers, states))
    form = DecisionForm(language, route, papers, states, request.POST)
    form.is_right()
    if (said := form.said()) is None:
        return _form(request, view, form, status=422)
    try:
        decision = draft_decision(pk, said, idempotency_key=form.cleaned_data["key"])
    except NotWhole as refused:
        form.take(refused)
        return _form(request, view, form, status=422)
    except CaseRefused as refused:
        messages.error(request, refused.say(language))
        return case_shown(request, pk, status=refused.status)
    return _back(request, decision.pk, "said_drafted")


@needs(READ_CASES)
@require_GET
def decision_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The decision, or the draft, as the reader may see it. The read is on record."""
    return _shown(request, pk)


@needs(DECIDE)
@require_http_methods(["GET", "POST"])
def agreed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A second person agrees."""
    return _done(request, pk, "said_agreed", lambda: agree(pk))


@needs(DECIDE)
@require_http_methods(["GET", "POST"])
def given_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives a draft up."""
    return _done(request, pk, "said_set_aside", lambda: set_aside(pk))


@needs(TELL)
@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Records that the child was told."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("cases:decision", args=[pk]))
    form = ToldForm(language_of(request), request.POST)
    if not form.is_right():
        return _shown(request, pk, status=422, form=form)
    said = form.cleaned_data
    try:
        tell_child(
            pk,
            told_by=said["told_by"],
            told_on=said["told_on"],
            language=said["language_told"],
            manner=Manner(said["manner"]),
            idempotency_key=said["key"],
        )
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        field = {"language": "language_told"}.get(refused.field, refused.field)
        form.add_error(field or None, refused.say(language_of(request)))
        return _shown(request, pk, status=refused.status, form=form)
    return _back(request, pk, "said_told")


def _done(request: HttpRequest, pk: UUID, said: str, act: Callable[[], Any]) -> HttpResponse:
    if request.method == "GET":
        return HttpResponseRedirect(reverse("cases:decision", args=[pk]))
    try:
        act()
    except NoSuchCase as refused:
        raise Http404 from refused
    except CaseRefused as refused:
        return _shown(request, pk, status=refused.status, refused=refused.say(language_of(request)))
    return _back(request, pk, said)


def _back(request: HttpRequest, pk: UUID, said: str) -> HttpResponse:
    messages.success(request, WORDS.say(language_of(request), said))
    return HttpResponseRedirect(reverse("cases:decision", args=[pk]))


def _documents(view: CaseView) -> Options:
    """The papers of child and relative, as far as the acting member may read of them."""
    people = registrations().filter(pk__in=view.open_registrations).prefetch_related("documents")
    return [(str(paper.pk), paper.kind) for person in people for paper in person.documents.all()]


def _states(view: CaseView, route: Route) -> dict[str, State]:
    """How each condition of a route stands by what is known: whoever decides looks, and tests it anew."""
    results = (each for each in view.assessment.routes if each.route.key == route.key)
    return {each.condition.key: each.state for result in results for each in result.conditions}


def _form(request: HttpRequest, view: CaseView, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    return page(request, "cases/decide.html.jinja", WORDS, status=status, view=view, form=form, sent=uuid7())


def _shown(
    request: HttpRequest, pk: UUID, *, status: int = 200, refused: str = "", form: ToldForm | None = None
) -> HttpResponse:
    language, actor = language_of(request), current_actor()
    view = decision_view(pk, language)
    if view is None:
        raise Http404
    decision = view.decision
    waits = view.is_draft and decision.set_aside_by_id is None and view.own and may(actor, DECIDE)
    is_told = hasattr(decision, "telling")
    return page(
        request,
        "cases/decision.html.jinja",
        WORDS,
        status=status,
        view=view,
        decision=decision,
        answer=Answer(decision.answer),
        refused=refused,
        factors=[(factor.label(language), decision.weighs(factor)) for factor in Factor],
        telling=decision.telling if is_told else None,
        manner=Manner(decision.telling_manner).label(language),
        manner_told=Manner(decision.telling.manner).label(language) if is_told else "",
        form=(form or ToldForm(language)) if _can_tell(view, is_told=is_told) else None,
        waits=waits,
        may_agree=waits and decision.member.account_id != actor.account_id,
        written_in=Language(decision.written_in).value,
        sent=uuid7(),
    )


def _can_tell(view: Any, *, is_told: bool) -> bool:
    return not view.is_draft and not is_told and may(current_actor(), TELL)
