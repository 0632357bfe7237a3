# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of answers that were given outside of Havre, on their way in."""

from typing import ClassVar

from django.db import models

from havre.apps.cases.enums import Answer, SheetState
from havre.core.database.models import Row, choices


class AnswerSheet(Row):
    """One sheet, one row a child. Nothing of it is in a case before a member has looked at it and accepted."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    file = models.ForeignKey("files.File", models.SET_NULL, null=True, related_name="+")
    """None once it has been given up."""
    name = models.TextField()
    """Of the file."""
    unsaid = models.CharField(max_length=20, choices=choices(Answer), blank=True)
    """What a row means that names no answer; empty where such a row is left out."""
    state = models.CharField(max_length=12, choices=choices(SheetState), default=SheetState.WAITING)
    found = models.JSONField(default=dict)
    """Line to the registrations that its child may be: {"of": [id], "sure": whether the line names that very one,
    "named": whether it says a name to register}."""
    chosen = models.JSONField(default=dict)
    """Line to what a member chose: the id of a registration, ``new``, or ``leave``."""
    written = models.JSONField(default=dict)
    """Line to the case that its answer stands in."""
    remarks = models.JSONField(default=list)
    """[{en, fr}]: what of the sheet could not be read, and where."""
    job = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-recorded_at", "-id"], name="sheet_own_newest")
        ]

    def __str__(self) -> str:
        return str(self.pk)
