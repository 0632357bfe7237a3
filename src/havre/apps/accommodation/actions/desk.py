# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk: two regions are offered to a party; it takes one, refuses both, or waits. A refusal costs nothing.

Of minors two members say it, on two accounts: one offers, another records the choice or says yes to it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from havre.apps.accommodation.actions.finding import (
    held_party,
    needs_presence,
    needs_right_age,
    not_riding,
    short_enough,
)
from havre.apps.accommodation.actions.notifying import tell_colleagues
from havre.apps.accommodation.actions.promising import Given, end_promises, give_places
from havre.apps.accommodation.actions.refusing import NoRoom, Refused, refusing
from havre.apps.accommodation.enums import OfferState, PartyKind, PromiseEnd, QueueReason
from havre.apps.accommodation.models import Offer, Party, Place, Promise, QueueEntry
from havre.apps.accommodation.policies import OFFER
from havre.apps.accommodation.queries import free_units
from havre.apps.accommodation.queries.desk import (
    Region,
    queue_entry,
    reckoned,
    standing_offer,
    waits_for_second,
)
from havre.core.access import Actor, check
from havre.core.clock import now, today

LONGEST_LANGUAGE = 35
ENDED_BY_HAND = (PromiseEnd.REFUSED, PromiseEnd.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Explained:
    """How an offer was explained, and what the party said to it."""

    language: str = ""
    interpreter: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a choice."""

    offer: Offer
    instead: Offer | QueueEntry | None = None
    """Where the place was gone: the next offer, or that they wait."""

    @property
    def waits(self) -> bool:
        """Whether a second member has to say yes."""
        return self.instead is None and self.offer.promise_id is None


@transaction.atomic
def offer_regions(
    party_id: UUID, *, anew: bool = False, idempotency_key: UUID | None = None
) -> Offer | QueueEntry:
    """Offers two regions to a party, or puts it in the queue with the reason. What it was promised stays.

    An offer that stands is given again, unless a place of it is gone: then it lapses, and there is a new one.
    ``anew``: what the party refused is offered too. The same key gives the first offer.
    """
    actor = check(OFFER)
    party = held_party(party_id)
    said = Offer.objects.filter(party=party, idempotency_key=idempotency_key)
    if idempotency_key and (first := said.first()):
        return first
    _may_be_offered(party)
    if standing := standing_offer(party.pk):
        if _has_room(standing):
            return standing
        _close(standing, OfferState.LAPSED)
    return _offered(actor, party, anew=anew, key=idempotency_key)


@transaction.atomic
def take_offer(offer_id: UUID, place_id: UUID, explained: Explained) -> Answered:
    """Records which region a party takes: numbered units of the place are theirs, and what they were promised ends.

    Of minors whose offer the same person made, a colleague has yet to say yes. Where the place is gone, the offer
    lapses and the next is made. Refused where it was answered otherwise.
    """
    actor = check(OFFER)
    offer = _held_offer(offer_id)
    _sound(explained)
    if offer.state == OfferState.ACCEPTED and offer.chosen_id == place_id:
        return Answered(offer)
    if offer.state != OfferState.OPEN:
        raise Refused("offer_is_answered", status=409)
    if place_id not in (offer.place_1_id, offer.place_2_id):
        raise Refused("not_offered", field="place")
    _may_be_offered(offer.party)
    _say(offer, explained)
    offer.state, offer.chosen_id, offer.answered_at = OfferState.ACCEPTED, place_id, now()
    offer.save()
    if offer.party.kind == PartyKind.MINOR and _is_own(actor, offer):
        tell_colleagues(offer)
        return Answered(offer)
    return _given(actor, offer, place_id)


@transaction.atomic
def confirm_choice(offer_id: UUID) -> Answered:
    """A second member says yes to what minors chose: the place is theirs. Refused to who made the offer."""
    actor = check(OFFER)
    offer = _held_offer(offer_id)
    if offer.state != OfferState.ACCEPTED or offer.chosen_id is None:
        raise Refused("offer_is_answered", status=409)
    if offer.promise_id:
        return Answered(offer)
    if _is_own(actor, offer):
        raise Refused("colleague_says_yes", status=409)
    _may_be_offered(offer.party)
    return _given(actor, offer, offer.chosen_id)


@transaction.atomic
def refuse_offer(offer_id: UUID, explained: Explained) -> QueueEntry:
    """Records that a party takes neither. It costs them nothing: their turn and what they were promised stay.

    Minors may do so until a second member has said yes to what they chose.
    """
    actor = check(OFFER)
    offer = _held_offer(offer_id)
    _sound(explained)
    needs_presence(offer.party)
    if offer.state == OfferState.OPEN or waits_for_second(offer):
        _say(offer, explained)
        _close(offer, OfferState.REFUSED)
    elif offer.state != OfferState.REFUSED:
        raise Refused("offer_is_answered", status=409)
    return _waits(actor, offer.party, QueueReason.REFUSED, since=offer.recorded_at)


@transaction.atomic
def end_promise(party_id: UUID, why: PromiseEnd) -> Promise:
    """What was promised to a party is theirs no more: they say no to it, which costs nothing, or it is taken back.

    Who says no waits at the desk. Refused where nothing is promised, where they sit in a coach, and for any other end.
    """
    actor = check(OFFER)
    party = held_party(party_id)
    promise = Promise.objects.filter(party=party, ended_at=None).first()
    if promise is None or why not in ENDED_BY_HAND:
        raise Refused("nothing_promised", status=409)
    not_riding(party)
    end_promises([promise.pk], why)
    if why is PromiseEnd.REFUSED:
        _waits(actor, party, QueueReason.REFUSED, since=promise.recorded_at)
    promise.refresh_from_db()
    return promise


@transaction.atomic
def queue_party(party_id: UUID, reason: QueueReason, *, words: str = "") -> QueueEntry:
    """Keeps that a party waits at the desk and why. Who waits already goes on waiting since the same moment."""
    actor = check(OFFER)
    party = held_party(party_id)
    short_enough(words=words)
    if party.ended_on is not None:
        raise Refused("party_has_left", status=409)
    return _waits(actor, party, reason, words=words.strip())


@transaction.atomic
def end_waiting(party_id: UUID) -> None:
    """They wait no longer."""
    check(OFFER)
    QueueEntry.objects.filter(party=held_party(party_id), ended_at=None).update(ended_at=now())


def _held_offer(offer_id: UUID) -> Offer:
    found = Offer.objects.select_for_update(of=("self",)).select_related("party", "member")
    offer = found.filter(pk=offer_id).first()
    if offer is None:
        raise Refused("no_such_offer", status=404)
    return offer


def _may_be_offered(party: Party) -> None:
    needs_presence(party)
    needs_right_age(party)


def _has_room(offer: Offer) -> bool:
    """Whether every place of it that may still be theirs has room for the party today."""
    free = free_units(today())
    places = [offer.chosen] if offer.chosen else [offer.place_1, offer.place_2]
    return all(free[each.pk] >= each.units_for(offer.party.people) for each in places if each is not None)


def _offered(
    actor: Actor, party: Party, *, anew: bool = False, key: UUID | None = None
) -> Offer | QueueEntry:
    found = reckoned(party, refused=not anew)
    if found.wrong:
        raise Refused("desk_cannot_reckon", status=409, what=found.wrong)
    if not found.regions:
        return _waits(actor, party, found.reason or QueueReason.NO_PLACE)
    first, second = found.regions[0], found.regions[1] if len(found.regions) > 1 else None
    with refusing():
        return Offer.objects.create(
            organisation_id=actor.organisation_id,
            party=party,
            **_half(1, first),
            **(_half(2, second) if second else {}),
            language=party.language,
            member_id=actor.member_id,
            idempotency_key=key,
        )


def _half(number: int, region: Region) -> dict[str, object]:
    said = {"region": region.place.centre.region, "place": region.place, "means": region.means}
    return {f"{name}_{number}": value for name, value in said.items()}


def _sound(explained: Explained) -> None:
    short_enough(words=explained.words, interpreter=explained.interpreter)
    if not explained.language.strip():
        raise Refused("words_needed", field="language")
    if len(explained.language) > LONGEST_LANGUAGE:
        raise Refused("words_too_long", field="language", most=LONGEST_LANGUAGE)


def _say(offer: Offer, explained: Explained) -> None:
    offer.language = explained.language.strip()
    offer.interpreter, offer.words = explained.interpreter.strip(), explained.words.strip()


def _is_own(actor: Actor, offer: Offer) -> bool:
    return offer.member.account_id == actor.account_id


def _close(offer: Offer, state: OfferState) -> None:
    """It was refused, or its place is gone."""
    offer.state, offer.answered_at, offer.chosen = state, now(), None
    offer.save()


def _given(actor: Actor, offer: Offer, place_id: UUID) -> Answered:
    """The chosen place is theirs; where it is gone, what is offered instead."""
    party = offer.party
    try:
        with transaction.atomic():
            offer.promise = _promised(offer, place_id)
    except NoRoom:
        _close(offer, OfferState.LAPSED)
        return Answered(offer, _offered(actor, party))
    offer.save(update_fields=["promise"])
    return Answered(offer)


def _promised(offer: Offer, place_id: UUID) -> Promise:
    """NoRoom where it was given to others or its centre has closed."""
    chosen = Place.objects.select_related("centre").get(pk=place_id)
    if free_units(today())[chosen.pk] < chosen.units_for(offer.party.people):
        raise NoRoom(chosen.centre)
    second = offer.member_id if offer.party.kind == PartyKind.MINOR else None
    before = Promise.objects.filter(party=offer.party, ended_at=None).values_list("pk", flat=True)
    end_promises(before, PromiseEnd.MOVED)
    (promise,) = give_places([Given(offer.party, chosen.pk, _day(offer), second)], today())
    return promise


def _day(offer: Offer) -> date | None:
    """When they are expected, where the centre counts its days."""
    means = offer.means_1 if offer.chosen_id == offer.place_1_id else offer.means_2
    return date.fromisoformat(means["day"]) if means.get("day") else None


def _waits(
    actor: Actor, party: Party, reason: QueueReason, *, words: str = "", since: datetime | None = None
) -> QueueEntry:
    """In the queue; an earlier turn goes on."""
    entry = queue_entry(party.pk)
    if entry is None:
        own = {"organisation_id": actor.organisation_id, "member_id": actor.member_id}
        said = {"reason": reason, "words": words, "since": since or now()}
        return QueueEntry.objects.create(party=party, **own, **said)
    entry.reason, entry.words = reason, words or entry.words
    entry.save(update_fields=["reason", "words"])
    return entry
