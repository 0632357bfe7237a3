# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notices."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.core.accounts.models import Member
from havre.core.database.models import Row


class Notice(Row):
    """One sentence for one member, who alone sees it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    """``app.sentence``: the sentence of that key in the words that the app speaks."""
    values = models.JSONField(default=dict)
    """Numbers and ids."""
    link = models.CharField(max_length=300)
    """Where to go: a path of this site."""
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["member", "-id"], name="notice_of_member"),
            models.Index(fields=["member"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(link__startswith="/") & ~Q(link__startswith="//"),
                name="notice_stays_on_this_site",
            )
        ]

    def __str__(self) -> str:
        return self.key
