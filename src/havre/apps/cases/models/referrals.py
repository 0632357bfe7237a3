# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one organisation hands to another: a child is referred with an extract, or the case is transferred."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from havre.apps.cases.enums import ReferralAct, ReferralKind
from havre.apps.cases.models.cases import Case
from havre.core.accounts.enums import Shore
from havre.core.database.models import Row, choices


class Referral(Row):
    """That a child was referred: by whom, to whom, until when an answer is awaited. Never changed; it has no words."""

    kind = models.CharField(max_length=20, choices=choices(ReferralKind))
    registration = models.ForeignKey("registry.Registration", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="referrals")
    """None where the child has none."""
    along = ArrayField(models.UUIDField(), default=list)
    """The cases of brothers and sisters that a transfer hands over with it."""
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That refers: it registered the child, or leads the case."""
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    answer_by = models.DateField()
    """The last day on which an answer is in time."""
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-recorded_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="referral_once_a_key"),
            models.CheckConstraint(
                condition=~Q(organisation=F("recipient")), name="referral_to_somebody_else"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["recipient"], name="referral_of_recipient")]

    def __str__(self) -> str:
        return str(self.pk)


class Extract(Row):
    """What went along with a referral, word for word: the recipient reads it as long as the child's consent holds."""

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="extract")
    asked = models.TextField()
    """What the recipient is asked to do."""
    fields = models.JSONField()
    """[[field, value]], each named by whoever referred; values as the registration had them that day."""
    siblings = models.JSONField(default=list)
    """Registrations of brothers and sisters, by id."""
    siblings_said = models.TextField(blank=True)
    """Who goes along, who does not and why; that none is known."""

    def __str__(self) -> str:
        return str(self.referral_id)


class ReferralStep(Row):
    """What was done to a referral, and by which side. Added, never changed."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20, choices=choices(ReferralAct))
    words = models.TextField(blank=True)
    """The reason, where one is asked for."""
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    shore = models.CharField(max_length=20, choices=choices(Shore))
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "act"], name="referralstep_once"),
            models.UniqueConstraint(
                fields=["organisation", "idempotency_key"], name="referralstep_once_a_key"
            ),
        ]

    def __str__(self) -> str:
        return self.act
