# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members add to a case: events, facts, that the child was told."""

from typing import ClassVar

from django.db import models

from havre.apps.cases.enums import Manner
from havre.apps.cases.models.cases import Case
from havre.core.accounts.enums import Shore
from havre.core.database.models import Row, choices


class Said(Row):
    """What a member added to a case. Never changed. Both organisations read it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    shore = models.CharField(max_length=20, choices=choices(Shore))
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


def once_a_key(model: str) -> models.UniqueConstraint:
    """The same key from the same organisation is the same act."""
    return models.UniqueConstraint(fields=["organisation", "idempotency_key"], name=f"{model}_once_a_key")


class Fact(Said):
    """What is known of the child, or of the relative, for the routes: the last that was said of a fact counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="facts")
    key = models.CharField(max_length=60)
    """A fact of the engine's vocabulary."""
    value = models.JSONField()
    """True, false, a choice, a day (ISO); "unknown" takes back what was said."""
    how = models.TextField(blank=True)
    """From where it is known."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [once_a_key("fact")]

    def __str__(self) -> str:
        return self.key


class Event(Said):
    """Something that happened to a case, on a day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    """An event of ``events.toml``."""
    happened_on = models.DateField()
    route = models.CharField(max_length=60, blank=True)
    """Of a request: under which route."""
    decision = models.OneToOneField("cases.Decision", models.PROTECT, null=True, related_name="event")
    """Of an answer: the decision that gives it."""
    position = models.PositiveIntegerField(default=0)
    """Counts the events of a case, as they were recorded; the database says it."""

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "position"], name="event_in_order"),
            once_a_key("event"),
        ]

    def __str__(self) -> str:
        return self.kind


class Telling(Said):
    """That a decision was told to the child: by whom, when, in which language."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tellings")
    decision = models.OneToOneField("cases.Decision", models.PROTECT, related_name="telling")
    told_by = models.TextField()
    told_on = models.DateField()
    language = models.CharField(max_length=35)
    manner = models.CharField(max_length=20, choices=choices(Manner))

    class Meta:
        constraints: ClassVar = [once_a_key("telling")]

    def __str__(self) -> str:
        return str(self.decision_id)
