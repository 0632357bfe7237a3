# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The answer to a request."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.apps.cases.enums import Answer, Factor, Manner
from havre.apps.cases.models.cases import Case
from havre.apps.cases.models.said import Said, once_a_key
from havre.core.database.models import choices
from havre.words import Language


class Decision(Said):
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
            once_a_key("decision"),
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
