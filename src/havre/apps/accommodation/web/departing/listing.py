# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The coaches of a day: hours, seats, who is on board by now; whoever is missing first of all."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havre.apps.accommodation.actions.departing import ask_departures, make_departure
from havre.apps.accommodation.actions.plans import BadInput
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.models import Passenger, Stop
from havre.apps.accommodation.policies import CONFIRM_ARRIVAL, DISPATCH, READ_DEPARTURES
from havre.apps.accommodation.queries.departing import missing
from havre.apps.accommodation.queries.departing.behind import those_behind
from havre.apps.accommodation.queries.departing.pages import coaches_of, dispatched
from havre.apps.accommodation.web.departing.forms import CoachForm, DayForm, FillForm, WhyForm
from havre.apps.accommodation.web.departing.words import WORDS
from havre.apps.accommodation.web.spoken import spoken_in
from havre.apps.accommodation.web.warned import held_back
from havre.core.access import current_actor, may, needs
from havre.core.audit import record_listed
from havre.core.clock import today
from havre.core.jobs.watching import Running, just_over, running
from havre.core.ui import by_script, language_of, page
from havre.core.ui.context import url
from havre.engines.placement.coaches import default_policy


@needs(READ_DEPARTURES)
@require_GET
def departures(request: HttpRequest) -> HttpResponse:
    """The coaches of a day, renewed while they are boarded."""
    return _shown(request, _day(request))


@needs(DISPATCH)
@require_POST
def fill(request: HttpRequest) -> HttpResponse:
    """Has coaches filled; or says what is wrong, line by line."""
    language = language_of(request)
    form = FillForm(language, request.POST)
    lines: list[str] = []
    if form.is_right():
        day, said = form.cleaned_data["day"], form.cleaned_data
        try:
            ask_departures(day, most=said["most"], far_stops=said["far_stops"])
        except Refused as refused:
            form.refuse(refused)
            lines = refused.said(language) if isinstance(refused, BadInput) else []
        else:
            return HttpResponseRedirect(url("accommodation:departures", query={"day": day}))
    return _shown(request, _day(request), status=422, fill_form=form, lines=lines)


@needs(DISPATCH)
@require_http_methods(["GET", "POST"])
def new_departure(request: HttpRequest) -> HttpResponse:
    """A coach by hand."""
    form = CoachForm(language_of(request), request.POST or None)
    if form.is_bound and form.is_right():
        try:
            made = make_departure(form.said)
        except Refused as refused:
            form.refuse(refused)
        else:
            return HttpResponseRedirect(reverse("accommodation:departure", args=[made.pk]))
    return page(
        request,
        "accommodation/new_departure.html.jinja",
        WORDS,
        status=422 if form.errors else 200,
        form=form,
    )


def _day(request: HttpRequest) -> date:
    """The one that the address or the form names; today where it names none."""
    said = request.POST.get("day") or request.GET.get("day", "")
    with suppress(ValueError):
        return date.fromisoformat(said)
    return today()


def _shown(request: HttpRequest, day: date, *, status: int = 200, **more: Any) -> HttpResponse:
    language, actor = language_of(request), current_actor()
    coaches = coaches_of(day)
    asked = dispatched(day)
    here = url("accommodation:departures", query={"day": day})
    absent, behind = list(missing()), those_behind()
    if not by_script(request):  # which renews the coaches alone
        alarmed = (*absent, *(each.seat for each in behind))
        record_listed("accommodation_party", (each.party_id for each in alarmed))
    context = {
        "chosen": day,
        "held": held_back(language),
        "here": here,
        "coaches": coaches,
        "live": any(each.stands or each.departure.state == "departed" for each in coaches),
        "missing": _by_stop(absent),
        "behind": behind,
        "asked": asked,
        "running": _running(request, asked),
        "may_fill": may(actor, DISPATCH),
        "may_explain": may(actor, CONFIRM_ARRIVAL),
        "day_form": DayForm(language, initial={"day": day}, auto_id="see_%s"),
        "fill_form": FillForm(language, initial={"day": day, **_usual()}, auto_id="fill_%s"),
        "explaining": WhyForm(language),
        "spoken": spoken_in(language),
        "lines": [],
        **more,
    }
    return page(request, "accommodation/departures.html.jinja", WORDS, status=status, **context)


def _usual() -> dict[str, int]:
    """What the form says before somebody says otherwise."""
    policy = default_policy()
    return {"most": policy.departures, "far_stops": policy.second_stops}


def _running(request: HttpRequest, asked: Any) -> Running | None:
    if asked is None:
        return None
    title = WORDS.say(language_of(request), "filling")
    if asked.ended_at is None:
        return running(asked.job, title)
    return just_over(title) if by_script(request) else None


def _by_stop(absent: Sequence[Passenger]) -> list[tuple[Stop, int, list[Passenger]]]:
    """Who is missing, by the stop that they should have got off at, with how many people that is."""
    found: dict[UUID, list[Passenger]] = {}
    for each in absent:
        found.setdefault(each.stop_id, []).append(each)
    return [(seats[0].stop, sum(each.boarded_people for each in seats), seats) for seats in found.values()]
