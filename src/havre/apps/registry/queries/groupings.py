# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Proposals that two registrations are of one person."""

from uuid import UUID

from django.db.models import Q, QuerySet

from havre.apps.registry.enums import GroupingState
from havre.apps.registry.models import Grouping

SIDES = ("registration_a", "registration_b")


class Groupings(QuerySet[Grouping]):
    """Proposals and decisions that may be read."""

    def open(self) -> "Groupings":
        """Not decided yet."""
        return self.filter(state=GroupingState.PROPOSED)

    def decided(self) -> "Groupings":
        """Decided by a member, one way or the other."""
        return self.exclude(state=GroupingState.PROPOSED)

    def of_registration(self, registration_id: UUID) -> "Groupings":
        """In which a registration stands."""
        return self.filter(Q(registration_a=registration_id) | Q(registration_b=registration_id))

    def of_person(self, person_id: UUID) -> "Groupings":
        """In which a registration of a person stands."""
        return self.filter(Q(registration_a__person=person_id) | Q(registration_b__person=person_id))

    def with_names(self) -> "Groupings":
        """Each with both registrations and what a line of a list shows of them."""
        joined = (f"{side}__{what}" for side in SIDES for what in ("person", "own_person", "organisation"))
        return self.select_related("decided_by__account", *joined).prefetch_related(
            *(f"{side}__{what}" for side in SIDES for what in ("names", "ages"))
        )

    def with_both(self) -> "Groupings":
        """Each with both registrations, what was said in them, and their people."""
        said = (f"{side}__{what}" for side in SIDES for what in ("contacts", "links"))
        return self.with_names().prefetch_related(*said)

    def surest_first(self) -> "Groupings":
        """The most probable first; what a member proposed before all."""
        return self.order_by("-probability", "id")


def groupings() -> Groupings:
    """All that may be read."""
    return Groupings(Grouping)
