# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists that are imported: handed in, read, looked at, accepted, written."""

from typing import ClassVar

from django.db import models

from havre.apps.registry.enums import ImportState
from havre.core.database.models import Row, choices


class ListImport(Row):
    """One list on its way in. Nothing of it is in the registry before a member has accepted the preview."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    source = models.TextField()
    """The list's name, the same each time it is imported: ids are compared within it."""
    language = models.CharField(max_length=2)
    """Of the remarks and of the refused lines."""
    file = models.ForeignKey("files.File", models.SET_NULL, null=True, related_name="+")
    """An .xlsx, one CSV of both tables, or the people; None once it has been given up."""
    links_file = models.ForeignKey("files.File", models.SET_NULL, null=True, related_name="+")
    """The family links, where they came as a file of their own."""
    state = models.CharField(max_length=12, choices=choices(ImportState), default=ImportState.WAITING)
    counts = models.JSONField(default=dict)
    """What the preview found, then what was done: how many lines are new, changed, unchanged, erased, refused."""
    remarks = models.JSONField(default=list)
    """Places, keys of sentences and values: dates, ages and words of a vocabulary."""
    consents = models.JSONField(default=list)
    """What those on the list said when they were asked, as the member who accepted it knows."""
    job = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-recorded_at", "-id"], name="import_own_newest"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
