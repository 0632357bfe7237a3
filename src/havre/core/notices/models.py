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


class Feed(Row):
    """A member's calendar by a secret link, which only its hash is kept of."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)
    hashed = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret, in hexadecimal digits."""
    ended_at = models.DateTimeField(null=True)
    """From when on it opens nothing."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at__isnull=True), name="one_feed_a_member"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Digest(Row):
    """That a member wants a mail a day on how much waits."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)
    sent_on = models.DateField(null=True)
    """The day of the last mail."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["member"], name="one_digest_a_member")]

    def __str__(self) -> str:
        return str(self.pk)
