# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures of a plan in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from havre.apps.accommodation.enums import PartyKind
from havre.apps.accommodation.models import Assignment, Centre, Place
from havre.apps.accommodation.web.plans.words import WORDS
from havre.core.ui.telling import decimal, number, percent
from havre.engines.placement import Goal
from havre.words import Language

LEAST_GAP = 0.0001
"""Below it a gap is told as less than this."""


def gap_said(points: int | None, bound: int | None, language: Language) -> str:
    """How much better any plan could be; empty where nothing is known yet."""
    if points is None or bound is None:
        return ""
    gap = (bound - points) / max(1, abs(bound))
    if gap == 0:
        return WORDS.say(language, "gap_none")
    key = "gap" if gap >= LEAST_GAP else "gap_small"
    return WORDS.say(language, key, gap=percent(decimal(100 * max(gap, LEAST_GAP), language), language))


def points_said(points: int, language: Language) -> str:
    """With its sign, and a true minus."""
    said = number(abs(points), language)
    return f"−{said}" if points < 0 else said


def wins_said(points: int, language: Language) -> str:
    """What a party wins or loses by a move."""
    key = "wins" if points > 0 else "loses" if points < 0 else "wins_nothing"
    return WORDS.say(language, key, points=number(abs(points), language))


def costs_said(costs: int, whom: Iterable[tuple[int, str, str]], language: Language) -> str:
    """What others lose, and who they are; or that there is room."""
    named = [whom_said(*each, language) for each in whom]
    if not named:
        return WORDS.say(language, "costs_nobody")
    return WORDS.say(language, "costs", points=number(costs, language), whom=", ".join(named))


def whom_said(n: int, kind: str, goal: str, language: Language) -> str:
    """Who would have to leave, and what they have there above all."""
    who = WORDS.say(language, f"whom_{PartyKind(kind).value}", n=n)
    if goal == Goal.BASE:
        return who
    return WORDS.say(language, "whom_with", who=who, what=WORDS.say(language, f"there_{Goal(goal).value}"))


def goals_said(by_goal: dict[str, int], language: Language) -> list[tuple[str, int]]:
    """Each goal that earns something in words, with its points, the most first."""
    earned = sorted(by_goal.items(), key=lambda each: -each[1])
    return [(WORDS.say(language, f"goal_{Goal(goal).value}"), points) for goal, points in earned if points]


def place_said(place: Place | None, language: Language) -> str:
    """The centre of a place with its town; or that the party waits."""
    return place.centre.located if place else WORDS.say(language, "waits")


def why_said(assignment: Assignment, language: Language) -> str:
    """What the place of a party is worth to it, in one line."""
    told = [f"{text} {number(points, language)}" for text, points in goals_said(assignment.by_goal, language)]
    return " · ".join(told)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a centre is, for a map."""

    latitude: float
    longitude: float

    @classmethod
    def of(cls, centre: Centre) -> "Spot":
        """Its coordinates."""
        return cls(centre.lat, centre.lon)
