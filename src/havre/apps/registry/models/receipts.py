# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an action with an idempotency key has made."""

from typing import ClassVar

from django.db import models

from havre.core.database.models import Row


class Receipt(Row):
    """An action was done with this key: who sends it again, over a bad line, gets what it made the first time."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    key = models.UUIDField()
    action = models.CharField(max_length=30)
    made = models.UUIDField()
    """The row that the action made."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="receipt_once_a_key"),
        ]

    def __str__(self) -> str:
        return str(self.key)
