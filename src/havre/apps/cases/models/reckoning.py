# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What follows from the events of a case, kept, so that a board of ten thousand cases need not compute it each time.

Nothing here is said by anybody. ``queries.reckoning`` computes it, ``cases_reckon()`` keeps it, and a trigger throws it
away as soon as something is added to the case.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.apps.cases.enums import CaseState
from havre.apps.cases.models.cases import Case
from havre.core.database.models import choices


class Reckoning(models.Model):
    """In which state a case is, whatever the day; and whether what is kept of it still holds."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="reckoning")
    version = models.PositiveIntegerField(default=0)
    """Counts what was added to the case, so that what was computed before it is not kept after it."""
    rules = models.CharField(max_length=16, blank=True)
    """By which rules it was computed (``queries.reckoning.stamp``); empty where it holds no longer."""
    state = models.CharField(max_length=20, choices=choices(CaseState), blank=True)
    since = models.DateField(null=True)
    """The day of the event that led to the state, or back to it; None before the first."""
    silent_from = models.DateField(null=True)
    """The first day on which silence counts as acceptance; None where it never will."""

    def __str__(self) -> str:
        return self.state


class Clock(models.Model):
    """Something that is to be done in a case from ``since`` to ``until``; it is overdue once ``due`` is over."""

    pk = models.CompositePrimaryKey("case", "rule", "due")
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    rule = models.CharField(max_length=40)
    """Of the engine's clocks, or of Havre's own (``queries.reckoning.OwnRule``)."""
    who = models.CharField(max_length=20)
    """Who must act: a shore, another actor of the engine's vocabulary, or the caseworkers of both shores."""
    due = models.DateField()
    binding = models.BooleanField()
    """False for a promise, which makes nothing overdue."""
    since = models.DateField()
    until = models.DateField(null=True)
    """The last day on which it is still to be done if nothing else happens; None for ever."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due"], name="clock_due", condition=Q(binding=True))]

    def __str__(self) -> str:
        return self.rule
