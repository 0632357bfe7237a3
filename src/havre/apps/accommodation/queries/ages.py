# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties whose kind was right when they were made, and is so no more by what the registry knows of ages today."""

from havre.apps.accommodation.enums import AgeSaid, PartyKind
from havre.apps.accommodation.models import Party, PartyMember
from havre.apps.registry.queries import MAJORITY, registrations
from havre.core.clock import today
from havre.core.exchange.reading.ages import years_before


def wrong_age(party: Party) -> AgeSaid | None:
    """ADULT: somebody in a party of minors is grown up. MINOR: another party is of minors alone. None: it is right.

    As PostgreSQL judges it when a party is made or changed; evidence may change later.
    """
    if party.ended_on is not None:
        return None
    grown, young = _ages(party)
    if party.kind == PartyKind.MINOR:
        return AgeSaid.ADULT if grown else None
    return AgeSaid.MINOR if young == party.people else None


def _ages(party: Party) -> tuple[int, int]:
    members = PartyMember.objects.filter(party=party, left_on=None)
    said = list(members.values_list("registration__person", "age"))
    known = registrations().filter(person__in=[person for person, _ in said if person])
    limit = years_before(today(), MAJORITY)
    maybe = set(known.maybe_born_after(limit).values_list("person", flat=True))
    not_surely = set(known.maybe_not_born_after(limit).values_list("person", flat=True))
    told = maybe | not_surely
    grown = sum(person not in maybe if person in told else age == AgeSaid.ADULT for person, age in said)
    young = sum(person not in not_surely if person in told else age == AgeSaid.MINOR for person, age in said)
    return grown, young
