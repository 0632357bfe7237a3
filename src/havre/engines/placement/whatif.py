# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What if: a centre closes, places come, somebody goes nowhere else. A ceiling at once, and the plan made again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from havre.engines.placement.instance import Longs, instance_of
from havre.engines.placement.model import Locks, Task
from havre.engines.placement.parts import Part, parts_of
from havre.engines.placement.plan import Plan, Prices, days_of_centre, places_by_party
from havre.engines.placement.prices import slot_prices
from havre.engines.placement.solving import solve
from havre.engines.placement.weighing import may_go


class Mistake(StrEnum):
    """Why a question cannot be asked."""

    PARTY = "party"
    PLACE = "place"
    CENTRE = "centre"
    MAY_NOT_GO = "may_not_go"
    FULL = "full"
    FEWER = "fewer"


class WrongQuestion(ValueError):
    """The question names what is not there, or what no rule allows."""

    def __init__(self, mistake: Mistake, about: str) -> None:
        super().__init__(mistake)
        self.mistake, self.about = mistake, about


@dataclass(frozen=True, slots=True)
class Question:
    """Ids of centres, places and parties."""

    closed: frozenset[str] = frozenset()
    more: Mapping[str, int] = field(default_factory=dict)
    """Place to the units that come, or with a minus go."""
    never: frozenset[tuple[str, str]] = frozenset()
    """Party and a place that it never goes to."""
    always: Mapping[str, str] = field(default_factory=dict)
    """Party to the place where it stays."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan made again, beside the one before."""

    before: Plan
    after: Plan
    moved: tuple[str, ...]
    """Parties that had a place which the question does not touch, and now have another one or none."""

    @property
    def share(self) -> float:
        """Those, as a part of all parties that the question does not touch."""
        return len(self.moved) / max(1, len(self.before.task.parties))


def changed(task: Task, question: Question) -> Task:
    """The task as the question would have it; WrongQuestion where it cannot be."""
    _known(task, question)
    places = []
    for place in task.places:
        units = 0 if place.centre in question.closed else place.units + question.more.get(place.id, 0)
        if units < 0:
            raise WrongQuestion(Mistake.FEWER, place.id)
        places.append(replace(place, units=units))
    at = {place.id: place for place in places}
    stays = {
        party: place
        for party, place in task.locks.stays.items()
        if at[place].centre not in question.closed and (party, place) not in question.never
    } | dict(question.always)
    never = {lock for lock in task.locks.never if question.always.get(lock[0]) != lock[1]} | question.never
    locks = Locks(stays, frozenset(never), task.locks.apart, task.locks.intake)
    _fits(replace(task, places=tuple(places), locks=locks), question)
    return replace(task, places=tuple(places), locks=locks)


def _known(task: Task, question: Question) -> None:
    parties, places = {party.id for party in task.parties}, {place.id for place in task.places}
    pairs = [*question.never, *question.always.items()]
    for mistake, asked, known in (
        (Mistake.CENTRE, question.closed, {place.centre for place in task.places}),
        (Mistake.PLACE, {*question.more, *(place for _, place in pairs)}, places),
        (Mistake.PARTY, {party for party, _ in pairs}, parties),
    ):
        if strange := sorted(set(asked) - known):
            raise WrongQuestion(mistake, strange[0])


def _fits(task: Task, question: Question) -> None:
    """Those who are to stay must be let in, and find room beside each other."""
    parties = {party.id: party for party in task.parties}
    places = {place.id: place for place in task.places}
    used = dict.fromkeys(places, 0)
    for party, place in task.locks.stays.items():
        used[place] += places[place].use(parties[party].people)
    for party, place in question.always.items():
        if (party, place) in question.never or not may_go(task.policy, parties[party], places[place]):
            raise WrongQuestion(Mistake.MAY_NOT_GO, party)
    for place, units in used.items():
        if units > places[place].units:
            raise WrongQuestion(Mistake.FULL, place)
    _together(task)


def _together(task: Task) -> None:
    """No two that are kept apart stay in one centre, and all who stay in one find a day there."""
    centre = {place.id: place.centre for place in task.places}
    stay = {party: centre[place] for party, place in task.locks.stays.items()}
    for one, other in sorted(task.locks.apart):
        if one in stay and stay[one] == stay.get(other):
            raise WrongQuestion(Mistake.MAY_NOT_GO, one)
    for each in sorted(task.locks.intake.keys() & set(stay.values())):
        there = [number for number, party in enumerate(task.parties) if stay.get(party.id) == each]
        if days_of_centre(task, each, there) is None:
            raise WrongQuestion(Mistake.FULL, each)


def ceiling(plan: Plan, question: Question) -> int:
    """Points that no plan exceeds once it is so, from the prices of the plan: at once, and proven in whole numbers."""
    task = changed(plan.task, question)
    instance = instance_of(task)
    found = instance.waiting_points
    for part in parts_of(instance, whole=False):
        found += slot_prices(part, _price(plan.prices, part)).bound
    return min(found, plan.bound) if _only_less(plan.task, task) else found


def _only_less(before: Task, after: Task) -> bool:
    """Whether every plan of ``after`` is one of ``before`` too: no unit came, and no lock fell."""
    units = all(new.units <= old.units for old, new in zip(before.places, after.places, strict=True))
    stays = before.locks.stays.items() <= after.locks.stays.items()
    return units and stays and before.locks.never <= after.locks.never


def _price(prices: Prices, part: Part) -> Longs:
    """(sizes, L)"""
    return np.array(
        [[prices.of(int(place), int(size)) for place in part.places] for size in part.sizes], np.int64
    )


def replan(plan: Plan, question: Question, go_on: Callable[[], bool] = lambda: True) -> Answer:
    """The plan made again as the question would have it, keeping what can be kept."""
    before = places_by_party(plan.task, plan.place_of)
    after = solve(changed(plan.task, question), seed=plan.seed, previous=before, go_on=go_on)
    touched = {party for party, _ in question.never} | question.always.keys()
    centre = {place.id: place.centre for place in plan.task.places}
    moved = tuple(
        party.id
        for party, was, now in zip(plan.task.parties, plan.place_of, after.place_of, strict=True)
        if 0 <= was != now and party.id not in touched and centre[before[party.id]] not in question.closed
    )
    return Answer(plan, after, moved)
