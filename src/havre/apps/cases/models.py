# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of cases. What each may hold is said here and in the triggers; who reads it, in the policies."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.apps.cases.enums import Answer, Factor, Manner
from havre.core.accounts.enums import Shore
from havre.core.database.models import Row, choices
from havre.words import Language


class Case(Row):
    """A child's way to the family of a verified pair. Never changed: what becomes of it stands in its events."""

    pair = models.ForeignKey("tracing.Pair", models.PROTECT, related_name="cases")
    registration = models.ForeignKey("registry.Registration", models.PROTECT, related_name="+")
    """The child's."""
    family = models.ForeignKey("registry.Registration", models.PROTECT, related_name="+")
    """The relative's."""
    person = models.UUIDField()
    """The registry's person when it was opened: one case a child."""
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That registered the child, and asks."""
    other_organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """Of the pair's other side, which is asked."""
    child_shore = models.CharField(max_length=20, choices=choices(Shore))
    opened_by = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="case_once_a_child"),
            models.UniqueConstraint(fields=["organisation", "registration"], name="case_once_a_registration"),
        ]
        indexes: ClassVar = [models.Index(fields=["other_organisation"], name="case_of_other")]

    def __str__(self) -> str:
        return str(self.pk)


class _Said(Row):
    """What a member added to a case. Never changed. Both organisations read it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    shore = models.CharField(max_length=20, choices=choices(Shore))
    idempotency_key = models.UUIDField(null=True)

    class Meta:
        abstract = True


class Fact(_Said):
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
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="fact_once_a_key")
        ]

    def __str__(self) -> str:
        return self.key


class Decision(_Said):
    """The answer to a request, whole or not at all: ``cases_lacks()`` refuses one in which something is missing.

    Until a second member has agreed it is a draft. It is never changed: who asks again is given a new one.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    answer = models.CharField(max_length=20, choices=choices(Answer))
    route = models.CharField(max_length=60)
    written_in = models.CharField(max_length=2, choices=choices(Language))
    """The language of all its words."""
    in_short = models.TextField()
    """What the child is told, in plain words."""
    criteria = models.JSONField()
    """[{key, result, reason}], one for each condition of the route."""
    evidence_seen = models.JSONField()
    """[{what, document}]: a document of the registry by its id, or what it was in words."""
    evidence_missing = models.JSONField(default=list)
    """[{what, how}]: and how it could be given."""
    reunification = models.TextField()
    well_being = models.TextField()
    safety = models.TextField()
    views = models.TextField()
    """The child's own."""
    telling_language = models.CharField(max_length=35)
    """BCP 47 tag of the language that the child shall be told in."""
    telling_manner = models.CharField(max_length=20, choices=choices(Manner))
    again_how = models.TextField()
    again_until = models.DateField()
    helper = models.TextField()
    """Who helps the child to ask again."""
    decided_on = models.DateField()
    agreed_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    agreed_on = models.DateField(null=True)
    set_aside_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    """The draft was given up, by whoever wrote it or would not agree."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="decision_once_a_key"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_on__isnull=True)
                | Q(agreed_by__isnull=False, agreed_on__isnull=False, set_aside_by__isnull=True),
                name="decision_agreed_or_not",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def weighs(self, factor: Factor) -> str:
        """What was found of one factor of the best interests."""
        return str(getattr(self, factor.value))


class Event(_Said):
    """Something that happened to a case, on a day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    """An event of the engine's vocabulary."""
    happened_on = models.DateField()
    route = models.CharField(max_length=60, blank=True)
    """Of a request: under which route."""
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="event")
    """Of an answer: the decision that gives it."""
    position = models.PositiveIntegerField(default=0)
    """Counts the events of a case, as they were recorded; the database says it."""

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "position"], name="event_in_order"),
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="event_once_a_key"),
        ]

    def __str__(self) -> str:
        return self.kind


class Telling(_Said):
    """That a decision was told to the child: by whom, when, in which language."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tellings")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="telling")
    told_by = models.TextField()
    told_on = models.DateField()
    language = models.CharField(max_length=35)
    manner = models.CharField(max_length=20, choices=choices(Manner))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="telling_once_a_key")
        ]

    def __str__(self) -> str:
        return str(self.decision_id)
