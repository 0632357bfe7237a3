# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why a case was closed, or opened again."""

from typing import ClassVar

from django.db import models

from havre.apps.cases.enums import ClosingReason
from havre.apps.cases.models.cases import Case
from havre.apps.cases.models.said import Event, Said, once_a_key
from havre.core.database.models import choices


class Closing(Said):
    """The reason of a closing, and its words; of a reopening the words alone."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="closings")
    event = models.OneToOneField(Event, models.PROTECT, related_name="closing")
    reason = models.CharField(max_length=20, choices=choices(ClosingReason), blank=True)
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("closing")]
