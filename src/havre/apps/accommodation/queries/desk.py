# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the desk may offer to a party by the engine's prices, what was offered, and who waits there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet

from havre.apps.accommodation.enums import (
    AgeSaid,
    OfferState,
    PartyKind,
    PlanInputKind,
    PromiseEnd,
    QueueReason,
)
from havre.apps.accommodation.models import Offer, Party, PartyMember, Place, Promise, QueueEntry, Stay
from havre.apps.accommodation.queries.ages import wrong_age
from havre.apps.accommodation.queries.kin import Kin, kin_shown
from havre.apps.accommodation.queries.parties import parties, promises, stays
from havre.apps.accommodation.queries.plans import Gathered, gather_desk
from havre.apps.registry.queries import Registrations, person_of_reference, registrations
from havre.core.audit import record_read
from havre.core.clock import today
from havre.engines import placement

SEED = 1
"""The same for everybody: prices depend on who waits and on what is free, and on nobody's answer."""
MOST = 20
"""Parties that a search shows."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region that may be offered: the best place there, and what it would mean."""

    place: Place
    means: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Two regions at most, the one first that serves all best; or why there is none."""

    regions: tuple[Region, ...]
    reason: QueueReason | None = None
    wrong: str = ""
    """The wristband, or the codes of the place, that the engine can make nothing of; then there is no region."""


def reckoned(party: Party, *, refused: bool = True) -> Reckoned:
    """What may be offered now. ``refused``: regions that the party said no to are left out."""
    gathered = gather_desk(party, today())
    task, remarks = _task(gathered)
    if task is None:
        return Reckoned((), wrong=_named(remarks, gathered))
    desk, name = _desk(task), str(party.pk)
    for region in sorted(regions_refused(party)) if refused else ():
        desk.refuse(name, region)
    places = {str(each.pk): each for each in gathered.places}
    offers = desk.offers(name)
    if offers:
        return Reckoned(tuple(Region(places[each.place.id], _means(party, each)) for each in offers))
    is_refused = desk.queue()[0].reason is placement.Reason.REFUSED
    return Reckoned((), QueueReason.REFUSED if is_refused else QueueReason.NO_PLACE)


def regions_refused(party: Party) -> set[str]:
    """Those that the party said no to, at the desk or after a promise."""
    found: set[str] = set()
    offers = Offer.objects.filter(party=party, state=OfferState.REFUSED)
    for each in offers.values_list("region_1", "region_2"):
        found |= set(each)
    gone = Promise.objects.filter(party=party, ended_why=PromiseEnd.REFUSED)
    return (found | set(gone.values_list("place__centre__region", flat=True))) - {""}


def _task(gathered: Gathered) -> tuple[placement.Task | None, list[placement.Remark]]:
    texts = gathered.texts
    task, remarks = placement.read_task(
        texts[PlanInputKind.PARTIES],
        texts[PlanInputKind.PLACES],
        placement.default_policy(),
        texts[PlanInputKind.LOCKS],
    )
    return task, [each for each in remarks if not each.note]


def _named(remarks: Iterable[placement.Remark], gathered: Gathered) -> str:
    for each in remarks:
        row = each.line - 2
        if each.source is placement.Source.PARTIES and 0 <= row < len(gathered.parties):
            return gathered.parties[row].wristband
        if each.source is placement.Source.PLACES and 0 <= row < len(gathered.places):
            return f"{gathered.places[row].centre.code} {gathered.places[row].code}"
    return ""


def _desk(task: placement.Task) -> placement.Desk:
    """The desk with the party of the first line at it, while all others are expected."""
    others = task.parties[1:]
    return placement.Desk(replace(task, parties=task.parties[:1]), others, _prices(task, others), SEED)


def _prices(task: placement.Task, others: tuple[placement.Party, ...]) -> placement.Expected:
    if not others:
        nothing = np.zeros(len(task.places))
        return placement.Expected(nothing, nothing.astype(np.bool_))
    without = replace(task, parties=(), locks=placement.NO_LOCKS)
    return placement.expect(without, placement.Forecast(others, others), SEED)


def _means(party: Party, offer: placement.Offer) -> dict[str, Any]:
    """What going there would mean, as it is kept with the offer."""
    km = offer.relative_km
    return {
        "km": None if km is None else round(km),
        "speaks": party.language in offer.place.languages if party.language else None,
        "step_free": offer.place.step_free,
        "points": offer.points,
        "goals": {goal.value: points for goal, points in offer.by_goal.items() if points},
        "below_best": offer.below_best,
        "costs": offer.costs,
        "day": offer.day,
    }


def offers() -> QuerySet[Offer]:
    """All that may be read, each with its places; the newest first."""
    places = ("place_1__centre", "place_2__centre", "chosen__centre", "promise", "member__account", "party")
    return Offer.objects.select_related(*places).order_by("-recorded_at", "-id")


def standing_offer(party_id: UUID) -> Offer | None:
    """What was offered and not answered, or waits for a second member."""
    standing = Q(state=OfferState.OPEN) | Q(state=OfferState.ACCEPTED, promise=None)
    return offers().filter(standing, party=party_id).first()


def waits_for_second(offer: Offer) -> bool:
    """Whether the choice of minors waits for a colleague of who offered."""
    return offer.state == OfferState.ACCEPTED and offer.promise_id is None


def offers_for_second() -> QuerySet[Offer]:
    """The same, each with its places; the newest first."""
    return offers().filter(pk__in=choices_for_second())


def choices_for_second() -> QuerySet[Offer]:
    """Choices of minors that wait for a second member: of those who are in the camp and stay nowhere yet."""
    staying = Stay.objects.filter(party=OuterRef("party"), ends=None)
    return Offer.objects.filter(
        ~Exists(staying), state=OfferState.ACCEPTED, promise=None, party__ended_on=None
    )


def waiting_line() -> list[QueueEntry]:
    """Who waits at the desk: the most vulnerable first, as the engine says, then who has waited longest."""
    vulnerable = placement.default_policy().fair.vulnerability
    return sorted(
        queued().select_related("party"),
        key=lambda each: (-vulnerable(_needs(each.party)), each.since, each.pk),
    )


def queue_entry(party_id: UUID) -> QueueEntry | None:
    """That a party waits now."""
    return QueueEntry.objects.filter(party=party_id, ended_at=None).first()


@dataclass(frozen=True, slots=True)
class DeskView:
    """A party at the desk."""

    party: Party
    stay: Stay | None
    promise: Promise | None
    entry: QueueEntry | None
    offer: Offer | None
    """What stands."""
    said: Sequence[Offer]
    """What was offered before, and what they said to it."""
    refused: Sequence[str]
    """Regions that the next offer leaves out."""
    kin: Sequence[Kin]
    """Other parties with brothers or sisters of theirs."""
    wrong_age: AgeSaid | None


def desk_of(party_id: UUID) -> DeskView | None:
    """A party; None where there is none that may be read. The read is put on record."""
    party = parties().filter(pk=party_id).first()
    if party is None:
        return None
    record_read("accommodation_party", party.pk, party.pk)
    all_offers = list(offers().filter(party=party))
    stay = stays().filter(party=party, ends=None).first()
    is_over = stay is not None or party.ended_on is not None
    standing = [each for each in all_offers if each.state == OfferState.OPEN or waits_for_second(each)]
    return DeskView(
        party,
        stay,
        promises().filter(party=party).first(),
        queue_entry(party.pk),
        standing[0] if standing and not is_over else None,
        [each for each in all_offers if each not in standing],
        sorted(regions_refused(party)),
        kin_shown(party),
        wrong_age(party),
    )


def at_desk_by_code(text: str) -> list[Party]:
    """Parties of the own desk, by a wristband or by the reference of one of them."""
    mine = parties().of_our_desk().present()
    by_band = mine.filter(Q(wristband=text) | Q(members__wristband=text, members__left_on=None)).distinct()
    if found := list(by_band[:MOST]):
        return found
    person = person_of_reference(text)
    return _with_one_of(registrations().own().standing().of_person(person.pk)) if person else []


def at_desk_by_name(text: str) -> list[Party]:
    """Parties of the own desk, by a registered name of one of them."""
    return _with_one_of(registrations().own().standing().like(text))


def _with_one_of(meant: Registrations) -> list[Party]:
    of_them = PartyMember.objects.filter(registration__in=meant, left_on=None)
    mine = parties().of_our_desk().present()
    return list(mine.filter(pk__in=of_them.values("party"))[:MOST])


def queued() -> QuerySet[QueueEntry]:
    """Entries of parties that are in the camp: who stays somewhere waits no more."""
    staying = Stay.objects.filter(party=OuterRef("party"), ends=None)
    return QueueEntry.objects.filter(~Exists(staying), ended_at=None, party__ended_on=None)


def _needs(party: Party) -> placement.Party:
    return placement.Party(
        str(party.pk),
        party.people,
        PartyKind(party.kind).value,
        medical=party.medical,
        step_free=party.step_free,
    )
