# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door of a centre, on a phone: who comes today, who is in, who leaves."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havre.apps.accommodation.actions import (
    Refused,
    check_in,
    check_out,
    come_back,
    confirm_stay,
    go_away,
    transfer,
)
from havre.apps.accommodation.enums import EndWhy
from havre.apps.accommodation.models import Party
from havre.apps.accommodation.policies import CHECK_IN
from havre.apps.accommodation.queries import free_units, parties, places, stays
from havre.apps.accommodation.queries.pages import centre_view
from havre.apps.accommodation.web.centres import form_page, refused_in
from havre.apps.accommodation.web.forms import CheckInForm, LeavingForm, TransferForm
from havre.apps.accommodation.web.words import WORDS
from havre.core.access import needs
from havre.core.clock import today
from havre.core.database.ids import uuid7
from havre.core.ui import language_of, page


@needs(CHECK_IN)
@require_GET
def door(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is expected and who stays, each with one button. That they were read is on record."""
    return _shown(request, pk)


@needs(CHECK_IN)
@require_POST
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Checks a party in by its wristband."""
    here = list(places().filter(centre=pk))
    form = CheckInForm(language_of(request), request.POST, places=here)
    if not form.is_right():
        return _shown(request, pk, form, status=422)
    said = form.cleaned_data
    worn = parties().present().wearing(said["wristband"].strip())
    try:
        party = _meant(worn, said["party"])
        check_in(party, UUID(said["place"]) if said["place"] else _promised_here(party, pk))
    except Refused as refused:
        if len(worn) > 1:
            form = CheckInForm(form.language, request.POST, places=here, worn=worn)
        refused_in(form, refused)
        return _shown(request, pk, form, status=refused.status)
    messages.success(request, WORDS.say(form.language, "said_checked_in"))
    return HttpResponseRedirect(reverse("accommodation:door", args=[pk]))


def _meant(worn: Sequence[Party], said: UUID | None) -> UUID:
    """The party that wears a wristband; of two desks' the one that was chosen, and Refused until one is."""
    found = [each for each in worn if each.pk == said] or worn
    if not found:
        raise Refused("no_such_party", field="wristband", status=404)
    if len(found) > 1:
        desks = " · ".join(each.organisation.name for each in found)
        raise Refused("wristband_of_two_desks", field="party", status=409, desks=desks)
    return found[0].pk


def _promised_here(party: UUID, centre: UUID) -> UUID:
    promised = places().filter(centre=centre, promises__party=party, promises__ended_at__isnull=True)
    found = promised.values_list("pk", flat=True).first()
    if found is None:
        raise Refused("where_to", field="place")
    return found


@needs(CHECK_IN)
@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Checks a party out of the place of a stay, with the reason."""
    form = LeavingForm(language_of(request), request.POST)
    why = EndWhy(form.cleaned_data["why"]) if form.is_right() else EndWhy.LEFT
    return _done(request, lambda: check_out(pk, why).place.centre_id, "said_checked_out")


@needs(CHECK_IN)
@require_POST
def away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They are away for a while."""
    return _done(request, lambda: go_away(pk).stay.place.centre_id, "said_away")


@needs(CHECK_IN)
@require_POST
def back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They are back."""
    return _done(request, lambda: come_back(pk).place.centre_id, "said_back")


@needs(CHECK_IN)
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A second member has looked where a minor was taken in."""
    return _done(request, lambda: confirm_stay(pk).place.centre_id, "said_looked_at")


@needs(CHECK_IN)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They move to another place that takes them in and has room, from today on."""
    stay = stays().filter(pk=pk, ends=None).first()
    if stay is None:
        raise Http404
    free = free_units(today())
    fit = places().open_to(stay.party).filter(centre__desk=stay.desk_id).exclude(pk=stay.place_id)
    found = [(each, free[each.pk]) for each in fit if free[each.pk] >= each.units_for(stay.party.people)]
    form = TransferForm(language_of(request), request.POST or None, places=found, initial={"key": uuid7()})
    back = reverse("accommodation:door", args=[stay.place.centre_id])

    def does() -> str:
        moved = transfer(pk, UUID(form.cleaned_data["place"]))
        return reverse("accommodation:party", args=[moved.party_id])

    return form_page(request, form, does, title="transfer", said="said_transferred", back=back)


def _done(request: HttpRequest, does: Callable[[], UUID], said: str) -> HttpResponse:
    language = language_of(request)
    try:
        centre = does()
    except Refused as refused:
        if refused.status == 404:
            raise Http404 from refused
        messages.error(request, refused.say(language))
        return HttpResponseRedirect(reverse("accommodation:centres"))
    messages.success(request, WORDS.say(language, said))
    return HttpResponseRedirect(reverse("accommodation:door", args=[centre]))


def _shown(
    request: HttpRequest, pk: UUID, form: CheckInForm | None = None, *, status: int = 200
) -> HttpResponse:
    language = language_of(request)
    view = centre_view(pk, today())
    if view is None:
        raise Http404
    return page(
        request,
        "accommodation/door.html.jinja",
        WORDS,
        status=status,
        view=view,
        centre=view.centre,
        form=form or CheckInForm(language, places=[each for each, _ in view.places]),
        leaving=LeavingForm(language),
        sent=uuid7(),
    )
