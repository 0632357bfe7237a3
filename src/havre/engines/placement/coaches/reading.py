# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan, its parties and its places from tables: a task, or all that is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.engines.placement.coaches.loads import Centre, Traveller, loads_of
from havre.engines.placement.coaches.model import Load, Policy, Task
from havre.engines.placement.coaches.policy import minutes_of
from havre.engines.placement.coaches.ways import ways_of
from havre.engines.placement.reading import is_day
from havre.engines.placement.remarks import Remark, Source
from havre.engines.placement.tables import Row, Table


def read_task(plan: str, parties: str, places: str, policy: Policy) -> tuple[Task | None, list[Remark]]:
    """The task that the texts of three CSVs make, and notes; or None and all that is wrong, line by line."""
    reading = _Reading(
        policy, Table(Source.PLAN, plan), Table(Source.PARTIES, parties), Table(Source.PLACES, places)
    )
    reading.read()
    return (Task(policy, reading.loads), reading.remarks) if reading.sound else (None, reading.remarks)


@dataclass
class _Reading:
    policy: Policy
    plan: Table
    parties: Table
    places: Table

    def __post_init__(self) -> None:
        self.loads: tuple[Load, ...] = ()
        self.centres: dict[str, Centre] = {}
        self.centre_of: dict[str, str] = {}
        self.people: dict[str, int] = {}
        self.lines: dict[str, int] = {}
        self.ties: list[tuple[str, str]] = []
        self.at: dict[str, tuple[str, str]] = {}
        """Party to its centre and day; to empty ones where it waits."""

    @property
    def sound(self) -> bool:
        return self.plan.sound and self.parties.sound and self.places.sound

    @property
    def remarks(self) -> list[Remark]:
        return [*self.plan.remarks, *self.parties.remarks, *self.places.remarks]

    def read(self) -> None:
        self._read_places()
        self._read_parties()
        if not (self.parties.sound and self.places.sound):
            return
        self._read_plan()
        if not self.plan.sound:
            return
        travellers = {
            party: Traveller(party, self.people[party], *where, self.lines[party])
            for party, where in self.at.items()
            if where[0]
        }
        bands = [self._band([travellers[party] for party in band]) for band in self._bands(travellers)]
        if self.parties.sound:
            self.loads = loads_of(bands, self.centres, self.policy, self._refuse)
            self._reach()

    def _refuse(self, line: int, problem: str) -> None:
        self.parties.wrong(line, "travels_with", problem)

    def _read_places(self) -> None:
        for row in self.places.rows(("place_id", "centre_id", "lat", "lon")):
            at = Centre(
                id=row.name("centre_id"),
                lat=row.number("lat", -90, 90),
                lon=row.number("lon", -180, 180),
                opens=_moment(row, "arrive_from", self.policy.arrive_from),
                closes=_moment(row, "arrive_until", self.policy.arrive_until),
                line=row.line,
            )
            known = self.centres.setdefault(at.id, at)
            if (at.lat, at.lon, at.opens, at.closes) != (known.lat, known.lon, known.opens, known.closes):
                row.wrong("centre_id", "centre_differs")
            if at.opens > at.closes:
                row.wrong("arrive_until", "ends_before")
            if row.name("place_id") in self.centre_of:
                row.wrong("place_id", "twice")
            self.centre_of[row.text("place_id")] = at.id

    def _read_parties(self) -> None:
        rows = list(self.parties.rows(("party_id", "people")))
        for row in rows:
            party = row.name("party_id")
            if party in self.people:
                row.wrong("party_id", "twice")
            self.people[party] = row.whole("people", 1)
            self.lines[party] = row.line
        for row in rows:
            for other in sorted(row.words("travels_with")):
                if other not in self.people or other == row.text("party_id"):
                    row.wrong("travels_with", "together_unknown")
                else:
                    self.ties.append((row.text("party_id"), other))

    def _read_plan(self) -> None:
        for row in self.plan.rows(("party_id", "place_id")):
            party, place, day = (row.text(column) for column in ("party_id", "place_id", "day"))
            if party not in self.people:
                row.wrong("party_id", "unknown")
            elif party in self.at:
                row.wrong("party_id", "twice")
            elif place and place not in self.centre_of:
                row.wrong("place_id", "unknown")
            elif day and not is_day(day):
                row.wrong("day", "day")
            self.at[party] = (self.centre_of.get(place, ""), day)
        if self.plan.sound:
            for party in self.people.keys() - self.at.keys():
                self.parties.wrong(self.lines[party], "party_id", "not_in_plan")
            if not any(centre for centre, _ in self.at.values()):
                self.plan.wrong(1, "", "nobody_leaves")

    def _bands(self, travellers: dict[str, Traveller]) -> list[list[str]]:
        """Parties that travel together, directly or by way of others; most bands are one party alone."""
        band = {party: [party] for party in travellers}
        for one, other in self.ties:
            if one not in travellers or other not in travellers:
                if one in travellers or other in travellers:
                    line = self.lines[one if one in travellers else other]
                    self.parties.wrong(line, "travels_with", "together_waits", note=True)
            elif band[one] is not band[other]:
                band[one] += band[other]
                for each in band[other]:
                    band[each] = band[one]
        unique = {id(each): each for each in band.values()}
        return [sorted(each, key=self.lines.__getitem__) for each in unique.values()]

    def _band(self, band: Sequence[Traveller]) -> Sequence[Traveller]:
        people = sum(party.people for party in band)
        if people > self.policy.places and len(band) == 1:
            self.parties.wrong(band[0].line, "people", "too_many", places=self.policy.places)
        elif people > self.policy.places:
            self.parties.wrong(band[0].line, "travels_with", "together_too_many", places=self.policy.places)
        if len({party.day for party in band if party.day}) > 1:
            self._refuse(band[0].line, "together_days")
        return band

    def _reach(self) -> None:
        """A coach must be able to go to each centre, if to no other."""
        ways = ways_of(self.loads, self.policy, 1)
        for centre in sorted(
            {load.centre for number, load in enumerate(self.loads) if not ways.goes([number])}
        ):
            self.places.wrong(self.centres[centre].line, "centre_id", "too_far")


def _moment(row: Row, column: str, default: int) -> int:
    if not row.text(column):
        return default
    said = minutes_of(row.text(column))
    if said is None:
        row.wrong(column, "moment")
    return default if said is None else said
