# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of pairs by key, in the order of their probability."""

from havre.apps.tracing.models import Pair
from havre.apps.tracing.queries.pairs import PairQuerySet
from havre.core.database import pages
from havre.core.database.pages import Order, Page

__all__ = ["Page", "page_after"]

MOST_PROBABLE_FIRST = Order("probability", write=repr, read=float, newest_first=False)


def page_after(rows: PairQuerySet, cursor: str = "", size: int = 50) -> Page[Pair]:
    """The page that a cursor names, the most probable pairs first; the first page where it names none."""
    return pages.page_after(rows, MOST_PROBABLE_FIRST, cursor, size)
