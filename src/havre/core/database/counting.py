# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several counts, asked of the database at once."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counted_together(**found: "QuerySet[Any]") -> dict[str, int]:
    """How many rows each of ``found`` has, by name, in one statement; the row policies hold as for each alone."""
    asked: dict[str, tuple[str, tuple[Any, ...]]] = {}
    for name, rows in found.items():
        try:
            asked[name] = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # Django knows without asking
            continue
    counts = dict.fromkeys(found, 0)
    if asked:
        parts = ", ".join(f"(SELECT count(*) FROM ({sql}) found)" for sql, _ in asked.values())  # noqa: S608 - Django's own
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {parts}", [value for _, values in asked.values() for value in values])
            row = cursor.fetchone() or ()
        counts |= dict(zip(asked, map(int, row), strict=True))
    return counts
