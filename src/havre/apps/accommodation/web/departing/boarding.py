# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""At the coach, on a phone: a wristband is scanned, a big number grows, and who is missing stands below."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from havre.apps.accommodation.actions.departing import board, depart, get_off, no_show
from havre.apps.accommodation.actions.departing.finding import worn_by
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.policies import BOARD
from havre.apps.accommodation.queries.departing import seats
from havre.apps.accommodation.queries.departing.behind import those_behind
from havre.apps.accommodation.queries.departing.pages import CoachView, Line, coach_view
from havre.apps.accommodation.web.departing.doing import Done, pressed, say
from havre.apps.accommodation.web.departing.forms import BoardForm
from havre.apps.accommodation.web.departing.words import WORDS
from havre.apps.accommodation.web.spoken import spoken_in
from havre.core.access import current_actor, needs
from havre.core.ui import language_of, page
from havre.core.ui.context import url

MOST_TAPS = 12
"""Of a larger party the number is typed."""


@needs(BOARD)
@require_http_methods(["GET", "POST"])
def boarding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is on board and who is not; a wristband puts a party on it, and a tap says how many really came."""
    form = BoardForm(language_of(request), request.POST or None)
    if not form.is_bound:
        return _shown(request, pk, form)
    if not form.is_right():
        return _shown(request, pk, form, status=422)
    wristband, people = form.cleaned_data["wristband"], form.cleaned_data["people"]
    try:
        if people == 0:
            return _off(request, pk, get_off(pk, wristband).party.wristband)
        party = board(pk, wristband, people).party
    except Refused as refused:
        if refused.key != "boarded_already":
            form.refuse(refused)
            return _shown(request, pk, form, status=refused.status)
        messages.info(request, refused.say(form.language))
        party = worn_by(wristband)
    return HttpResponseRedirect(url("accommodation:board", pk, query={"last": party.wristband}))


def _off(request: HttpRequest, pk: UUID, wristband: str) -> HttpResponse:
    messages.success(request, say(request, "said_off", wristband=wristband))
    return HttpResponseRedirect(reverse("accommodation:board", args=[pk]))


@needs(BOARD)
@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The coach has left."""
    there = reverse("accommodation:departure", args=[pk])

    def does() -> Done:
        depart(pk)
        left = sum(each.seat.behind for each in those_behind() if each.seat.stop.departure_id == pk)
        return there, say(request, "said_left_without" if left else "said_left", n=left)

    return pressed(request, does, reverse("accommodation:board", args=[pk]))


@needs(BOARD)
@require_POST
def absent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They did not come."""
    seat = seats().filter(pk=pk).first()
    if seat is None:
        raise Http404
    back = reverse("accommodation:board", args=[seat.stop.departure_id])

    def does() -> Done:
        no_show(pk)
        return back, say(request, "said_absent")

    return pressed(request, does, back)


def _shown(request: HttpRequest, pk: UUID, form: BoardForm, *, status: int = 200) -> HttpResponse:
    view = coach_view(pk)
    if view is None or view.departure.organisation_id != current_actor().organisation_id:
        raise Http404
    return page(
        request,
        "accommodation/board.html.jinja",
        WORDS,
        status=status,
        view=view,
        coach=view.departure,
        last=_last(view, request.GET.get("last", "")),
        most=MOST_TAPS,
        form=form if form.errors else BoardForm(form.language),
        spoken=spoken_in(form.language),
    )


def _last(view: CoachView, wristband: str) -> Line | None:
    """Who was scanned last, as long as they are on board: how many they are may be said again."""
    here = (each for each in view.lines if each.seat.boarded_at and each.state != "no_show")
    return next((each for each in here if each.seat.party.wristband == wristband), None)
