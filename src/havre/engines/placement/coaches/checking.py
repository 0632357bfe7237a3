# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judges coaches from the files alone, without a line of what made them: its own reading, its own arithmetic."""

import csv
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import Any

from havre.words import Language, Words

_WORDS = Words("havre.engines.placement.coaches", "check_words.toml")
_Row = Mapping[str, str]
_Town = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is broken, at a coach, a party, a day or one of the files."""

    where: str
    rule: str

    def say(self, language: Language) -> str:
        """In words."""
        return f"{self.where}: {_WORDS.say(language, self.rule)}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the coaches amount to and which rules they break."""

    coaches: int
    km: int
    stranded: int
    """Coaches without a departure."""
    bound: int | None
    """Coaches that the file claims are needed at least."""
    broken: tuple[Broken, ...]


def check(coaches: str, plan: str, parties: str, places: str, policy: str) -> Verdict:
    """The verdict on the text of coaches, for the texts of what they were made from.

    KeyError or ValueError where one of them is not sound.
    """
    return _Check(coaches, plan, parties, places, policy).verdict()


def _rows(text: str) -> list[dict[str, str]]:
    plain = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), restval="")
    return [{(head or "").strip(): str(cell).strip() for head, cell in row.items()} for row in plain]


def _minute(said: str) -> int:
    hours, _, minutes = said.partition(":")
    return int(hours) * 60 + int(minutes)


class _Check:
    def __init__(self, coaches: str, plan: str, parties: str, places: str, policy: str) -> None:
        self.texts = {"plan": plan, "parties": parties, "places": places, "policy": policy}
        self.rows = _rows(coaches)
        self.plan = {row["party_id"]: row for row in _rows(plan)}
        self.parties = {row["party_id"]: row for row in _rows(parties)}
        self.places = {row["place_id"]: row for row in _rows(places)}
        self.centres = {row["centre_id"]: row for row in self.places.values()}
        self.policy: dict[str, Any] = tomllib.loads(policy)
        self.coaches: defaultdict[str, list[_Row]] = defaultdict(list)
        for row in self.rows:
            self.coaches[row["coach"]].append(row)
        self.km = 0

    def verdict(self) -> Verdict:
        broken = [*self.everybody(), *self.ties()]
        for number, rows in self.coaches.items():
            broken += [Broken(number, rule) for rule in self.coach(rows)]
        broken += [*self.days(), *self.claimed()]
        stranded = sum(not rows[0]["day"] for rows in self.coaches.values())
        bound = int(self.claims["bound"]) if "bound" in self.claims else None
        return Verdict(len(self.coaches), self.km, stranded, bound, tuple(broken))

    @property
    def claims(self) -> Mapping[str, str]:
        return dict(word.partition("=")[::2] for row in self.rows for word in row.get("about", "").split())

    def everybody(self) -> Iterator[Broken]:
        """Each party with a place sits in one coach, to its centre, on its day."""
        seen: set[str] = set()
        for row in self.rows:
            party = row["party_id"]
            place = self.plan[party]["place_id"] if party in self.plan else ""
            if party not in self.parties or party not in self.plan:
                yield Broken(party, "party_unknown")
            elif party in seen:
                yield Broken(party, "party_twice")
            elif not place:
                yield Broken(party, "party_waits")
            elif self.places[place]["centre_id"] != row["centre_id"]:
                yield Broken(party, "centre")
            elif row["day"] and self.plan[party].get("day", "") not in ("", row["day"]):
                yield Broken(party, "day")
            seen.add(party)
        yield from (
            Broken(party, "party_missing")
            for party, row in self.plan.items()
            if row["place_id"] and party not in seen
        )

    def ties(self) -> Iterator[Broken]:
        """Who travels together sits together."""
        coach = {row["party_id"]: row["coach"] for row in self.rows}
        for party, row in self.parties.items():
            for other in row.get("travels_with", "").split():
                if party in coach and other in coach and coach[party] != coach[other]:
                    yield Broken(party, "together")

    def coach(self, rows: Sequence[_Row]) -> Iterator[str]:
        """What one coach breaks."""
        rules = self.policy["coach"]
        people = sum(
            int(self.parties[row["party_id"]]["people"]) for row in rows if row["party_id"] in self.parties
        )
        if people + rules["escorts"] * rules["escort_seats"] > rules["seats"]:
            yield "seats"
        calls = {int(row["stop"]): row for row in rows}
        if len({(row["stop"], row["centre_id"], row["arrives"]) for row in rows}) != len(calls):
            yield "stop_twice"
        if sorted(calls) != list(range(1, len(calls) + 1)) or len(calls) > rules["stops"]:
            yield "stops"
        if len({tuple(row[key] for key in ("day", "leaves", "drivers", "km")) for row in rows}) != 1:
            yield "differs"
        yield from self.way([calls[stop] for stop in sorted(calls)])

    def way(self, calls: Sequence[_Row]) -> Iterator[str]:
        """Km, drivers and hours, from stop to stop."""
        road, drivers = self.policy["road"], int(calls[0]["drivers"])
        here: _Town = (self.policy["camp"]["lat"], self.policy["camp"]["lon"])
        camp, km = here, 0
        if drivers not in ((1, 2) if self.policy["drivers"]["second"] else (1,)):
            yield "drivers"
        if drivers > 1 and len(calls) > self.policy["drivers"]["second_stops"]:
            yield "stops"
        for earlier, call in enumerate(calls):
            centre = self.centres[call["centre_id"]]
            there = (float(centre["lat"]), float(centre["lon"]))
            km, here = km + _road(here, there, road["factor"]), there
            if km - _road(camp, there, road["factor"]) > self.policy["coach"]["detour_km"]:
                yield "detour"
            driving = math.ceil(km * 60 / road["speed"])
            passed = driving + earlier * road["stop_minutes"] + self.rests(driving, drivers)
            if not self.allowed(driving, passed, drivers):
                yield "driving"
            if call["day"]:
                yield from self.hour(call, passed, centre)
        self.km += km
        if km != int(calls[0]["km"]):
            yield "km"

    def rests(self, driving: int, drivers: int) -> int:
        """Minutes of breaks of a lone driver: one after each stretch that is followed by more driving."""
        rules = self.policy["drivers"]
        stretches = math.ceil(driving / _minute(rules["break_after"]))
        return rules["break_minutes"] * max(0, stretches - 1) if drivers == 1 else 0

    def allowed(self, driving: int, passed: int, drivers: int) -> bool:
        rules, crew = self.policy["drivers"], "" if drivers == 1 else "second_"
        return driving <= _minute(rules[f"{crew}driving"]) and passed <= _minute(rules[f"{crew}in_all"])

    def hour(self, call: _Row, passed: int, centre: _Row) -> Iterator[str]:
        days = self.policy["days"]
        arrives = _minute(call["arrives"])
        if arrives != _minute(call["leaves"]) + passed:
            yield "arrives"
        first = centre.get("arrive_from", "") or days["arrive_from"]
        last = centre.get("arrive_until", "") or days["arrive_until"]
        if not _minute(first) <= arrives <= _minute(last):
            yield "hours"

    def days(self) -> Iterator[Broken]:
        """Departures of each day, and at each moment."""
        rules = self.policy["days"]
        leaving = [(rows[0]["day"], rows[0]["leaves"]) for rows in self.coaches.values() if rows[0]["day"]]
        for day, n in Counter(day for day, _ in leaving).items():
            if n > rules["departures"]:
                yield Broken(day, "departures")
        for (day, leaves), n in Counter(leaving).items():
            since = _minute(leaves) - _minute(rules["leave_from"])
            in_hours = 0 <= since <= _minute(rules["leave_until"]) - _minute(rules["leave_from"])
            if n > rules["at_once"] or not in_hours or since % rules["every"]:
                yield Broken(f"{day} {leaves}", "leaves")

    def claimed(self) -> Iterator[Broken]:
        """What the file says of itself, if it says something."""
        claims = self.claims
        for name, text in self.texts.items():
            if name in claims and claims[name] != sha256(text.encode("utf-8")).hexdigest():
                yield Broken(name, "other_file")
        for name, found in (("coaches", len(self.coaches)), ("km", self.km)):
            if name in claims and int(claims[name]) != found:
                yield Broken(name, "other_figure")
            if name in claims and int(claims.get({"km": "km_bound"}.get(name, "bound"), 0)) > found:
                yield Broken(name, "below_bound")


def _road(one: _Town, other: _Town, factor: float) -> int:
    """Whole km: the great circle times the factor."""
    a, b, x, y = (math.radians(each) for each in (*one, *other))
    s = math.sin((x - a) / 2) ** 2 + math.cos(a) * math.cos(x) * math.sin((y - b) / 2) ** 2
    return math.floor(12742 * math.asin(min(1, math.sqrt(s))) * factor + 0.5)
