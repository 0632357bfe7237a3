# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of pairs by key, in the order of their probability."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.db.models import Q

from havre.apps.registry.queries import Page
from havre.apps.tracing.models import Pair
from havre.apps.tracing.queries.pairs import PairQuerySet

__all__ = ["Page", "page_after"]


def page_after(rows: PairQuerySet, cursor: str = "", size: int = 50) -> Page[Pair]:
    """The page that a cursor names, the most probable pairs first; the first page where it names none."""
    back, at = _read(cursor)
    if at is None:
        found = list(rows.order_by("-probability", "id")[: size + 1])
        return Page(
            found[:size], next=_cursor("n", found[size - 1]) if len(found) > size else "", previous=""
        )
    probability, key = at
    if back:
        beyond = Q(probability__gte=probability) & (Q(probability__gt=probability) | Q(id__lt=key))
        found = list(rows.filter(beyond).order_by("probability", "-id")[: size + 1])
        shown = found[:size][::-1]
        return Page(
            shown,
            next=_cursor("n", shown[-1]) if shown else "",
            previous=_cursor("p", shown[0]) if len(found) > size else "",
        )
    # The first condition lets the index be used, the second one is exact.
    beyond = Q(probability__lte=probability) & (Q(probability__lt=probability) | Q(id__gt=key))
    found = list(rows.filter(beyond).order_by("-probability", "id")[: size + 1])
    shown = found[:size]
    return Page(
        shown,
        next=_cursor("n", shown[-1]) if len(found) > size else "",
        previous=_cursor("p", shown[0]) if shown else "",
    )


def _cursor(direction: str, row: Pair) -> str:
    return urlsafe_b64encode(f"{direction}{row.probability!r} {row.id}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[bool, tuple[float, UUID] | None]:
    try:
        said = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        probability, key = said[1:].split(" ")
        return said[0] == "p", (float(probability), UUID(key))
    except (ValueError, IndexError):  # nothing is gained by telling who plays with an address
        return False, None
