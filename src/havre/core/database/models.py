# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every row holds: a key, where it was recorded and when; and what a column of words may hold."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.utils import timezone

from havre.core.database.ids import uuid7


def this_instance() -> str:
    """The name of this instance, as ``HAVRE_ORIGIN`` says it."""
    return str(settings.HAVRE_ORIGIN)


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """What a column may hold; the words for it depend on who reads and are not kept in the table."""
    return [(each.value, each.value) for each in enum]


class Row(models.Model):
    """A row that another instance, or a phone without a network, may one day exchange with this one.

    The values come from Python: a column that the database fills would be read back with RETURNING, which row
    level security refuses to whoever may write a row but not read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.CharField(max_length=100, default=this_instance, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
