# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places that are closed to children by where their family is: a claim on the other shore, brothers and sisters here.

Soft locks: a member may lay down another place by hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from havre.apps.accommodation.enums import WhyNot
from havre.apps.accommodation.models import Party, Place
from havre.apps.accommodation.queries.kin import OVER, cases_of, kin_of
from havre.apps.cases.queries import cases, state_of

Closed = Mapping[UUID, frozenset[UUID]]
"""Party to the places that are closed to it by hand or by where its family is."""


def with_claim(parties: Iterable[Party]) -> set[UUID]:
    """Those with a child whose claim to family on the other shore is pending."""
    of_case = cases_of(parties)
    standing = cases().filter(pk__in=of_case).prefetch_related("events") if of_case else ()
    pending = (case for case in standing if state_of(case.events.all()) not in OVER)
    return {party for case in pending for party in of_case[case.pk]}


def closed_by_family(
    parties: Sequence[Party], places: Sequence[Place], free: Mapping[UUID, int], region: str
) -> Closed:
    """Other centres than that of a brother or sister, where theirs has room; else those outside of the region.

    ``free``: units of each place. ``region``: of departure, for those with a claim; where no place in it takes them,
    none is closed.
    """
    return {**_closed_by_claim(parties, places, region), **_closed_by_kin(parties, places, free)}


def _closed_by_claim(parties: Sequence[Party], places: Sequence[Place], region: str) -> Closed:
    claimed = with_claim(parties) if region else set()
    inside = {kind for each in places if each.centre.region == region for kind in each.takes}
    outside = [each for each in places if each.centre.region != region]
    return {
        each.pk: frozenset(place.pk for place in outside if each.kind in place.takes)
        for each in parties
        if each.pk in claimed and each.kind in inside
    }


def _closed_by_kin(parties: Sequence[Party], places: Sequence[Place], free: Mapping[UUID, int]) -> Closed:
    found, kin = {}, kin_of(parties)
    for party in parties:
        centres = {each.centre.pk for each in kin.get(party.pk, ()) if each.centre}
        fit = [each for each in places if party.kind in each.takes]
        near = {each.pk for each in fit if each.centre_id in centres}
        if any(each.pk in near and free[each.pk] >= each.units_for(party.people) for each in fit):
            found[party.pk] = frozenset(each.pk for each in fit if each.pk not in near)
    return found


class Family:
    """Where the family of one party is, to say why a lock closes a place to it."""

    def __init__(self, party: Party, region: str) -> None:
        """``region``: of departure, as the plan has it; empty: none."""
        self._centres = {each.centre.pk for each in kin_of([party]).get(party.pk, ()) if each.centre}
        self._region = region if region and with_claim([party]) else ""

    def why(self, place: Place) -> WhyNot:
        """Why a lock closes it, as things are now."""
        if self._centres and place.centre_id not in self._centres:
            return WhyNot.KIN
        return WhyNot.CLAIM if self._region and place.centre.region != self._region else WhyNot.NEVER
