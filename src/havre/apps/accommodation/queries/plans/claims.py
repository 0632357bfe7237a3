# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Children whose claim to family on the other shore is pending, and the places that are closed to them meanwhile."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from havre.apps.accommodation.models import Party, PartyMember, Place
from havre.apps.cases.enums import CaseState
from havre.apps.cases.queries import cases, state_of

OVER = (CaseState.CLOSED, CaseState.TRANSFERRED)

Closed = Mapping[UUID, frozenset[UUID]]
"""Party to the places that are closed to it by hand or by its claim."""


def with_claim(parties: Iterable[Party]) -> set[UUID]:
    """Those with a child whose claim to family on the other shore is pending."""
    of_party = {each.case_id: each.pk for each in parties if each.case_id}
    ids = [each.pk for each in parties]
    of_person: defaultdict[UUID, set[UUID]] = defaultdict(set)
    members = PartyMember.objects.filter(party__in=ids, left_on=None, registration__isnull=False)
    for party, person in members.values_list("party", "registration__person"):
        of_person[person].add(party)
    found: set[UUID] = set()
    for case in cases().filter(Q(pk__in=of_party) | Q(person__in=of_person)).prefetch_related("events"):
        if state_of(case.events.all()) not in OVER:
            found |= of_person[case.person] | ({of_party[case.pk]} if case.pk in of_party else set())
    return found


def closed_by_claim(parties: Sequence[Party], places: Sequence[Place], region: str) -> Closed:
    """Places outside the region of departure, for those with a claim; none where no place in it takes them.

    A soft lock: a member may lay down another place by hand.
    """
    claimed = with_claim(parties) if region else set()
    inside = {kind for each in places if each.centre.region == region for kind in each.takes}
    outside = [each for each in places if each.centre.region != region]
    return {
        each.pk: frozenset(place.pk for place in outside if each.kind in place.takes)
        for each in parties
        if each.pk in claimed and each.kind in inside
    }
