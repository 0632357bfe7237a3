# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One coach: its stops with who gets off there, why it is half empty, and what the desk does about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from havre.apps.accommodation.actions.departing import add_stop, cancel_departure, put_on
from havre.apps.accommodation.actions.departing.finding import worn_by
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.policies import BOARD, CONFIRM_ARRIVAL, DISPATCH, READ_DEPARTURES
from havre.apps.accommodation.queries.departing.behind import those_behind
from havre.apps.accommodation.queries.departing.pages import (
    CoachView,
    centres_of_desk,
    coach_view,
)
from havre.apps.accommodation.web.departing.doing import say
from havre.apps.accommodation.web.departing.forms import PutOnForm, StopForm, WhyForm
from havre.apps.accommodation.web.departing.words import WORDS
from havre.apps.accommodation.web.spoken import spoken_in
from havre.core.access import current_actor, may, needs
from havre.core.ui import language_of, page
from havre.engines.placement.coaches import Hindrance, Why
from havre.words import Language


@needs(READ_DEPARTURES)
@require_GET
def departure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The coach; that its people were read is on record."""
    return shown(request, pk)


@needs(DISPATCH)
@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adds a stop."""
    form = StopForm(language_of(request), _centres(), request.POST)

    def does() -> None:
        add_stop(pk, UUID(form.cleaned_data["centre"]), form.cleaned_data["expected_at"])

    return _tried(request, pk, "stop_form", form, does, "said_stop")


@needs(DISPATCH)
@require_POST
def put(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Puts a party on this coach."""
    form = PutOnForm(language_of(request), request.POST)

    def does() -> None:
        put_on(worn_by(form.cleaned_data["wristband"]).pk, pk, form.cleaned_data["why"])

    return _tried(request, pk, "put_form", form, does, "said_put")


@needs(DISPATCH)
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancels the coach."""
    form = WhyForm(language_of(request), request.POST)

    def does() -> None:
        cancel_departure(pk, form.cleaned_data["why"])

    return _tried(request, pk, "cancel_form", form, does, "said_cancelled")


def shown(request: HttpRequest, pk: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    """The coach as it is now."""
    language, actor = language_of(request), current_actor()
    view = coach_view(pk)
    if view is None:
        raise Http404
    own = view.departure.organisation_id == actor.organisation_id
    context = {
        "view": view,
        "coach": view.departure,
        "own": own,
        "behind": [each for each in those_behind() if each.seat.stop.departure_id == pk],
        "why": _why(view, language),
        "may_plan": own and may(actor, DISPATCH),
        "may_board": own and may(actor, BOARD),
        "may_explain": may(actor, CONFIRM_ARRIVAL),
        "stop_form": StopForm(language, _centres()),
        "put_form": PutOnForm(language),
        "cancel_form": WhyForm(language, auto_id="cancel_%s"),
        "explaining": WhyForm(language),
        "spoken": spoken_in(language),
        **more,
    }
    return page(request, "accommodation/departure.html.jinja", WORDS, status=status, **context)


def _why(view: CoachView, language: Language) -> str:
    """What keeps others out of a coach that is half empty, in words; empty of one that is not."""
    if not view.departure.dispatch_id or not view.half_empty:
        return ""
    told = {Hindrance(what): n for what, n in view.departure.why.items()}
    return Why(told).say(language) or WORDS.say(language, "why_nobody")


def _centres() -> list[tuple[UUID, str]]:
    return [(each.pk, f"{each.code} · {each.name}") for each in centres_of_desk()]


def _tried(
    request: HttpRequest, pk: UUID, name: str, form: Any, does: Callable[[], None], said: str
) -> HttpResponse:
    """Does what a form of the coach's page asks, or shows the page with what is wrong at that form."""
    if not form.is_right():
        return shown(request, pk, status=422, **{name: form})
    try:
        does()
    except Refused as refused:
        form.refuse(refused)
        return shown(request, pk, status=refused.status, **{name: form})
    messages.success(request, say(request, said))
    return HttpResponseRedirect(reverse("accommodation:departure", args=[pk]))
