# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties, places and locks from tables: a task, or all that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from havre.engines.placement.land import at_sea
from havre.engines.placement.model import NO_LOCKS, Locks, Party, Place, Policy, Task, Unit
from havre.engines.placement.remarks import Remark, Source
from havre.engines.placement.tables import Row, Table
from havre.engines.placement.weighing import may_go

PARTY_COLUMNS = (
    "party_id",
    "people",
    "kind",
    "language",
    "region_1",
    "region_2",
    "relative_lat",
    "relative_lon",
    "medical",
    "step_free",
    "school",
)
PLACE_COLUMNS = (
    "place_id",
    "centre_id",
    "lat",
    "lon",
    "region",
    "takes",
    "unit",
    "unit_size",
    "units",
    "languages",
    "step_free",
    "hospital_km",
    "school",
    "base_points",
)
RULES = {
    "stays": ("party_id", "place_id"),
    "never": ("party_id", "place_id"),
    "apart": ("party_id", "other_party_id"),
    "intake": ("centre_id", "day", "people"),
}
"""What a row of the locks may lay down, and the columns that it then needs."""
_Thing = TypeVar("_Thing", Party, Place)
_FARTHEST_KM = 20_037.5


def read_task(parties: str, places: str, policy: Policy, locks: str = "") -> tuple[Task | None, list[Remark]]:
    """The task that the texts of three CSVs make, and notes; or None and all that is wrong, line by line."""
    at_parties, at_places, at_locks = (
        Table(source, text)
        for source, text in ((Source.PARTIES, parties), (Source.PLACES, places), (Source.LOCKS, locks))
    )
    reading = _Reading(policy)
    reading.read_places(at_places)
    reading.read_parties(at_parties, whole=at_places.sound)
    found = NO_LOCKS
    if locks.strip() and at_parties.sound and at_places.sound:
        found = reading.read_locks(at_locks)
    remarks = [*at_parties.remarks, *at_places.remarks, *at_locks.remarks]
    if not (at_parties.sound and at_places.sound and at_locks.sound):
        return None, remarks
    return Task(tuple(reading.parties.values()), tuple(reading.places.values()), policy, found), remarks


@dataclass
class _Reading:
    policy: Policy
    parties: dict[str, Party] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    stays: dict[str, str] = field(default_factory=dict)
    never: set[tuple[str, str]] = field(default_factory=set)
    apart: set[tuple[str, str]] = field(default_factory=set)
    lines: dict[str, int] = field(default_factory=dict)
    """Of each party that stays: where that was said."""
    intake: dict[str, dict[str, int]] = field(default_factory=dict)

    def read_places(self, table: Table) -> None:
        for row in table.rows(PLACE_COLUMNS):
            lat, lon = _on_land(row, "lat", "lon")
            place = Place(
                id=row.name("place_id"),
                centre=row.name("centre_id"),
                lat=lat,
                lon=lon,
                region=row.text("region"),
                takes=row.words("takes"),
                unit=self._unit(row),
                unit_size=row.whole("unit_size", 1),
                units=row.whole("units", 0),
                languages=row.words("languages"),
                step_free=row.flag("step_free"),
                hospital_km=row.number("hospital_km", 0, _FARTHEST_KM),
                school=row.flag("school"),
                base_points=row.whole("base_points", -100_000),
            )
            if not place.takes or place.takes - set(self.policy.kinds):
                row.wrong("takes", "kinds", kinds=", ".join(self.policy.kinds))
            _add(row, "place_id", self.places, place.id, place)
        if not self.places and not table.remarks:
            table.wrong(1, "", "no_rows")

    @staticmethod
    def _unit(row: Row) -> Unit:
        if row.text("unit") not in tuple(Unit):
            row.wrong("unit", "choice", choices=", ".join(Unit))
            return Unit.BED
        return Unit(row.text("unit"))

    def read_parties(self, table: Table, *, whole: bool) -> None:
        """``whole``: all places are known, so that a party too large for any can be told."""
        largest = max((place.most for place in self.places.values()), default=0)
        for row in table.rows(PARTY_COLUMNS):
            party = Party(
                id=row.name("party_id"),
                people=row.whole("people", 1),
                kind=row.text("kind"),
                language=row.text("language"),
                region_1=row.text("region_1"),
                region_2=row.text("region_2"),
                relative=_relative(row),
                medical=row.flag("medical"),
                step_free=row.flag("step_free"),
                school=row.flag("school"),
                nationality=row.text("nationality"),
            )
            if party.kind not in self.policy.kinds:
                row.wrong("kind", "choice", choices=", ".join(self.policy.kinds))
            if whole and party.people > largest:
                row.wrong("people", "too_large", note=True, largest=largest)
            _add(row, "party_id", self.parties, party.id, party)
        if not self.parties and not table.remarks:
            table.wrong(1, "", "no_rows")

    def read_locks(self, table: Table) -> Locks:
        for row in table.rows(("rule",)):
            rule = row.text("rule")
            if rule not in RULES:
                row.wrong("rule", "choice", choices=", ".join(RULES))
            elif all(self._known(row, column) for column in RULES[rule]):
                getattr(self, f"_{rule}")(row)
        if table.sound:
            self._fit_days(table)
        return Locks(self.stays, frozenset(self.never), frozenset(self.apart), self.intake)

    def _known(self, row: Row, column: str) -> bool:
        known: dict[str, Iterable[str]] = {
            "party_id": self.parties,
            "other_party_id": self.parties,
            "place_id": self.places,
            "centre_id": {place.centre for place in self.places.values()},
        }
        if column in known and row.text(column) not in known[column]:
            row.wrong(column, "unknown")
            return False
        return True

    def _stays(self, row: Row) -> None:
        party, place = self.parties[row.text("party_id")], self.places[row.text("place_id")]
        if self.stays.get(party.id, place.id) != place.id or (party.id, place.id) in self.never:
            row.wrong("place_id", "contradicts")
        elif not may_go(self.policy, party, place):
            row.wrong("place_id", "may_not_go")
        else:
            self.stays[party.id] = place.id
            self.lines[party.id] = row.line
            here = [self.parties[each].people for each, at in self.stays.items() if at == place.id]
            if sum(place.use(people) for people in here) > place.units:
                row.wrong("place_id", "full", units=place.units)
            if any(self._apart_broken(*pair) for pair in self.apart):
                row.wrong("place_id", "contradicts")

    def _never(self, row: Row) -> None:
        party, place = row.text("party_id"), row.text("place_id")
        if self.stays.get(party) == place:
            row.wrong("place_id", "contradicts")
        self.never.add((party, place))

    def _apart(self, row: Row) -> None:
        one, other = sorted((row.text("party_id"), row.text("other_party_id")))
        if one == other:
            row.wrong("other_party_id", "itself")
        elif self._apart_broken(one, other):
            row.wrong("other_party_id", "contradicts")
        else:
            self.apart.add((one, other))

    def _apart_broken(self, one: str, other: str) -> bool:
        at = [self.places[self.stays[party]].centre for party in (one, other) if party in self.stays]
        return len(at) == 2 and at[0] == at[1]

    def _intake(self, row: Row) -> None:
        day = row.text("day")
        if not is_day(day):
            row.wrong("day", "day")
            return
        days = self.intake.setdefault(row.text("centre_id"), {})
        if day in days:
            row.wrong("day", "day_twice")
        days[day] = row.whole("people", 0)

    def _fit_days(self, table: Table) -> None:
        """Who stays in a centre that counts its days must find a day there."""
        left = {centre: dict(days) for centre, days in self.intake.items()}
        for people, party in sorted((-self.parties[party].people, party) for party in self.stays):
            centre = self.places[self.stays[party]].centre
            day = next((day for day, room in sorted(left.get(centre, {}).items()) if room >= -people), "")
            if day:
                left[centre][day] += people
            elif centre in left:
                table.wrong(self.lines[party], "place_id", "no_day")


def _add(row: Row, column: str, known: dict[str, _Thing], key: str, value: _Thing) -> None:
    if key and key in known:
        row.wrong(column, "twice")
    known[key] = value


def _relative(row: Row) -> tuple[float, float] | None:
    if not row.text("relative_lat") and not row.text("relative_lon"):
        return None
    for column in ("relative_lat", "relative_lon"):
        if not row.text(column):
            row.wrong(column, "half")
            return None
    return _on_land(row, "relative_lat", "relative_lon")


def _on_land(row: Row, lat: str, lon: str) -> tuple[float, float]:
    before = len(row.table.remarks)
    point = row.number(lat, -90, 90), row.number(lon, -180, 180)
    if len(row.table.remarks) == before and at_sea(*point):
        row.wrong(lat, "sea")
    return point


def is_day(said: str) -> bool:
    """Whether it is written as 2016-10-24."""
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False
