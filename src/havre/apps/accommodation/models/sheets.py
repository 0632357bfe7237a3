# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spreadsheets of centres or of parties, on their way in."""

from typing import ClassVar

from django.db import models

from havre.apps.accommodation.enums import SheetKind, SheetState
from havre.apps.accommodation.models.dated import Dated
from havre.core.database.models import choices


class Sheet(Dated):
    """One spreadsheet. Nothing of it is written before a member has looked at it and accepted."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(SheetKind))
    file = models.ForeignKey("files.File", models.SET_NULL, null=True, related_name="+")
    """None once it has been given up."""
    name = models.TextField()
    """Of the file."""
    language = models.CharField(max_length=2)
    """Of the remarks and of the refused lines."""
    state = models.CharField(max_length=12, choices=choices(SheetState), default=SheetState.WAITING)
    counts = models.JSONField(default=dict)
    """What the preview found, then what was done: how many lines are new, changed, unchanged, refused."""
    remarks = models.JSONField(default=list)
    """Places, keys of sentences and values."""
    job = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-recorded_at", "-id"], name="beds_sheet_own_newest")
        ]

    def __str__(self) -> str:
        return str(self.pk)
