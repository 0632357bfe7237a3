# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A coach of Dunes with three parties, to a centre that Refuge runs and to another one."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from apps.accommodation.camp import Camp, new_centre, new_party, new_place
from apps.tracing.shores import CHILD, registered
from cast import Cast
from django.db import transaction

from havre.apps.accommodation.actions.departing import ask_departures, depart, do_departures
from havre.apps.accommodation.actions.departing.boarding import board
from havre.apps.accommodation.actions.promising import Given, give_places
from havre.apps.accommodation.enums import PartyKind
from havre.apps.accommodation.models import (
    Departure,
    Dispatch,
    Party,
    PartyMember,
    Passenger,
    Place,
    Promise,
    Stop,
)
from havre.apps.registry.models import Registration
from havre.core import clock
from havre.core.accounts.models import Member
from havre.core.clock import now

DAY = date(2016, 10, 24)
"""On which coaches leave; it is the day before."""
NORTH, SOUTH = (50.63, 3.06), (50.4, 2.8)


def tomorrow() -> date:
    """No hour of its departures is over, whenever the test runs."""
    return clock.today() + timedelta(days=1)


@dataclass
class Coach:
    """What Dunes fills coaches from, and who acts."""

    cast: Cast
    places: dict[str, Place] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.camp = Camp(self.cast)
        self.desk, self.runner = self.camp.desk, self.camp.runner
        self.acts = self.camp.acts

    def place(self, code: str, at: tuple[float, float] = NORTH, runner: Member | None = None) -> Place:
        """Sixty beds for adults and families, in a centre of its own."""
        with self.acts(self.desk):
            centre = new_centre(self.desk, code, runner=runner, lat=at[0], lon=at[1])
            self.places[code] = new_place(centre, "P", PartyKind.ADULT, PartyKind.FAMILY, units=60)
        return self.places[code]

    def party(
        self, wristband: str, people: int, code: str, kind: PartyKind | None = None, **more: object
    ) -> Party:
        """Promised a place; a family where they are several, unless another kind is said."""
        kind = kind or (PartyKind.FAMILY if people > 1 else PartyKind.ADULT)
        with self.acts(self.desk), transaction.atomic():
            made = new_party(self.desk, wristband, kind, people, **more)
            give_places([Given(made, self.places[code].pk)], clock.today())
        self.parties[wristband] = made
        return made

    def child(self, wristband: str, people: int, code: str, kind: PartyKind | None = None) -> Registration:
        """Whom the registry knows, one of a party."""
        found = registered(self.desk, CHILD)
        party = self.party(wristband, people, code, kind)
        with self.acts(self.desk):
            PartyMember.objects.create(party=party, organisation=self.cast.dunes, registration=found)
        return found

    def filled(self, day: date | None = None) -> Dispatch:
        """Coaches, by the job's own action in this process."""
        with self.acts(self.desk):
            return do_departures(ask_departures(day or tomorrow()).pk, lambda _share, _said: None)

    def seat(self, wristband: str) -> Passenger:
        """The last that they had."""
        with self.acts(self.desk):
            found = Passenger.objects.filter(party__wristband=wristband)
            return found.select_related("stop__departure", "stop__centre", "promise").order_by("pk").last()  # type: ignore[return-value]

    def coach(self) -> UUID:
        """The first."""
        with self.acts(self.desk):
            return Departure.objects.order_by("leaves_at", "pk")[0].pk

    def stop(self, code: str) -> Stop:
        """At a centre."""
        with self.acts(self.desk):
            return Stop.objects.select_related("departure", "centre").get(centre__code=code)

    def boarded(self, wristband: str) -> None:
        """They are on the first coach."""
        key = self.coach()
        with self.acts(self.desk):
            board(key, wristband)

    def sent(self, *wristbands: str) -> UUID:
        """The first coach has left with these, and with nobody else."""
        key = self.coach()
        with self.acts(self.desk):
            for wristband in wristbands:
                board(key, wristband)
            depart(key)
        return key

    def late(self, code: str, hours: float) -> None:
        """The coach should have been there so many hours ago."""
        with self.acts(self.desk):
            Stop.objects.filter(centre__code=code).update(expected_at=now() - timedelta(hours=hours))

    def promise(self, wristband: str) -> Promise:
        """The last that they had."""
        with self.acts(self.desk):
            return Promise.objects.filter(party=self.parties[wristband]).order_by("pk").last()  # type: ignore[return-value]


def coach_of(cast: Cast) -> Coach:
    """A family of three and two lone people; one of them goes to another centre."""
    coach = Coach(cast)
    coach.place("C1", runner=coach.runner)
    coach.place("C2", SOUTH)
    coach.party("F1", 3, "C1", language="pus", medical=True)
    coach.party("A1", 1, "C1")
    coach.party("A2", 1, "C2")
    return coach
