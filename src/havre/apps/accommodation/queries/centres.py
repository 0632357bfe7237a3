# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres and their places."""

from django.db.models import QuerySet

from havre.apps.accommodation.models import Centre, Place
from havre.core.access import current_actor


class Centres(QuerySet[Centre]):
    """Centres that the acting organisation runs, or places people in."""

    def run_by_us(self) -> "Centres":
        """That the own organisation runs."""
        return self.filter(organisation=current_actor().organisation_id)

    def with_places(self) -> "Centres":
        """Each with its places and who runs it."""
        return self.select_related("organisation").prefetch_related("places")


def centres() -> Centres:
    """All that may be read."""
    return Centres(Centre)


def places() -> QuerySet[Place]:
    """All that may be read, each with its centre."""
    return Place.objects.select_related("centre")
