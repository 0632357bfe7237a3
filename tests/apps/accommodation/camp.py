# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres, places and parties as the tests of accommodation have them, and who may do something with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cast import Cast

from havre.apps.accommodation.enums import CentreKind, PartyKind, UnitKind
from havre.apps.accommodation.models import Centre, Party, Place, Promise, UnitUse
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.clock import today


def new_centre(desk: Member, code: str, *, runner: Member | None = None, **more: Any) -> Centre:
    """A centre in Calais; its desk runs it, where nobody else does."""
    return Centre.objects.create(
        **{
            "organisation_id": (runner or desk).organisation_id,
            "desk_id": desk.organisation_id,
            "code": code,
            "name": f"Centre {code}",
            "kind": CentreKind.ORIENTATION,
            "region": "FR-HDF",
            "town": "Calais",
            "lat": 50.95,
            "lon": 1.86,
            **more,
        }
    )


def new_place(centre: Centre, code: str, *takes: PartyKind, **more: Any) -> Place:
    """Ten beds."""
    return Place.objects.create(
        **{
            "centre": centre,
            "code": code,
            "unit": UnitKind.BED,
            "unit_size": 1,
            "units": 10,
            "takes": list(takes),
            **more,
        }
    )


def new_party(member: Member, wristband: str, kind: PartyKind, people: int = 1, **more: Any) -> Party:
    """A party known by its wristband."""
    return Party.objects.create(
        organisation_id=member.organisation_id,
        wristband=wristband,
        people=people,
        kind=kind,
        registered_by=member,
        **more,
    )


@dataclass
class Camp:
    """The desk of Dunes, a centre that Refuge runs for it, and Maraude and Harbour, who have nothing to do with it."""

    cast: Cast

    @cached_property
    def desk(self) -> Member:
        return self.cast.member(self.cast.dunes)

    @cached_property
    def runner(self) -> Member:
        return self.cast.member(self.cast.organisation("Refuge"))

    @cached_property
    def stranger(self) -> Member:
        return self.cast.member(self.cast.maraude, Role.SUPERVISOR)

    @cached_property
    def other_shore(self) -> Member:
        return self.cast.member(self.cast.harbour, Role.SUPERVISOR)

    @cached_property
    def centre(self) -> Centre:
        with self.acts(self.desk):
            return new_centre(self.desk, "C1", runner=self.runner)

    @cached_property
    def place(self) -> Place:
        """Ten beds for adults and families."""
        with self.acts(self.desk):
            return new_place(self.centre, "P1", PartyKind.ADULT, PartyKind.FAMILY)

    @cached_property
    def place_of_minors(self) -> Place:
        with self.acts(self.desk):
            return new_place(self.centre, "P2", PartyKind.MINOR)

    @contextmanager
    def acts(self, member: Member, purpose: Purpose = Purpose.CARE) -> Iterator[None]:
        with acting_as(member.id, purpose):
            yield

    def party(self, wristband: str = "0001", kind: PartyKind = PartyKind.ADULT, people: int = 1) -> Party:
        with self.acts(self.desk):
            return new_party(self.desk, wristband, kind, people)

    def promised(self, party: Party, place: Place, second: Member | None = None) -> Promise:
        """By the desk, with the lowest units of the place, which nobody has."""
        with self.acts(self.desk):
            promise = Promise.objects.create(
                organisation_id=self.desk.organisation_id,
                party=party,
                place=place,
                member=self.desk,
                second=second,
            )
            UnitUse.objects.bulk_create(
                UnitUse(place=place, number=number, starts=today(), party=party, promise=promise)
                for number in range(1, party.people + 1)
            )
        return promise
