# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties whose kind was right when it was said, and is so no more by what the registry knows of ages today.

No plan, offer or coach takes them before somebody says anew what they are.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection
from django.db.models import IntegerField, UUIDField
from django.db.models.expressions import RawSQL

from havre.apps.accommodation.enums import AgeSaid
from havre.apps.accommodation.models import Party


def wrong_ages() -> Mapping[UUID, AgeSaid]:
    """Party of the own desk to what its people are, as PostgreSQL judges it when a party is made or changed.

    ADULT: somebody in a party of minors is grown up, and was so when they moved in. MINOR: another party is of minors
    alone.
    """
    return _wrong_ages(None)


def wrong_age(party: Party) -> AgeSaid | None:
    """What they are if not what they were taken for; None: all is right, or they are not of the own desk."""
    return _wrong_ages(party.pk).get(party.pk)


def with_wrong_ages() -> RawSQL:
    """The same parties, for a condition of a query."""
    return RawSQL("SELECT party FROM accommodation_wrong_ages(NULL)", [], output_field=UUIDField())


def number_of_wrong_ages() -> RawSQL:
    """How many they are, as a column of a query."""
    return RawSQL("SELECT count(*) FROM accommodation_wrong_ages(NULL)", [], output_field=IntegerField())


def _wrong_ages(one: UUID | None) -> Mapping[UUID, AgeSaid]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT party, said FROM accommodation_wrong_ages(%s)", [one])
        return {party: AgeSaid(said) for party, said in cursor.fetchall()}
