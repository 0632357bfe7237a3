# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows whose moment is shown to people."""

from typing import Any

from havre.core.clock import now
from havre.core.database.models import Row


class Dated(Row):
    """A row that people read the moment of: it was recorded by the clock that every other date on the page goes by."""

    class Meta:
        abstract = True

    def __init__(self, *values: Any, **said: Any) -> None:
        if not values:  # which come from the database
            said.setdefault("recorded_at", now())
        super().__init__(*values, **said)
