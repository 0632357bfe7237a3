# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the registry's lists, the newest rows first."""

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from havre.core.database import pages
from havre.core.database.models import Row
from havre.core.database.pages import Order, Page

__all__ = ["Page", "page_after"]

R = TypeVar("R", bound=Row)
NEWEST_FIRST = Order("recorded_at", write=datetime.isoformat, read=datetime.fromisoformat)


def page_after(rows: QuerySet[R], cursor: str = "", size: int = 50) -> Page[R]:
    """The page that a cursor names; the first one where it names none or was damaged."""
    return pages.page_after(rows, NEWEST_FIRST, cursor, size)
