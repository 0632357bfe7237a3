# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Units: how many of each place are lived in, promised, blocked and free."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Count, Q

from havre.apps.accommodation.models import Place, UnitUse
from havre.core.clock import now, today


@dataclass(frozen=True, slots=True)
class Filled:
    """The units of places on a day. Adds up."""

    units: int = 0
    lived_in: int = 0
    promised: int = 0
    blocked: int = 0

    @property
    def free(self) -> int:
        """Neither lived in, promised nor blocked."""
        return self.units - self.lived_in - self.promised - self.blocked

    def __add__(self, other: "Filled") -> "Filled":
        return Filled(
            self.units + other.units,
            self.lived_in + other.lived_in,
            self.promised + other.promised,
            self.blocked + other.blocked,
        )


def filled_places(day: date, centres: Iterable[UUID] | None = None) -> dict[UUID, Filled]:
    """Place to its units on that day, of the centres that may be read (or of these); one query."""
    then = Q(uses__starts__lte=day) & (Q(uses__ends=None) | Q(uses__ends__gt=day))
    places = Place.objects.all() if centres is None else Place.objects.filter(centre__in=list(centres))
    counted = places.order_by().annotate(
        lived_in=Count("uses", then & Q(uses__stay__isnull=False)),
        promised=Count("uses", then & Q(uses__promise__isnull=False)),
        blocked=Count("uses", then & Q(uses__block__isnull=False)),
    )
    found = counted.values_list("pk", "units", "lived_in", "promised", "blocked")
    return {key: Filled(*counts) for key, *counts in found}


def free_units(day: date) -> dict[UUID, int]:
    """Place to the units that are free from that day on with no end in sight; none where the centre is not open.

    A unit that will be blocked later counts as taken: whoever moves in stays. One query.
    """
    later = Q(uses__ends=None) | Q(uses__ends__gt=day)
    from_when = max(now(), datetime.combine(day, datetime.min.time(), UTC)) if day >= today() else now()
    is_open = (Q(centre__opens_on=None) | Q(centre__opens_on__lte=day)) & (
        Q(centre__closes_at=None) | Q(centre__closes_at__gt=from_when)
    )
    found = (
        Place.objects.order_by()
        .annotate(taken=Count("uses__number", later & Q(uses__isnull=False), distinct=True))
        .annotate(open=Count("pk", is_open, distinct=True))
        .values_list("pk", "units", "taken", "open")
    )
    return {key: (units - taken) * opened for key, units, taken, opened in found}


def free_numbers(places: Iterable[Place], day: date) -> dict[UUID, list[int]]:
    """Place to the numbers of the units that nobody has from that day on, the lowest first; one query."""
    taken: defaultdict[UUID, set[int]] = defaultdict(set)
    known = list(places)
    standing = UnitUse.objects.filter(Q(ends=None) | Q(ends__gt=day), place__in=known)
    for place, number in standing.values_list("place", "number"):
        taken[place].add(number)
    return {each.pk: sorted(set(range(1, each.units + 1)) - taken[each.pk]) for each in known}
