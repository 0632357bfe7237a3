# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers that were given outside of Havre: a letter, a spreadsheet."""

from typing import ClassVar

from django.db import models

from havre.apps.cases.enums import Answer, AnswerSource
from havre.apps.cases.models.cases import Case
from havre.apps.cases.models.said import Event, Said, once_a_key
from havre.core.database.models import choices


class OutsideAnswer(Said):
    """An answer as it was given elsewhere. It is no decision, and counts neither as one nor as told."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="outside_answers")
    event = models.OneToOneField(Event, models.PROTECT, related_name="outside_answer")
    answer = models.CharField(max_length=20, choices=choices(Answer))
    words = models.TextField()
    """As they were given, letter by letter."""
    answered_on = models.DateField(null=True)
    """None where nobody knows: then no date is counted from it."""
    source = models.CharField(max_length=20, choices=choices(AnswerSource))
    source_said = models.TextField()
    """Which letter, or which file, sheet and line."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("outsideanswer")]
