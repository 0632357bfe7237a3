# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every way in which what is unknown may turn out, as far as a rule can tell the ways apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from havre.engines.pathways.ages import DAY, Interval, last_birth_of
from havre.engines.pathways.facts import Facts, Known
from havre.engines.pathways.formula import Among, By, Formula, Leaf, Under, Value, facts_of, leaves
from havre.engines.pathways.vocabulary import Kind, Vocabulary

Domains = dict[str, tuple[Value, ...]]
"""Fact to the values that it may still have; one where it is known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the domains of a route's facts depend on."""

    facts: Facts
    vocabulary: Vocabulary
    on_day: date
    opens: date
    """The first day of the route: before it nothing was lodged under it."""

    def domains(self, formulas: Iterable[Formula]) -> Domains:
        """The values of each fact that ``formulas`` ask about, of those that no test tells apart only the first."""
        tests = [leaf for formula in formulas for leaf in leaves(formula)]
        asked = dict.fromkeys(fact for leaf in tests for fact in facts_of(leaf))
        # A birth is cut at birthdays on the days of other facts, so it comes after them.
        order = sorted(asked, key=lambda fact: self.vocabulary.facts[fact].kind is Kind.BIRTH)
        raw: Domains = {}
        for fact in order:
            raw[fact] = self._values(fact, [leaf for leaf in tests if fact in facts_of(leaf)], raw)
        return {fact: _told_apart(fact, tests, raw, self.on_day) for fact in asked}

    def _values(self, key: str, tests: Sequence[Leaf], raw: Domains) -> tuple[Value, ...]:
        known, fact = self.facts.get(key), self.vocabulary.facts[key]
        if fact.kind is Kind.BIRTH:
            return _days(known, self._birthdays(tests, raw))
        if fact.kind is Kind.DAY:
            return self._happened(known, tests)
        if isinstance(known, Interval):
            raise ValueError(f"{key} is no day")  # noqa: TRY004 - a wrong value, as from read_facts
        if known is not None:
            return (known,)
        if fact.kind is Kind.YES_OR_NO:
            return (True, False)
        if fact.kind is Kind.CHOICE:
            return tuple(choice.key for choice in fact.choices)
        named = {word for leaf in tests if isinstance(leaf, Among) for word in leaf.words}
        return (*sorted(named), "")  # "": a country that no test names

    def _happened(self, known: Known | None, tests: Sequence[Leaf]) -> tuple[Value, ...]:
        """The days that tests tell apart, in what is known; False where it may not have happened."""
        if known is False:
            return (False,)
        cuts = [day for leaf in tests if isinstance(leaf, By) for day in (leaf.last, leaf.last + DAY)]
        if isinstance(known, Interval):
            return _days(known, cuts)
        cuts += [self.opens for leaf in tests if isinstance(leaf, Under)]
        days = sorted({self.on_day, *(day for day in cuts if day <= self.on_day)})
        return (*days, False) if known is None else tuple(days)

    def _birthdays(self, tests: Sequence[Leaf], raw: Domains) -> list[date]:
        """For each age that is asked about, the last birth date of that age and the day after it."""
        found = [
            last_birth_of(leaf.years, day)
            for leaf in tests
            if isinstance(leaf, Under)
            for day in self.references(leaf, raw)
        ]
        return sorted({day for last in found for day in (last, last + DAY)})

    def references(self, leaf: Under, domains: Domains) -> list[date]:
        """The days at which ``leaf`` may look at the age."""
        if not leaf.at:
            return [self.on_day]
        return sorted({day if isinstance(day, date) else self.on_day for day in domains[leaf.at]})


def _days(known: Known | None, cuts: Iterable[date]) -> tuple[Value, ...]:
    """The ends of what is known and the cuts within; all cuts where nothing is known."""
    if not isinstance(known, Interval):
        return tuple(sorted(set(cuts)))
    return tuple(
        sorted({known.first, known.last, *(day for day in cuts if known.first <= day <= known.last)})
    )


def _told_apart(fact: str, tests: Iterable[Leaf], raw: Domains, on_day: date) -> tuple[Value, ...]:
    """The values of ``fact`` without those that every test takes for one that is there already."""
    own = [leaf for leaf in tests if fact in facts_of(leaf)]
    seen: dict[tuple[bool, ...], Value] = {}
    for value in raw[fact]:
        answers = tuple(
            leaf.holds({**world, fact: value}, on_day)
            for leaf in own
            for world in every_world({other: raw[other] for other in facts_of(leaf) if other != fact})
        )
        seen.setdefault(answers, value)
    return tuple(seen.values())


def every_world(domains: Domains) -> Iterable[dict[str, Value]]:
    """Each combination of values."""
    return (dict(zip(domains, values, strict=True)) for values in product(*domains.values()))
