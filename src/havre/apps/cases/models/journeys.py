# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journey to the other shore, and how the child is afterwards."""

from typing import ClassVar

from django.db import models

from havre.apps.cases.enums import PlanPart
from havre.apps.cases.models.cases import Case
from havre.apps.cases.models.said import Event, Said, once_a_key
from havre.core.database.models import choices


class TransferPlan(Said):
    """When a child travels. Those who travel together share the journey. The last plan of a case counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    event = models.OneToOneField(Event, models.PROTECT, related_name="plan")
    journey = models.UUIDField()
    travels_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        indexes: ClassVar = [models.Index(fields=["journey"], name="plan_of_journey")]
        constraints: ClassVar = [once_a_key("transferplan")]


class PlanStep(Said):
    """One part of a plan: who does it, on which day, and whether they have confirmed; the last that was said counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="plan_steps")
    plan = models.ForeignKey(TransferPlan, models.PROTECT, related_name="steps")
    part = models.CharField(max_length=20, choices=choices(PlanPart))
    who = models.TextField()
    on_day = models.DateField()
    confirmed = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("planstep")]


class FollowUp(Said):
    """How the child was, so many weeks after the arrival."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    event = models.OneToOneField(Event, models.PROTECT, related_name="follow_up")
    weeks = models.PositiveSmallIntegerField()
    """Which of those that are due (``rules.toml``)."""
    seen_by = models.TextField()
    well = models.BooleanField(null=True)
    """Whether the child is safe and well; None where it could not be said."""
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("followup")]
