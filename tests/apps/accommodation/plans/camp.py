# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small camp and its centres, as the desk of Dunes has them, and plans of it that take no time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from apps.accommodation.camp import new_centre, new_party, new_place
from cast import Cast

from havre.apps.accommodation.actions.plans import PlanSaid, ask_plan, do_plan
from havre.apps.accommodation.enums import CentreKind, PartyKind
from havre.apps.accommodation.models import Assignment, Party, PartyWish, Place, Plan, Promise
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member

DAY = date(2016, 10, 24)
NORTH, SOUTH = "R01", "R02"
WHERE = {NORTH: (50.63, 3.06), SOUTH: (43.6, 1.44)}


@dataclass
class Camp:
    """What Dunes has, and who acts for it."""

    cast: Cast
    member: Member
    places: dict[str, Place] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)

    @classmethod
    def of(cls, cast: Cast) -> "Camp":
        """Nobody in it yet."""
        return cls(cast, cast.member(cast.dunes))

    @contextmanager
    def acts(self, member: Member | None = None) -> Iterator[None]:
        """A member of Dunes, or somebody else, acts for care."""
        with acting_as((member or self.member).pk, Purpose.CARE):
            yield

    def second(self) -> Member:
        """A colleague on an account of their own."""
        return self.cast.member(self.cast.dunes, nth=2)

    def place(
        self,
        code: str,
        units: int,
        *,
        region: str = NORTH,
        takes: tuple[str, ...] = ("adult",),
        runner: Member | None = None,
        closes_at: Any = None,
        **more: Any,
    ) -> Place:
        """A place in a centre of its own, called after it."""
        lat, lon = WHERE[region]
        kind = CentreKind.MINORS if "minor" in takes else CentreKind.ORIENTATION
        where = {"region": region, "town": code, "lat": lat, "lon": lon, "hospital_km": 5}
        with self.acts():
            centre = new_centre(self.member, code, runner=runner, kind=kind, closes_at=closes_at, **where)
            kinds = [PartyKind(each) for each in takes]
            made = new_place(centre, f"{code}-1", *kinds, **{"units": units, "base_points": 100, **more})
        self.places[code] = made
        return made

    def party(
        self,
        wristband: str,
        people: int = 1,
        *,
        kind: str = "adult",
        wish: dict[str, Any] | None = None,
        **more: Any,
    ) -> Party:
        """A party of the camp."""
        with self.acts():
            made = new_party(self.member, wristband, PartyKind(kind), people, **more)
            if wish:
                PartyWish.objects.create(party=made, **wish)
        self.parties[wristband] = made
        return made

    def asked(self, **more: Any) -> Plan:
        """A plan that waits for a worker."""
        with self.acts():
            return ask_plan(PlanSaid(**{"day": DAY, "seconds": 600, **more}))

    def planned(self, **more: Any) -> Plan:
        """A plan that is done, by the job's own action in this process."""
        asked = self.asked(**more)
        with self.acts():
            return do_plan(asked.pk, lambda _share, _said: None)

    def at(self, plan: Plan) -> dict[str, str]:
        """Wristband to the centre that the plan proposes; empty: waits."""
        with self.acts():
            rows = Assignment.objects.filter(plan=plan).select_related("party", "place__centre")
            return {each.party.wristband: each.place.centre.code if each.place else "" for each in rows}

    def promised(self) -> dict[str, str]:
        """Wristband to the centre that was promised and stands."""
        with self.acts():
            rows = Promise.objects.filter(ended_at=None).select_related("party", "place__centre")
            return {each.party.wristband: each.place.centre.code for each in rows}

    def key(self, wristband: str) -> UUID:
        """Of a party."""
        return self.parties[wristband].pk


def two_regions(cast: Cast) -> Camp:
    """Three lone adults who all ask for the north, where two beds are, and a family; nobody has to wait."""
    camp = Camp.of(cast)
    camp.place("Nord", 2)
    camp.place("Sud", 4, region=SOUTH)
    camp.place("Familles", 4, region=SOUTH, takes=("family",))
    for n in (1, 2, 3):
        camp.party(f"A{n}", wish={"region_1": NORTH})
    camp.party("F1", 4, kind="family")
    return camp
