# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres and their places."""

from django.db.models import Q, QuerySet

from havre.apps.accommodation.enums import UnitKind
from havre.apps.accommodation.models import Centre, Party, Place, Pledge
from havre.core.access import current_actor
from havre.core.clock import now


class Centres(QuerySet[Centre]):
    """Centres that the acting organisation runs, or places people in."""

    def with_places(self) -> "Centres":
        """Each with its places and who runs it."""
        return self.select_related("organisation").prefetch_related("places")


class Places(QuerySet[Place]):
    """Places of such centres."""

    def of_our_desk(self) -> "Places":
        """In which the own organisation places people."""
        return self.filter(centre__desk=current_actor().organisation_id)

    def in_region(self, region: str) -> "Places":
        """Of one region; of all where none is named."""
        return self.filter(centre__region=region) if region else self

    def open_to(self, party: Party) -> "Places":
        """Whose kind and rooms take the party in, in centres that are open; whether there is room, the units say."""
        fits = Q(unit=UnitKind.BED) | Q(unit_size__gte=party.people)
        is_open = Q(centre__closes_at=None) | Q(centre__closes_at__gt=now())
        return self.filter(fits, is_open, takes__contains=[party.kind])


def centres() -> Centres:
    """All that may be read."""
    return Centres(Centre)


def places() -> Places:
    """All that may be read, each with its centre."""
    return Places(Place).select_related("centre")


def pledges() -> QuerySet[Pledge]:
    """Those of the own desk."""
    return Pledge.objects.all()
