# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tables have in common, as migrations make them: columns as they were on the day of the migration."""

from functools import partial
from typing import Any

import django.utils.timezone
from django.db import models

import havre.core.database.ids
import havre.core.database.models

ORGANISATION, MEMBER = "accounts.organisation", "accounts.member"
ROW = (
    (
        "id",
        models.UUIDField(
            default=havre.core.database.ids.uuid7, editable=False, primary_key=True, serialize=False
        ),
    ),
    (
        "origin",
        models.CharField(default=havre.core.database.models.this_instance, editable=False, max_length=100),
    ),
    ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
)
to = partial(models.ForeignKey, on_delete=models.PROTECT, related_name="+")


def word(said: str, **options: Any) -> "models.CharField[str, str]":
    """One of several words."""
    return models.CharField(choices=[(each, each) for each in said.split()], **{"max_length": 20, **options})
