# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of coaches show, each in a few queries whatever there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Length

from havre.apps.accommodation.enums import DepartureState
from havre.apps.accommodation.models import (
    ArrivalNotice,
    Centre,
    Departure,
    Dispatch,
    Passenger,
    Stop,
)
from havre.apps.accommodation.queries.departing.seats import (
    STANDS,
    is_closed,
    is_stranded,
    missing,
)
from havre.core.access import current_actor
from havre.core.audit import record_listed, record_read
from havre.core.clock import PARIS

PARTY = "accommodation_party"


@dataclass(frozen=True, slots=True)
class Line:
    """A party on a coach, and where it is."""

    seat: Passenger
    state: str
    """expected, boarded, no_show, under_way, missing, arrived, or stranded: its centre takes it no more."""


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop with who gets off there, and whether its centre takes nobody in any more."""

    stop: Stop
    lines: Sequence[Line]
    closed: bool


@dataclass(frozen=True, slots=True)
class CoachView:
    """A coach, its stops that may be read, and who is on it."""

    departure: Departure
    stops: Sequence[StopView]

    @property
    def lines(self) -> list[Line]:
        """Of all stops."""
        return [line for stop in self.stops for line in stop.lines]

    @property
    def boarded(self) -> int:
        """People who got on."""
        return sum(each.seat.boarded_people for each in self.lines if each.seat.boarded_at)

    @property
    def expected(self) -> int:
        """People who have a seat, or had one and did not come."""
        return sum(each.seat.counted for each in self.lines)

    @property
    def not_yet(self) -> list[Line]:
        """Who has a seat and has not boarded."""
        return [
            each for each in self.lines if each.state in ("expected", "stranded") and not each.seat.boarded_at
        ]

    @property
    def parted(self) -> list[Line]:
        """Of whom only some boarded."""
        return [
            each
            for each in self.lines
            if each.seat.boarded_at and each.seat.boarded_people < each.seat.counted
        ]

    @property
    def left_out(self) -> int:
        """People of those parties who are not on board."""
        return sum(each.seat.counted - each.seat.boarded_people for each in self.parted)

    @property
    def stranded(self) -> list[Line]:
        """Whose centre takes them no more."""
        return [each for each in self.lines if each.state == "stranded"]

    @property
    def stands(self) -> bool:
        """Whether it has not left."""
        return self.departure.state in STANDS

    @property
    def half_empty(self) -> bool:
        """Whether half of its seats or more are nobody's."""
        return 2 * self.free >= self.departure.seats

    @property
    def free(self) -> int:
        """Seats that nobody has."""
        taken = sum(
            each.seat.boarded_people if each.seat.boarded_at else each.seat.counted
            for each in self.lines
            if each.seat.ended_at is None
        )
        return self.departure.seats - self.departure.escorts - taken


def coaches_of(day: date) -> list[CoachView]:
    """The coaches that leave on a day at the camp, by hour."""
    start = datetime.combine(day, time(), PARIS)
    there = Departure.objects.filter(leaves_at__gte=start, leaves_at__lt=start + timedelta(days=1))
    return _views(there.order_by("leaves_at", Length("number"), "number", "pk"))


def coach_view(pk: UUID) -> CoachView | None:
    """A coach; None where there is none that may be read. That its people were read is put on record."""
    found = _views(Departure.objects.filter(pk=pk))
    if not found:
        return None
    record_read("accommodation_departure", pk, None)
    record_listed(PARTY, (each.seat.party_id for each in found[0].lines))
    return found[0]


def coming_to(centre: UUID) -> tuple[Centre, list[tuple[Departure, StopView]]] | None:
    """A centre, and the stops of coaches there that are not over; None where it may not be read. It is on record."""
    found = Centre.objects.filter(pk=centre).first()
    if found is None:
        return None
    record_read("accommodation_centre", centre, None)
    soon = Departure.objects.filter(stops__centre=centre).exclude(state=DepartureState.CANCELLED)
    open_now = soon.filter(
        Q(stops__centre=centre, stops__everybody_in_at=None)
        | Q(stops__centre=centre, stops__passengers__in=missing())
    ).distinct()
    here = [
        (view.departure, stop)
        for view in _views(open_now)
        for stop in view.stops
        if stop.stop.centre_id == centre and (stop.lines or not view.stands)
    ]
    record_listed(PARTY, (line.seat.party_id for _, stop in here for line in stop.lines))
    return found, here


def notices_of(centre: UUID) -> list[ArrivalNotice]:
    """What a centre was told of who comes, the newest first. That those were read is on record."""
    every = ArrivalNotice.objects.filter(stop__centre=centre).select_related("stop__departure")
    found = list(every.order_by("-told_at", "-pk")[:20])
    told = Passenger.objects.filter(stop__in=[each.stop_id for each in found], boarded_at__isnull=False)
    record_listed(PARTY, told.values_list("party", flat=True))
    return found


def dispatched(day: date) -> Dispatch | None:
    """What was asked for last, of a day; what found nobody to seat says nothing new."""
    own = Dispatch.objects.filter(organisation_id=current_actor().organisation_id, day=day)
    own = own.filter(Q(coaches=None) | ~Q(coaches=0, without_seat=0))
    return own.order_by("-recorded_at", "-pk").first()


def centres_of_desk() -> list[Centre]:
    """Where a coach of the own desk may stop."""
    return list(Centre.objects.filter(desk_id=current_actor().organisation_id).order_by("code"))


def _views(departures: Iterable[Departure]) -> list[CoachView]:
    known = list(departures)
    absent = set(missing().values_list("pk", flat=True))
    of_stop: dict[UUID, list[Line]] = {}
    seats = Passenger.objects.filter(stop__departure__in=known).filter(
        Q(ended_at=None) | Q(no_show_at__isnull=False)
    )
    for seat in seats.select_related("party", "promise", "stop__centre", "stop__departure").order_by(
        "party__wristband"
    ):
        of_stop.setdefault(seat.stop_id, []).append(Line(seat, _state(seat, seat.pk in absent)))
    of_coach: dict[UUID, list[StopView]] = {}
    for stop in Stop.objects.filter(departure__in=known).select_related("centre"):
        told = StopView(stop, of_stop.get(stop.pk, []), is_closed(stop))
        of_coach.setdefault(stop.departure_id, []).append(told)
    return [CoachView(each, of_coach.get(each.pk, [])) for each in known]


def _state(seat: Passenger, is_missing: bool) -> str:
    if seat.no_show_at:
        return "no_show"
    if seat.arrived_at:
        return "arrived"
    if is_missing:
        return "missing"
    if is_stranded(seat):
        return "stranded"
    if seat.boarded_at is None:
        return "expected"
    return "boarded" if seat.stop.departure.state in STANDS else "under_way"
