# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seats on coaches, and who left and did not arrive."""

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from havre.apps.accommodation.enums import AgeSaid, DepartureState, PartyKind, PromiseEnd
from havre.apps.accommodation.models import Party, PartyMember, Passenger, Stop
from havre.apps.registry.queries import MAJORITY, registrations
from havre.core.access import current_actor
from havre.core.clock import now, today
from havre.core.exchange.reading.ages import years_before

LEFT = (DepartureState.DEPARTED, DepartureState.ARRIVED)
STANDS = (DepartureState.PLANNED, DepartureState.BOARDING)
"""States of a coach that stands at the camp."""


def seats() -> QuerySet[Passenger]:
    """Those that are somebody's, each with its party, promise, stop, centre and coach."""
    return Passenger.objects.filter(ended_at=None).select_related(
        "party", "promise__place", "stop__departure", "stop__centre"
    )


def stops() -> QuerySet[Stop]:
    """All that may be read."""
    return Stop.objects.select_related("departure", "centre")


def on_board() -> QuerySet[Passenger]:
    """Of parties that boarded and have not arrived."""
    return seats().filter(boarded_at__isnull=False, arrived_at=None)


def missing() -> QuerySet[Passenger]:
    """Of parties that left and did not arrive: the centre says that everybody is in, or too much time has passed."""
    late = now() - alarm_after()
    overdue = on_board().annotate(due=Coalesce(F("stop__arrived_at"), F("stop__expected_at")))
    said = Q(stop__everybody_in_at__isnull=False) | Q(due__lt=late)
    return overdue.filter(said, stop__departure__state__in=LEFT).order_by("due", "pk")


def left_behind() -> QuerySet[Passenger]:
    """Of the own desk: seats whose coach left without some of the party, and nobody has said what became of those.

    Who rides later is out of sight no more while that seat is theirs; where they do not come there either, they are
    left behind again.
    """
    return _behind().filter(desk=current_actor().organisation_id)


def left_behind_of(party: Party) -> QuerySet[Passenger]:
    """The same, of a party, for whoever runs the centre that it has come to as well."""
    return _behind().filter(party=party)


def _behind() -> QuerySet[Passenger]:
    later = Passenger.objects.filter(_counts(), rest_of=OuterRef("pk"))
    found = Passenger.objects.filter(_counts(), ~Exists(later), behind__gte=1, behind_by=None)
    return found.select_related("party", "stop__departure", "stop__centre").order_by("recorded_at", "pk")


def with_children() -> Q:
    """Of seats: children are in the party, so that one of them may be alone: said of them, or the registry's to say."""
    maybe = registrations().maybe_born_after(years_before(today(), MAJORITY))
    known = Exists(maybe.filter(person=OuterRef("registration__person")))
    of_party = PartyMember.objects.filter(party=OuterRef("party"), left_on=None)
    young = of_party.filter(Q(age=AgeSaid.MINOR) | Q(known))
    kinds = (PartyKind.FAMILY, PartyKind.MINOR)
    return Q(party__kind__in=kinds) | Q(party__school=True) | Q(Exists(young))


def _counts() -> Q:
    """Not moved to another seat, and not a seat that they did not come to."""
    return Q(ended_at=None) | Q(explained_by__isnull=False)


def is_closed(stop: Stop) -> bool:
    """Whether the centre takes nobody in when the coach comes."""
    closes = stop.centre.closes_at
    return closes is not None and closes <= max(now(), stop.expected_at)


def is_stranded(seat: Passenger) -> bool:
    """Whether the place to which they have a seat takes them no more."""
    kept = seat.rest_of_id is not None and seat.promise.ended_why == PromiseEnd.KEPT
    return (seat.promise.ended_at is not None and not kept) or is_closed(seat.stop)


@cache
def alarm_after() -> timedelta:
    """How long after a stop somebody is missing who boarded and was not confirmed."""
    said = tomllib.loads((files("havre.apps.accommodation") / "departures.toml").read_text("utf-8"))
    return timedelta(hours=said["alarm"]["hours"])
