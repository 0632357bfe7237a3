# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judges what a plan says of the rules of fairness, from the files alone."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

Row = Mapping[str, str]


@dataclass
class FairCheck:
    """Parties and places by id, locks, the place of each party, and what the other checker reckons."""

    policy: Mapping[str, Any]
    parties: Mapping[str, Row]
    places: Mapping[str, Row]
    locks: Sequence[Row]
    at: Mapping[str, str]
    closed: Callable[[Row, Row], str]
    points_of: Mapping[str, int]
    """Of the whole party, below 0 while it waits."""
    here: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.here = {place: [] for place in self.places}
        for party, place in self.at.items():
            if place in self.here and party in self.parties:
                self.here[place].append(party)
        self.stay = {lock["party_id"] for lock in self.locks if lock["rule"] == "stays"}
        self.never = {(lock["party_id"], lock["place_id"]) for lock in self.locks if lock["rule"] == "never"}
        self.foes: defaultdict[str, set[str]] = defaultdict(set)
        self.days: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for lock in self.locks:
            if lock["rule"] == "apart":
                self.foes[lock["party_id"]].add(lock["other_party_id"])
                self.foes[lock["other_party_id"]].add(lock["party_id"])
            elif lock["rule"] == "intake":
                self.days[lock["centre_id"]][lock["day"]] = int(lock["people"])

    def wrong(self, claims: Mapping[str, str]) -> Iterator[str]:
        """The claims that are not so."""
        if "passed_over" in claims and int(claims["passed_over"]) != len(self.passed_over()):
            yield "passed_over"
        below = self.below()
        if "floor" in claims and int(claims["floor"]) != len(below):
            yield "floor"
        said = {key: value for key, value in claims.items() if key.startswith("below:")}
        found = {
            (column, unquote(value)): tuple(map(int, said[key].split("/")))
            for key in said
            for _, column, value in [key.split(":", 2)]
        }
        if said and {key: each[:2] for key, each in found.items()} != below:
            yield "floor"
        yield from (":".join(key) for key, (points, _, best) in found.items() if best < points)

    def vulnerability(self, who: Row) -> int:
        """The sum over what is true of a party."""
        says = self.policy.get("vulnerability", {})
        needs = sum(says.get(need, 0) for need in ("medical", "step_free") if who[need] == "1")
        return int(says.get("kind", {}).get(who["kind"], 0) + needs)

    def passed_over(self) -> list[str]:
        """Parties that wait, though a full place would take them were it not for less vulnerable parties there."""
        if not self.policy.get("fairness", {}).get("vulnerable_first"):
            return []
        waiting = [party for party in self.parties if not self.at.get(party)]
        return [party for party in waiting if any(self.held_from(party, place) for place in self.places)]

    def held_from(self, party: str, place: str) -> bool:
        """Whether less vulnerable parties alone keep the party from that place."""
        who, where = self.parties[party], self.places[place]
        people, units = int(who["people"]), int(where["units"])
        if self.closed(who, where) or (party, place) in self.never:
            return False
        lives, mine = self.here[place], self.vulnerability(who)
        give_way = {
            each for each in lives if each not in self.stay and self.vulnerability(self.parties[each]) < mine
        }
        needs = self.use(party, place)
        now = units - sum(self.use(each, place) for each in lives)
        then = now + sum(self.use(each, place) for each in give_way)
        if where["unit"] == "bed" and people > units:
            return False
        return now < needs <= then and self.lives_with(party, where["centre_id"], give_way)

    def use(self, party: str, place: str) -> int:
        """The units that a party takes there."""
        return 1 if self.places[place]["unit"] == "room" else int(self.parties[party]["people"])

    def lives_with(self, party: str, centre: str, gone: set[str]) -> bool:
        """Whether foes and days let the party come to the centre, once some have gone."""
        there = [
            each
            for place, row in self.places.items()
            if row["centre_id"] == centre
            for each in self.here[place]
            if each not in gone
        ]
        if self.foes[party] & set(there):
            return False
        if centre not in self.days:
            return True
        order = {each: number for number, each in enumerate(self.parties)}
        left = [room for _, room in sorted(self.days[centre].items())]
        for each in sorted([*there, party], key=lambda one: (-int(self.parties[one]["people"]), order[one])):
            people = int(self.parties[each]["people"])
            day = next((n for n, room in enumerate(left) if room >= people), None)
            if day is None:
                return False
            left[day] -= people
        return True

    def below(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Groups whose average is below the floor: their points and people."""
        rules = self.policy.get("fairness", {})
        if not rules.get("floor"):
            return {}
        sums: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        total = everybody = 0
        for party, who in self.parties.items():
            points, people = self.points_of.get(party, 0), int(who["people"])
            total, everybody = total + points, everybody + people
            for column in rules.get("groups", []):
                if who.get(column):
                    sums[column, who[column]][0] += points
                    sums[column, who[column]][1] += people
        mean = Fraction(total, everybody)
        least = mean - abs(mean) * (100 - rules["floor"]) / 100
        return {key: (points, people) for key, (points, people) in sums.items() if points < least * people}
