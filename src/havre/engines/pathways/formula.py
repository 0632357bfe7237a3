# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of facts, and how they are put together. A test is asked of a world, in which every fact has one value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from havre.engines.pathways.ages import is_under

Value = bool | str | date
"""What a fact is in one world: yes or no, a choice or a country, a birth date, the day it happened (False: never)."""
World = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Is:
    """The fact is true (a day: it happened), or it is not."""

    fact: str
    wanted: bool

    def holds(self, world: World, on_day: date) -> bool:  # noqa: ARG002 - every test is asked alike
        """Whether it is so in ``world``."""
        return (world[self.fact] is not False) is self.wanted


@dataclass(frozen=True, slots=True)
class Among:
    """The fact is one of these words."""

    fact: str
    words: frozenset[str]

    def holds(self, world: World, on_day: date) -> bool:  # noqa: ARG002 - every test is asked alike
        """Whether it is so in ``world``."""
        return world[self.fact] in self.words


@dataclass(frozen=True, slots=True)
class Under:
    """The age is below ``years``: on the day of the fact ``at`` where that happened, else on the day asked about."""

    fact: str
    years: int
    at: str

    def holds(self, world: World, on_day: date) -> bool:
        """Whether it is so in ``world``."""
        born, then = world[self.fact], world[self.at] if self.at else on_day
        return isinstance(born, date) and is_under(
            born, self.years, then if isinstance(then, date) else on_day
        )


@dataclass(frozen=True, slots=True)
class By:
    """It happened on ``last`` or before."""

    fact: str
    last: date

    def holds(self, world: World, on_day: date) -> bool:  # noqa: ARG002 - every test is asked alike
        """Whether it is so in ``world``."""
        happened = world[self.fact]
        return isinstance(happened, date) and happened <= self.last


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple["Formula", ...]

    def holds(self, world: World, on_day: date) -> bool:
        """Whether it is so in ``world``."""
        return all(part.holds(world, on_day) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple["Formula", ...]

    def holds(self, world: World, on_day: date) -> bool:
        """Whether it is so in ``world``."""
        return any(part.holds(world, on_day) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Nothing:
    """No part holds."""

    parts: tuple["Formula", ...]

    def holds(self, world: World, on_day: date) -> bool:
        """Whether it is so in ``world``."""
        return not any(part.holds(world, on_day) for part in self.parts)


Leaf = Is | Among | Under | By
Formula = Leaf | Every | Some | Nothing


def leaves(formula: Formula) -> Iterator[Leaf]:
    """The tests of single facts in it."""
    if isinstance(formula, Every | Some | Nothing):
        for part in formula.parts:
            yield from leaves(part)
    else:
        yield formula


def facts_of(formula: Formula) -> tuple[str, ...]:
    """The facts that it asks about, each once, in order."""
    asked = [
        fact
        for leaf in leaves(formula)
        for fact in ((leaf.fact, leaf.at) if isinstance(leaf, Under) else (leaf.fact,))
    ]
    return tuple(dict.fromkeys(fact for fact in asked if fact))
