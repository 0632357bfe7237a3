# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages show of those whom a coach left without."""

from dataclasses import dataclass
from uuid import UUID

from havre.apps.accommodation.models import Departure, Passenger, Promise, Stay
from havre.apps.accommodation.queries.departing.seats import STANDS, left_behind, with_children
from havre.core.access import current_actor
from havre.core.audit import record_read


@dataclass(frozen=True, slots=True)
class Behind:
    """Some of a party whom a coach left without."""

    seat: Passenger
    children: bool
    """Whether one of them may be a child alone."""
    is_open: bool = True
    """Whether nobody has said what became of them."""


def those_behind() -> list[Behind]:
    """Of the own desk, as long as nobody has said what became of them; two queries."""
    found = list(left_behind())
    young = left_behind().filter(with_children()).values_list("pk", flat=True)
    alone = set(young) if found else set()
    return [Behind(each, each.pk in alone) for each in found]


def behind_of(pk: UUID) -> Behind | None:
    """A seat of the own desk; None of others'. That its party was read is put on record."""
    own = Passenger.objects.select_related("party", "stop__departure", "stop__centre", "behind_by__account")
    seat = own.filter(desk=current_actor().organisation_id, pk=pk).first()
    if seat is None:
        return None
    record_read("accommodation_party", seat.party_id, seat.party_id)
    open_now = left_behind().filter(pk=pk)
    return Behind(seat, open_now.filter(with_children()).exists(), is_open=open_now.exists())


def rides_for(seat: Passenger) -> list[Departure]:
    """Coaches that stand and stop where the party of a seat is to live."""
    standing = Departure.objects.filter(organisation=seat.desk_id, state__in=STANDS)
    return list(standing.filter(stops__centre=home_of(seat)).order_by("leaves_at", "pk"))


def home_of(seat: Passenger) -> UUID | None:
    """The centre where a party lives, or else where a place is promised to it."""
    stay = Stay.objects.filter(party=seat.party_id, ends=None).values_list("place__centre", flat=True).first()
    promised = Promise.objects.filter(party=seat.party_id, ended_at=None)
    return stay or promised.values_list("place__centre", flat=True).first()
