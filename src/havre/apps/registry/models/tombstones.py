# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stays of somebody who was erased, so that a list that is imported again does not bring them back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.apps.registry.models.people import Registration
from havre.core.database.models import Row


class Tombstone(Row):
    """The keyed fingerprints of one line of a list (``actions.fingerprints`` says of what, and against whom)."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """Whose lists it keeps out; another organisation's own lists are its own to answer for."""
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="+")
    """The empty row: whoever is refused a line finds there how to register the person anew."""
    key_id = models.CharField(max_length=16)
    """Of the secret that the fingerprints were made with; with another one they recognise nobody."""
    of_line = models.CharField(max_length=64)
    """Of the list's name and the id of the line."""
    of_words = models.CharField(max_length=64, blank=True)
    """Of the id and the names, whatever the list is called; empty where the line had no name."""
    lifted_at = models.DateTimeField(null=True)
    """From then on a list may bring the person back."""
    lifted_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    """Why: what the person asked for, in words."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "of_line"],
                condition=Q(lifted_at__isnull=True),
                name="tombstone_once_a_line",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(reason="")),
                name="tombstone_lifted_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.registration_id)
