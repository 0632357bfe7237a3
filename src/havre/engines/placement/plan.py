# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan: who goes where, what it is worth, and how much better any other could be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from havre.engines.placement.instance import Instance, Longs
from havre.engines.placement.model import Task


@dataclass(frozen=True, slots=True)
class Plan:
    """An assignment of parties to places that obeys every hard rule."""

    task: Task
    instance: Instance
    place_of: tuple[int, ...]
    """For each party of the task the number of its place, or -1: it waits."""
    day_of: Mapping[int, str]
    """Party to its day, where the centre counts its days."""
    points: int
    bound: int
    """Points that no plan exceeds, whoever makes it; proven in whole numbers."""
    seed: int
    prices: "Prices"
    given_up: int = 0
    """Points that were given up for the rules of fairness: a plan with so many more was known."""

    @property
    def gap(self) -> float:
        """How far the plan may be below the best one, as a part of the bound."""
        return (self.bound - self.points) / max(1, abs(self.bound))

    @property
    def waiting(self) -> int:
        """People without a place."""
        return sum(party.people for party, at in zip(self.task.parties, self.place_of, strict=True) if at < 0)


@dataclass(frozen=True, slots=True)
class Prices:
    """What a slot for a party of a size costs all others, in points."""

    by_place: Mapping[int, tuple[Mapping[int, int], Longs]]
    """Place to the row of each size, and the price of each row."""

    def of(self, place: int, people: int) -> int:
        """0 where nobody competes for it."""
        if place not in self.by_place:
            return 0
        rows, price = self.by_place[place]
        return int(price[rows[people]]) if people in rows else 0


def days_of(task: Task, place_of: Sequence[int]) -> dict[int, str]:
    """The day of each party whose centre counts its days: the largest first, each on the first day that has room."""
    here: defaultdict[str, list[int]] = defaultdict(list)
    for party, at in enumerate(place_of):
        if at >= 0 and task.places[at].centre in task.locks.intake:
            here[task.places[at].centre].append(party)
    found: dict[int, str] = {}
    for centre, parties in here.items():
        found |= days_of_centre(task, centre, parties) or {}
    return found


def days_of_centre(task: Task, centre: str, parties: Sequence[int]) -> dict[int, str] | None:
    """The same of all who come to one centre; None where one of them finds no day."""
    left = dict(sorted(task.locks.intake[centre].items()))
    found: dict[int, str] = {}
    for party in sorted(parties, key=lambda number: (-task.parties[number].people, number)):
        people = task.parties[party].people
        day = next((day for day, room in left.items() if room >= people), None)
        if day is None:
            return None
        found[party] = day
        left[day] -= people
    return found


def places_by_party(task: Task, place_of: Sequence[int]) -> dict[str, str]:
    """The ids of those who have a place, and of their places: what a plan made again is told."""
    return {party.id: task.places[at].id for party, at in zip(task.parties, place_of, strict=True) if at >= 0}
