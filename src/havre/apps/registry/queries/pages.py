# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a list by key: as quick on the thousandth page as on the first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.core.database.models import Row

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows, newest first, and the cursors of the pages around them; empty where there is none."""

    rows: list[R]
    next: str
    previous: str


def page_after(rows: QuerySet[R], cursor: str = "", size: int = 50) -> Page[R]:
    """The page that a cursor names; the first one where it names none or was damaged."""
    back, at = _read(cursor)
    if at is None:
        found = list(rows.order_by("-recorded_at", "-id")[: size + 1])
        return _page(found, size, before=False)
    moment, key = at
    if back:
        beyond = Q(recorded_at__gte=moment) & (Q(recorded_at__gt=moment) | Q(id__gt=key))
        found = list(rows.filter(beyond).order_by("recorded_at", "id")[: size + 1])
        return _page_before(found, size)
    # The first condition lets the index be used, the second one is exact.
    beyond = Q(recorded_at__lte=moment) & (Q(recorded_at__lt=moment) | Q(id__lt=key))
    return _page(list(rows.filter(beyond).order_by("-recorded_at", "-id")[: size + 1]), size, before=True)


def _page(found: list[R], size: int, *, before: bool) -> Page[R]:
    rows = found[:size]
    return Page(
        rows,
        next=_cursor("n", rows[-1]) if len(found) > size else "",
        previous=_cursor("p", rows[0]) if before and rows else "",
    )


def _page_before(found: list[R], size: int) -> Page[R]:
    rows = found[:size][::-1]
    return Page(
        rows,
        next=_cursor("n", rows[-1]) if rows else "",
        previous=_cursor("p", rows[0]) if len(found) > size else "",
    )


def _cursor(direction: str, row: R) -> str:
    return (
        urlsafe_b64encode(f"{direction}{row.recorded_at.isoformat()} {row.id}".encode()).decode().rstrip("=")
    )


def _read(cursor: str) -> tuple[bool, tuple[datetime, UUID] | None]:
    try:
        said = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, key = said[1:].split(" ")
        return said[0] == "p", (datetime.fromisoformat(moment), UUID(key))
    except (ValueError, IndexError):  # nothing is gained by telling who plays with an address
        return False, None
