# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a list by key: as quick on the thousandth page as on the first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.core.database.models import Row

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows in their order, and the cursors of the pages around them; empty where there is none."""

    rows: list[R]
    next: str
    previous: str


@dataclass(frozen=True, slots=True)
class Order:
    """The largest values of a column first; of equal ones the newest row first, or the oldest."""

    field: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    """Gives back what ``write`` wrote; ValueError for anything else."""
    newest_first: bool = True

    def columns(self, *, back: bool) -> tuple[str, str]:
        """What to sort by, forwards or back."""
        return ("" if back else "-") + self.field, ("-" if self.newest_first is not back else "") + "id"

    def beyond(self, value: Any, key: UUID, *, back: bool) -> Q:
        """The rows behind one, or before it. The first condition lets the index be used, the second is exact."""
        side, key_side = ("gt" if back else "lt"), ("gt" if self.newest_first is back else "lt")
        exact = Q(**{f"{self.field}__{side}": value}) | Q(**{f"id__{key_side}": key})
        return Q(**{f"{self.field}__{side}e": value}) & exact

    def cursor(self, direction: str, row: Row) -> str:
        """The place of a row, as a page hands it to whoever goes on from there."""
        said = f"{direction}{self.write(getattr(row, self.field))} {row.id}"
        return urlsafe_b64encode(said.encode()).decode().rstrip("=")

    def place(self, cursor: str) -> tuple[bool, tuple[Any, UUID] | None]:
        """Whether to go back, and from where; from nowhere where the cursor was damaged."""
        try:
            said = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
            value, key = said[1:].split(" ")
            return said[0] == "p", (self.read(value), UUID(key))
        except (ValueError, IndexError):  # nothing is gained by telling who plays with an address
            return False, None


def page_after(rows: QuerySet[R], order: Order, cursor: str, size: int) -> Page[R]:
    """The page that a cursor names; the first one where it names none or was damaged."""
    back, at = order.place(cursor)
    if at is not None:
        rows = rows.filter(order.beyond(*at, back=back))
    found = list(rows.order_by(*order.columns(back=back))[: size + 1])
    shown, more = found[:size], len(found) > size
    if back:
        shown.reverse()
    return Page(
        shown,
        next=order.cursor("n", shown[-1]) if shown and (more or back) else "",
        previous=order.cursor("p", shown[0]) if shown and (more if back else at is not None) else "",
    )
