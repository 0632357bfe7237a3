# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be said of a person several times, and differ: names, ages, contacts, documents. Nothing is overwritten."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5

from havre.apps.registry.enums import AgeMethod, ContactKind, NameKind, Writer
from havre.apps.registry.models.people import Registration
from havre.core.database.models import Row, choices
from havre.engines.linkage.records import BirthKind


class Name(Row):
    """One spelling of a name."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="names")
    written = models.TextField()
    """As written, in any script."""
    script = models.CharField(max_length=10)
    """As a language tag without a language: ``und-Arab``; ``und`` where it is mixed or none of ours."""
    language = models.CharField(max_length=35, blank=True)
    """BCP 47 tag, where somebody said it."""
    kind = models.CharField(max_length=10, choices=choices(NameKind), default=NameKind.OWN)
    written_by = models.CharField(max_length=12, choices=choices(Writer))
    said_on = models.DateField()
    parts = models.JSONField(default=list)
    """``[{"text": ..., "role": ...}]`` in the order written; empty where nobody said which part is what."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(F("registration"), MD5("written"), name="name_once_a_spelling"),
            models.CheckConstraint(condition=~Q(written=""), name="name_is_written"),
        ]

    def __str__(self) -> str:
        return self.written


class AgeEvidence(Row):
    """An interval of birth dates, and how it is known. A person has several; none is overwritten."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="ages")
    earliest = models.DateField()
    latest = models.DateField()
    kind = models.CharField(max_length=20, choices=choices(BirthKind))
    true_on = models.DateField()
    """The day it was said, shown or assessed."""
    method = models.CharField(max_length=12, choices=choices(AgeMethod))
    assessor = models.TextField(blank=True)
    disputed = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(earliest__lte=F("latest")), name="age_earliest_before_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.earliest}/{self.latest}"


class Contact(Row):
    """How somebody can be reached."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=choices(ContactKind))
    value = models.TextField()
    since = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(F("registration"), F("kind"), MD5("value"), name="contact_once"),
        ]

    def __str__(self) -> str:
        return self.value


class Document(Row):
    """A paper somebody showed, with or without a picture of it."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="documents")
    kind = models.TextField()
    number = models.TextField(blank=True)
    issued_by = models.TextField(blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.kind
