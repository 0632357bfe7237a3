# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who stands by the child, in which language one speaks with them, and what is best for them."""

from typing import ClassVar

from django.db import models

from havre.apps.cases.enums import RepresentativeKind
from havre.apps.cases.models.cases import Case
from havre.apps.cases.models.said import Said, once_a_key
from havre.core.database.models import choices
from havre.words import Language


class Representative(Said):
    """Somebody who stands by the child: of each kind the last that was said counts; an empty name takes it back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="representatives")
    kind = models.CharField(max_length=25, choices=choices(RepresentativeKind))
    name = models.TextField(blank=True)
    reach = models.TextField(blank=True)
    """How they are reached."""
    since = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("representative")]


class Spoken(Said):
    """The language to speak with the child in; the last that was said counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="spoken")
    language = models.CharField(max_length=35)
    interpreter = models.BooleanField(null=True)
    """Whether an interpreter is needed; None where nobody said."""
    note = models.TextField(blank=True)
    """Dialect; by whom not."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("spoken")]


class Assessment(Said):
    """What is best for the child, by the four factors, outside of a decision. The last one stands on the page."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    assessed_on = models.DateField()
    written_in = models.CharField(max_length=2, choices=choices(Language))
    took_part = models.TextField()
    """Who was there, the interpreter too."""
    reunification = models.TextField()
    well_being = models.TextField()
    safety = models.TextField()
    views = models.TextField()
    """The child's own."""
    conclusion = models.TextField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("assessment")]


class Determination(Said):
    """What a panel found to be best for the child: the options that it weighed, and who thought otherwise."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="determinations")
    held_on = models.DateField()
    written_in = models.CharField(max_length=2, choices=choices(Language))
    panel = models.JSONField()
    """[{name, of}]: who was there, and for which organisation."""
    options = models.JSONField()
    """[{option, weighed}]: what could be done, and what speaks for and against it."""
    views = models.TextField()
    """The child's own."""
    determined = models.TextField()
    """What was found best, and why."""
    apart = models.BooleanField()
    """Whether it finds that the child may travel without brothers and sisters."""
    dissent = models.TextField(blank=True)
    """Who thought otherwise, and why; empty where nobody did."""
    review_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("determination")]
