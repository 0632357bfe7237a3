# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brothers and sisters who are in two parties: the cases of both stand in one group, which a panel alone parts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from havre.apps.accommodation.models import Centre, Party, PartyMember
from havre.apps.accommodation.queries.parties import parties, promises, stays
from havre.apps.cases.enums import CaseState
from havre.apps.cases.queries import cases, siblings_of_cases
from havre.core.audit import record_listed

OVER = (CaseState.CLOSED, CaseState.TRANSFERRED)
"""Of cases whose child waits for nothing more."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A party of the own desk with a brother or sister of somebody, and where it lives or is to live."""

    party: Party
    centre: Centre | None


def cases_of(of: Iterable[Party]) -> Mapping[UUID, set[UUID]]:
    """Each case that may be read of somebody of these parties, with the parties; those who left one do not count."""
    held = list(of)
    of_case: defaultdict[UUID, set[UUID]] = defaultdict(set)
    of_person: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in held:
        if each.case_id:
            of_case[each.case_id].add(each.pk)
    members = PartyMember.objects.filter(
        party__in=[each.pk for each in held], left_on=None, registration__isnull=False
    )
    for party, person in members.values_list("party", "registration__person"):
        of_person[person].add(party)
    if not of_case and not of_person:
        return {}
    found = cases().filter(Q(pk__in=of_case) | Q(person__in=of_person)).values_list("pk", "person")
    return {case: of_case.get(case, set()) | of_person.get(person, set()) for case, person in found}


def kin_of(of: Iterable[Party]) -> Mapping[UUID, list[Kin]]:
    """Party to the others that hold brothers or sisters of its people; without those that have none."""
    mine = cases_of(of)
    siblings = siblings_of_cases(mine) if mine else {}
    wanted = {each for group in siblings.values() for each in group}
    if not wanted:
        return {}
    people = cases().filter(pk__in=wanted).values("person")
    known = Q(members__registration__person__in=people, members__left_on=None)
    held = list(parties().of_our_desk().present().filter(Q(case__in=wanted) | known).distinct())
    theirs = cases_of(held)
    where = {each.party_id: each.place.centre for each in promises().filter(party__in=held)}
    where |= {each.party_id: each.place.centre for each in stays().filter(party__in=held, ends=None)}
    kin = {each.pk: Kin(each, where.get(each.pk)) for each in held}
    found: defaultdict[UUID, dict[UUID, Kin]] = defaultdict(dict)
    for case, group in siblings.items():
        for other in (key for sibling in group for key in theirs.get(sibling, ())):
            for party in mine[case] - {other}:
                found[party][other] = kin[other]
    return {party: list(others.values()) for party, others in found.items()}


def kin_shown(party: Party) -> list[Kin]:
    """Those of one party, for a page that names their parties: that is put on record."""
    found = kin_of([party]).get(party.pk, []) if party.ended_on is None else []
    if found:
        record_listed("accommodation_party", [each.party.pk for each in found])
    return found
