# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brothers and sisters whose cases stay together."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.apps.cases.enums import PartedWhy
from havre.apps.cases.models.cases import Case
from havre.apps.cases.models.said import Said, once_a_key
from havre.core.database.models import choices


class GroupStep(Said):
    """That a case joined a group of brothers and sisters, or was parted from it, and why. The last step counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="group_steps")
    group = models.UUIDField()
    joined = models.BooleanField()
    why = models.CharField(max_length=20, choices=choices(PartedWhy), blank=True)
    """Of a parting: what it rests on; empty of a joining."""
    reasons = models.TextField()
    position = models.PositiveIntegerField(default=0)
    """Counts the steps of a case, as they were recorded; the database says it."""
    told = ArrayField(models.UUIDField(), default=list)
    """Of a parting: the organisations that lead the cases of the others, and read its reasons; the database says it."""

    class Meta:
        ordering: ClassVar = ["position"]
        indexes: ClassVar = [models.Index(fields=["group"], name="groupstep_of_group")]
        constraints: ClassVar = [
            once_a_key("groupstep"),
            models.UniqueConstraint(fields=["case", "position"], name="groupstep_in_order"),
            models.CheckConstraint(
                condition=Q(joined=True, why="") | (Q(joined=False) & ~Q(why="")), name="parted_for_a_reason"
            ),
        ]
