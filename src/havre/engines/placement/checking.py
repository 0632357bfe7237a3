# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judges a plan from the files alone, without a line of what made it: its own reading, its own arithmetic."""

import csv
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import Any

from havre.engines.placement.checking_fair import FairCheck
from havre.words import Language, Words

_WORDS = Words("havre.engines.placement", "check_words.toml")
_Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that the plan breaks, at a party, a place, a centre or one of the files."""

    where: str
    rule: str

    def say(self, language: Language) -> str:
        """In words."""
        return f"{self.where}: {_WORDS.say(language, self.rule)}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a plan is worth and which rules it breaks."""

    points: int
    waiting: int
    bound: int | None
    """What the plan claims that no other exceeds."""
    broken: tuple[Broken, ...]
    passed_over: int
    """Parties that wait while less vulnerable ones have a place that would take them."""
    below: int
    """Groups whose average points are below the floor."""


def check(plan: str, parties: str, places: str, policy: str, locks: str = "") -> Verdict:
    """The verdict on the text of a plan, for the texts of what it was made from.

    KeyError or ValueError where one of them is not sound.
    """
    return _Check(plan, parties, places, policy, locks).verdict()


def _rows(text: str) -> list[dict[str, str]]:
    plain = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), restval="")
    return [{(head or "").strip(): str(cell).strip() for head, cell in row.items()} for row in plain]


class _Check:
    def __init__(self, plan: str, parties: str, places: str, policy: str, locks: str) -> None:
        self.texts = {"parties": parties, "places": places, "policy": policy, "locks": locks}
        self.parties = {row["party_id"]: row for row in _rows(parties)}
        self.places = {row["place_id"]: row for row in _rows(places)}
        self.plan, self.locks = _rows(plan), _rows(locks)
        policies: dict[str, Any] = tomllib.loads(policy)
        self.policy = policies
        self.rules, self.pays = policies.get("rules", {}), policies.get("points", {})
        self.waits = policies.get("waiting", {})
        self.at: dict[str, str] = {}
        self.points_of: dict[str, int] = {}
        self.waiting = 0

    def verdict(self) -> Verdict:
        broken = [*self.each(), *self.room(), *self.laid_down()]
        claims = dict(word.partition("=")[::2] for row in self.plan for word in row.get("about", "").split())
        fair = FairCheck(
            self.policy, self.parties, self.places, self.locks, self.at, self.closed, self.points_of
        )
        broken += [*self.claimed(claims), *(Broken(what, "other_figure") for what in fair.wrong(claims))]
        bound = int(claims["bound"]) if "bound" in claims else None
        return Verdict(
            self.points, self.waiting, bound, tuple(broken), len(fair.passed_over()), len(fair.below())
        )

    @property
    def points(self) -> int:
        return sum(self.points_of.values())

    def each(self) -> Iterator[Broken]:
        """Every party stands once in the plan, at a place that is open to it."""
        for row in self.plan:
            party, place = row["party_id"], row["place_id"]
            if party not in self.parties or party in self.at:
                yield Broken(party, "party_unknown" if party not in self.parties else "party_twice")
                continue
            self.at[party] = place
            who = self.parties[party]
            people = int(who["people"])
            if not place:
                self.points_of[party] = -self.waiting_of(who) * people
                self.waiting += people
            elif place not in self.places:
                yield Broken(party, "place_unknown")
            elif rule := self.closed(who, self.places[place]):
                yield Broken(party, rule)
            else:
                self.points_of[party] = self.worth(who, self.places[place]) * people
        yield from (Broken(party, "party_missing") for party in self.parties if party not in self.at)

    def closed(self, who: _Row, where: _Row) -> str:
        """The rule that keeps a party from a place; empty where none does."""
        if who["kind"] not in where["takes"].split():
            return "kind"
        if self.rules.get("step_free") and who["step_free"] == "1" and where["step_free"] != "1":
            return "step_free"
        farthest = self.rules.get("hospital_km", math.inf)
        if who["medical"] == "1" and float(where["hospital_km"]) > farthest:
            return "hospital"
        if where["unit"] == "room" and int(who["people"]) > int(where["unit_size"]):
            return "room"
        return ""

    def worth(self, who: _Row, where: _Row) -> int:
        """Points for each person."""
        pays = self.pays
        worth = pays.get("base", 0) * int(where["base_points"])
        worth += pays.get("region_1", 0) if who["region_1"] == where["region"] else 0
        worth += pays.get("region_2", 0) if who["region_2"] == where["region"] else 0
        worth += pays.get("language", 0) if who["language"] in where["languages"].split() else 0
        worth += pays.get("school", 0) if who["school"] == "1" == where["school"] else 0
        if who["relative_lat"]:
            worth += _fades(pays.get("relative", {}), _distance(who, where))
        if who["medical"] == "1":
            worth += _fades(pays.get("hospital", {}), float(where["hospital_km"]))
        return int(worth)

    def waiting_of(self, who: _Row) -> int:
        waits = self.waits
        lost = waits.get("person", 0) + waits.get("kind", {}).get(who["kind"], 0)
        return int(lost + sum(waits.get(need, 0) for need in ("medical", "step_free") if who[need] == "1"))

    def room(self) -> Iterator[Broken]:
        """No place holds more than it has."""
        used: Counter[str] = Counter()
        for party, place in self.at.items():
            if place in self.places:
                used[place] += (
                    1 if self.places[place]["unit"] == "room" else int(self.parties[party]["people"])
                )
        yield from (
            Broken(place, "overfull") for place, n in used.items() if n > int(self.places[place]["units"])
        )

    def laid_down(self) -> Iterator[Broken]:
        """What the locks say."""
        days: dict[tuple[str, str], int] = {}
        for row in self.locks:
            rule, at = row["rule"], self.at.get(row.get("party_id", ""), "")
            if rule == "stays" and at != row["place_id"]:
                yield Broken(row["party_id"], "stays")
            if rule == "never" and at == row["place_id"]:
                yield Broken(row["party_id"], "never")
            if rule == "apart":
                one, other = (
                    self.centre(self.at.get(row[key], "")) for key in ("party_id", "other_party_id")
                )
                if one and one == other:
                    yield Broken(row["party_id"], "apart")
            if rule == "intake":
                days[row["centre_id"], row["day"]] = int(row["people"])
        yield from self.intake(days)

    def centre(self, place: str) -> str:
        return self.places[place]["centre_id"] if place in self.places else ""

    def intake(self, days: Mapping[tuple[str, str], int]) -> Iterator[Broken]:
        counting, come = {centre for centre, _ in days}, defaultdict[tuple[str, str], int](int)
        for row in self.plan:
            centre = self.centre(row["place_id"])
            if centre in counting and row["party_id"] in self.parties:
                come[centre, row.get("day", "")] += int(self.parties[row["party_id"]]["people"])
        yield from (
            Broken(centre, "intake") for (centre, day), n in come.items() if n > days.get((centre, day), 0)
        )

    def claimed(self, claims: Mapping[str, str]) -> Iterator[Broken]:
        """What the plan says of itself, if it says something."""
        for name, text in self.texts.items():
            if name in claims and claims[name] != sha256(text.encode("utf-8")).hexdigest():
                yield Broken(name, "other_file")
        for name, found in (("points", self.points), ("waiting", self.waiting)):
            if name in claims and int(claims[name]) != found:
                yield Broken(name, "other_figure")
        given_up = int(claims.get("given_up", 0))
        if given_up < 0:
            yield Broken("given_up", "other_figure")
        if "bound" in claims and int(claims["bound"]) < self.points + max(given_up, 0):
            yield Broken("bound", "above_bound")


def _distance(who: _Row, where: _Row) -> float:
    """Great circle in km."""
    a, b, x, y = (
        math.radians(float(each))
        for each in (who["relative_lat"], who["relative_lon"], where["lat"], where["lon"])
    )
    s = math.sin((x - a) / 2) ** 2 + math.cos(a) * math.cos(x) * math.sin((y - b) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(s)))


def _fades(curve: Mapping[str, float], km: float) -> int:
    return round(curve.get("most", 0) * math.exp(-km / curve.get("km", 1)))
