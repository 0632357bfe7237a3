# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk on a phone: somebody is found by a wristband or a name, two regions are offered, one is taken or none."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havre.apps.accommodation.actions.desk import (
    Answered,
    confirm_choice,
    end_waiting,
    offer_regions,
    queue_party,
    refuse_offer,
    take_offer,
)
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.actions.seeking import seek_at_desk
from havre.apps.accommodation.actions.slips import slip
from havre.apps.accommodation.enums import QueueReason
from havre.apps.accommodation.models import Offer, Party
from havre.apps.accommodation.policies import OFFER
from havre.apps.accommodation.queries.desk import (
    desk_of,
    offers_for_second,
    waiting_line,
)
from havre.apps.accommodation.web.desk.forms import NEITHER, AnswerForm, QueueForm, SearchForm
from havre.apps.accommodation.web.desk.telling import halves, heading, headings, sides
from havre.apps.accommodation.web.desk.words import WORDS
from havre.apps.accommodation.web.spoken import spoken_in
from havre.apps.accommodation.web.warned import warned
from havre.apps.accommodation.web.words import WORDS as OF_PARTIES
from havre.core.access import current_actor, needs
from havre.core.audit import record_listed
from havre.core.database.ids import key_of, uuid7
from havre.core.ui import language_of, page
from havre.core.ui.saving import PDF, saved
from havre.words import Language

SHOWN = 100
"""Of the queue, from its head."""


@needs(OFFER)
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """The queue; or who is found. One party alone is shown at once. Who is shown is on record."""
    language = language_of(request)
    form = SearchForm(language, request.POST if request.method == "POST" else None)
    found = _found(form) if form.is_bound and form.is_valid() else None
    if found and len(found) == 1:
        return _at(found[0].pk)
    line, second = waiting_line(), list(offers_for_second())
    record_listed(
        "accommodation_party",
        [*(each.party_id for each in line[:SHOWN]), *(each.party_id for each in second)],
    )
    return page(
        request,
        "accommodation/desk.html.jinja",
        WORDS,
        status=429 if form.too_often else 422 if form.errors else 200,
        form=form,
        found=found,
        line=line[:SHOWN],
        waiting=len(line),
        second=second,
        about=lambda party: about(party, language),
    )


def _found(form: SearchForm) -> list[Party] | None:
    """None where the search was refused, which is said at its field."""
    try:
        return seek_at_desk(form.cleaned_data["q"])
    except Refused as refused:
        form.too_often = True
        form.add_error(refused.field, refused.say(form.language))
        return None


@needs(OFFER)
@require_GET
def at_desk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A party at the desk: what it needs, what was offered, what it may say. That it was read is on record."""
    return _shown(request, pk)


@needs(OFFER)
@require_POST
def offered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offers two regions, or puts them in the queue."""
    language, key = language_of(request), key_of(request.POST.get("key", ""))

    def does() -> str:
        made = offer_regions(pk, anew=bool(request.POST.get("anew")), idempotency_key=key)
        return "" if isinstance(made, Offer) else WORDS.say(language, "said_queued")

    return _done(request, pk, does)


@needs(OFFER)
@require_POST
def answered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Records what they say: one of the two, or neither."""
    form = AnswerForm(language_of(request), request.POST)
    if not form.is_right():
        return _shown(request, pk, status=422, form=form)

    def does() -> str:
        place, offer = form.chosen, form.cleaned_data["offer_id"]
        if place is None:
            refuse_offer(offer, form.explained)
            return form.say("said_neither")
        return told(take_offer(offer, place, form.explained), form.language)

    return _done(request, pk, does)


@needs(OFFER)
@require_POST
def confirmed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A second member says yes to what minors chose."""
    offer = key_of(request.POST.get("offer_id", ""))
    if offer is None:
        raise Http404
    return _done(request, pk, lambda: told(confirm_choice(offer), language_of(request)))


@needs(OFFER)
@require_POST
def queued(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Puts them in the queue, or says another reason."""
    form = QueueForm(language_of(request), request.POST)
    if not form.is_right():
        return _shown(request, pk, status=422, queue_form=form)

    def does() -> str:
        said = form.cleaned_data
        queue_party(pk, QueueReason(said["reason"]), words=said["words"])
        return form.say("said_queued")

    return _done(request, pk, does)


@needs(OFFER)
@require_POST
def unqueued(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They wait no longer."""

    def does() -> str:
        end_waiting(pk)
        return WORDS.say(language_of(request), "said_unqueued")

    return _done(request, pk, does)


@needs(OFFER)
@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The slip of a party: its wristband, also as a code for a camera, and where it is expected; no name."""
    language = language_of(request)
    try:
        content = slip(pk, language)
    except Refused as refused:
        raise Http404 from refused
    return saved(content, PDF, f"{WORDS.say(language, 'file_slip')}.pdf")


def told(done: Answered, language: Language) -> str:
    """What came of a choice, in a sentence."""
    if done.instead is not None:
        return WORDS.say(language, "said_lapsed" if isinstance(done.instead, Offer) else "said_lapsed_queued")
    return WORDS.say(language, "said_waits_yes" if done.waits else "said_taken")


def about(party: Any, language: Language) -> str:
    """A party in a line, without a name."""
    return " · ".join(
        (
            party.wristband,
            OF_PARTIES.say(language, "people", n=party.people),
            OF_PARTIES.say(language, f"party_{party.kind}"),
        )
    )


def _at(pk: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("accommodation:at_desk", args=[pk]))


def _done(request: HttpRequest, pk: UUID, does: Callable[[], str]) -> HttpResponse:
    """Does it and goes back to the party; what is refused is said there."""
    try:
        said = does()
    except Refused as refused:
        if refused.status == 404:
            raise Http404 from refused
        return _shown(request, pk, status=refused.status, refused=refused.say(language_of(request)))
    if said:
        messages.success(request, said)
    return _at(pk)


def _shown(request: HttpRequest, pk: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    language = language_of(request)
    view = desk_of(pk)
    if view is None or view.party.organisation_id != current_actor().organisation_id:
        raise Http404
    offer = view.offer
    context: dict[str, Any] = {
        "view": view,
        "party": view.party,
        "about": about(view.party, language),
        "warned": warned(view.kin, view.wrong_age, language),
        "called": spoken_in(language),
        "spoken": spoken_in(language)(view.party.language) or OF_PARTIES.say(language, "nobody_said"),
        "needs": [
            OF_PARTIES.say(language, f"need_{each}")
            for each in ("medical", "step_free", "school")
            if getattr(view.party, each)
        ],
        "offer": offer,
        "halves": halves(offer) if offer else [],
        "heading": heading,
        "headings": headings(offer) if offer else [],
        "sides": sides(offer, language) if offer else [],
        "neither": NEITHER,
        "form": AnswerForm(language, initial=_first(offer, language)) if offer else None,
        "queue_form": QueueForm(language, initial={"key": uuid7()}),
        "sent": uuid7(),
        "refused": "",
        **more,
    }
    return page(request, "accommodation/at_desk.html.jinja", WORDS, status=status, **context)


def _first(offer: Offer, language: Language) -> dict[str, Any]:
    return {
        "offer_id": offer.pk,
        "told_in": spoken_in(language)(offer.language),
        "interpreter": offer.interpreter,
        "key": uuid7(),
    }
