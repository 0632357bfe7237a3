# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Verdicts: what members said of pairs. The only labels that weights are learned from later."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.apps.tracing.enums import MEMBERS_ACTS, PairState
from havre.apps.tracing.models.pairs import Pair
from havre.core.accounts.enums import Shore
from havre.core.database.models import Row, choices


class Verdict(Row):
    """What a member did to a pair, when and why. Never changed. Both organisations read it."""

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="verdicts")
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    shore = models.CharField(max_length=20, choices=choices(Shore))
    kind = models.CharField(max_length=20, choices=[(act.value, act.value) for act in MEMBERS_ACTS])
    reason = models.CharField(max_length=40, blank=True)
    """A key of the published vocabulary."""
    true_on = models.DateField(null=True)
    """Of a reunion: the day."""
    version = models.PositiveIntegerField()
    """Of the pair that was judged."""
    pair_state_before = models.CharField(max_length=20, choices=choices(PairState))
    pair_state_after = models.CharField(max_length=20, choices=choices(PairState))
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        indexes: ClassVar = [models.Index(fields=["member", "kind", "pair"], name="verdict_of_member")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="verdict_once_a_key"),
            models.CheckConstraint(
                condition=Q(kind__in=[act.value for act in MEMBERS_ACTS]), name="verdict_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pair_id}"


class VerdictNote(Row):
    """What the member added in free words. It may tell details of the own side: its own organisation alone reads it."""

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="note")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    registration = models.ForeignKey("registry.Registration", models.PROTECT, related_name="+")
    """The own side of the pair, with which what the audit keeps of it is erased."""
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.verdict_id)
