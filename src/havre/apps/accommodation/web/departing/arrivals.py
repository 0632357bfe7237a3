# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""At the centre: who comes and what they need, one button for each who is in, and one for everybody."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from havre.apps.accommodation.actions.departing import (
    confirm_arrival,
    everybody_in,
    explain,
    see_notice,
    stop_reached,
)
from havre.apps.accommodation.policies import CONFIRM_ARRIVAL, READ_DEPARTURES
from havre.apps.accommodation.queries.departing import seats, stops
from havre.apps.accommodation.queries.departing.pages import coming_to, notices_of
from havre.apps.accommodation.web.departing.doing import Done, pressed, say
from havre.apps.accommodation.web.departing.forms import WhyForm
from havre.apps.accommodation.web.departing.words import WORDS
from havre.apps.accommodation.web.spoken import spoken_in
from havre.core.access import current_actor, may, needs
from havre.core.ui import language_of, page


@needs(READ_DEPARTURES)
@require_GET
def arrivals(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The coaches that come to a centre; that their people were read is on record."""
    found = coming_to(pk)
    if found is None:
        raise Http404
    centre, coming = found
    actor = current_actor()
    return page(
        request,
        "accommodation/arrivals.html.jinja",
        WORDS,
        centre=centre,
        coming=coming,
        notices=notices_of(pk),
        runs_it=centre.organisation_id == actor.organisation_id,
        may_confirm=may(actor, CONFIRM_ARRIVAL),
        explaining=WhyForm(language_of(request)),
        spoken=spoken_in(language_of(request)),
    )


@needs(CONFIRM_ARRIVAL)
@require_POST
def arrived(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They are in."""
    seat = seats().filter(pk=pk).first()
    if seat is None:
        raise Http404
    back = _arrivals(seat.stop.centre_id)

    def does() -> Done:
        confirm_arrival(pk)
        return back, say(request, "said_arrived")

    return pressed(request, does, back)


@needs(CONFIRM_ARRIVAL)
@require_POST
def explained(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What became of somebody who is missing."""
    there = reverse("accommodation:departures")
    form = WhyForm(language_of(request), request.POST)
    why = form.cleaned_data["why"] if form.is_right() else ""

    def does() -> Done:
        explain(pk, why)
        return there, say(request, "said_explained")

    return pressed(request, does, there)


@needs(CONFIRM_ARRIVAL)
@require_POST
def reached(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The coach is here."""
    return _at_stop(request, pk, lambda: len(stop_reached(pk)), "said_reached")


@needs(CONFIRM_ARRIVAL)
@require_POST
def everybody(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody who came is in."""
    return _at_stop(request, pk, lambda: len(everybody_in(pk)), "said_everybody")


@needs(CONFIRM_ARRIVAL)
@require_POST
def seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The notice was read."""
    there = reverse("accommodation:centres")

    def does() -> Done:
        return _arrivals(see_notice(pk).stop.centre_id), say(request, "said_seen")

    return pressed(request, does, there)


def _at_stop(request: HttpRequest, pk: UUID, does: Callable[[], int], key: str) -> HttpResponse:
    stop = stops().filter(pk=pk).first()
    if stop is None:
        raise Http404
    back = _arrivals(stop.centre_id)

    def done() -> Done:
        n = does()
        return back, say(request, key if n else "said_all_in", n=n)

    return pressed(request, done, back)


def _arrivals(centre: UUID) -> str:
    return reverse("accommodation:arrivals", args=[centre])
