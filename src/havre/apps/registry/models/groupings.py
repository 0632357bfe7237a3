# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether two registrations are of one person: proposed by a program, decided by a person, undone at any time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.apps.registry.enums import GroupingState
from havre.apps.registry.models.people import Registration
from havre.core.database.models import Row, choices


class Grouping(Row):
    """Two registrations that may be of one person. There is one row for two registrations, whatever their order."""

    registration_a = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    registration_b = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """Who proposed it."""
    probability = models.FloatField(null=True)
    """As the program saw it; None where a member saw it first."""
    bits = models.JSONField(default=dict)
    """Part to bits of evidence."""
    state = models.CharField(max_length=12, choices=choices(GroupingState), default=GroupingState.PROPOSED)
    decided_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "-probability", "id"], name="grouping_by_probability"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(registration_a__lt=F("registration_b")), name="grouping_in_one_order"
            ),
            models.UniqueConstraint(
                fields=["registration_a", "registration_b"], name="grouping_once_for_two_registrations"
            ),
            models.CheckConstraint(
                condition=Q(state=GroupingState.PROPOSED) | Q(decided_by__isnull=False),
                name="grouping_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_a_id} {self.registration_b_id}"
