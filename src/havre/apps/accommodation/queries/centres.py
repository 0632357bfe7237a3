# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres and their places."""

from django.db.models import QuerySet

from havre.apps.accommodation.models import Centre, Place


class Centres(QuerySet[Centre]):
    """Centres that the acting organisation runs, or places people in."""

    def with_places(self) -> "Centres":
        """Each with its places and who runs it."""
        return self.select_related("organisation").prefetch_related("places")


def centres() -> Centres:
    """All that may be read."""
    return Centres(Centre)


def places() -> QuerySet[Place]:
    """All that may be read, each with its centre."""
    return Place.objects.select_related("centre")
