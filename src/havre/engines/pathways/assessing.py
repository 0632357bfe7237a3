# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which routes are open to a child on a day, and which missing fact would change the answer most.

The unknown facts of a route may turn out in many ways, its *completions*. A yes-or-no fact has two values, a relation
one for each class that conditions tell apart, a birth or a day one for each stretch of days that they tell apart. A
route is open if it is so in every completion, closed if in none, and else cannot be said yet. Nothing is guessed: how
likely a completion is does not count.

How much a fact changes is counted over completions too: the share of the ways in which the *other* unknown facts may
turn out for which the answer is not the same with every value of this one (the influence of a variable: Ben-Or and
Linial, 1989, with every value counted once). It is 0 where the fact decides nothing and 1 where it decides alone; where
a route cannot be said yet, at least one fact is above 0. The count is exact: conditions that share no unknown fact turn
out independently, so only those that do are enumerated together.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import prod

from havre.engines.pathways.ages import Age, Interval, age_on
from havre.engines.pathways.facts import Facts
from havre.engines.pathways.formula import Under, Value, facts_of, leaves
from havre.engines.pathways.model import Condition, DoubtRule, Route, Rulebook
from havre.engines.pathways.results import (
    AgeFound,
    Answer,
    AskFirst,
    Assessment,
    ConditionResult,
    Missing,
    RouteResult,
    State,
)
from havre.engines.pathways.rulebook import rulebook
from havre.engines.pathways.vocabulary import Shore
from havre.engines.pathways.worlds import Asked, Domains, every_world


def assess(
    facts: Facts, on_day: date, *, child_on: Shore = Shore.FRANCE, rules: Rulebook | None = None
) -> Assessment:
    """Every route with its answer on ``on_day`` for a child who is on the shore ``child_on``.

    ``facts`` are as ``read_facts`` gives them. A step (a condition that can still be fulfilled, such as lodging the
    application) decides nothing: it is listed in ``to_do``. Doubt about an age is read in the child's favour only where
    a condition names a rule for it that is valid on the day and on the shore; the result names that rule.
    """
    rules = rules or rulebook()
    doubts = {
        key: rule
        for key, rule in rules.doubts.items()
        if rule.valid.holds_on(on_day) and rule.child_on is child_on
    }
    routes = tuple(_assess(route, facts, on_day, rules, doubts) for route in rules.routes)
    return Assessment(
        on_day=on_day,
        routes=routes,
        ask_first=_ask_first(routes),
        empty=tuple(each for each in rules.instruments if each.is_empty and each.valid.holds_on(on_day)),
    )


def _ask_first(routes: Sequence[RouteResult]) -> tuple[AskFirst, ...]:
    across = [route for route in routes if route.route.leads_across]
    shares = defaultdict[str, Fraction](Fraction)
    facts = {missing.fact.key: missing.fact for route in across for missing in route.missing}
    for route in across:
        for missing in route.missing:
            shares[missing.fact.key] += missing.share
    order = sorted(shares, key=lambda key: (-shares[key], key))
    return tuple(AskFirst(facts[key], shares[key]) for key in order)


@dataclass(frozen=True, slots=True)
class _Question:
    """A condition, the values that its facts may have, and the age that it is about."""

    condition: Condition
    domains: Domains
    age: AgeFound | None
    doubt: DoubtRule | None

    @property
    def unknown(self) -> set[str]:
        return {fact for fact, values in self.domains.items() if len(values) > 1}

    def holds(self, world: dict[str, Value], on_day: date) -> bool:
        own = {fact: values[0] for fact, values in self.domains.items() if len(values) == 1}
        return self.condition.test.holds({**world, **own}, on_day)

    def state(self, on_day: date) -> State:
        answers = {self.holds(world, on_day) for world in every_world(self.domains)}
        return State.UNKNOWN if len(answers) > 1 else State.MET if True in answers else State.UNMET

    def hangs_on(self, fact: str, on_day: date) -> bool:
        """Whether, in some way in which the rest may turn out, ``fact`` decides."""
        rest = {other: values for other, values in self.domains.items() if other != fact}
        return any(
            len({self.holds({**world, fact: value}, on_day) for value in self.domains[fact]}) > 1
            for world in every_world(rest)
        )

    def result(self, on_day: date) -> ConditionResult:
        return ConditionResult(self.condition, self.state(on_day), self.age, self.doubt)


def _assess(
    route: Route, facts: Facts, on_day: date, rules: Rulebook, doubts: dict[str, DoubtRule]
) -> RouteResult:
    asked = Asked(facts, rules.vocabulary, on_day, route.valid.opens)
    # A step decides nothing, so what it tells apart is not told apart for the others.
    deciding = asked.domains(condition.test for condition in route.conditions if not condition.step)
    questions = [
        _question(each, asked.domains([each.test]) if each.step else deciding, asked, doubts)
        for each in route.conditions
    ]
    groups = [_Group.of(group, on_day) for group in _together([q for q in questions if not q.condition.step])]
    in_force = route.valid.holds_on(on_day)
    impossible = [group for group in groups if not any(group.answers)]
    if not in_force or impossible:
        answer = Answer.CLOSED
    else:
        answer = Answer.OPEN if all(all(group.answers) for group in groups) else Answer.UNSAID
    return RouteResult(
        route=route,
        answer=answer,
        in_force=in_force,
        conditions=tuple(question.result(on_day) for question in questions),
        blocking=tuple(condition for group in impossible for condition in group.blocking(on_day)),
        missing=_missing(groups, rules) if answer is Answer.UNSAID else (),
    )


def _question(
    condition: Condition, domains: Domains, asked: Asked, doubts: dict[str, DoubtRule]
) -> _Question:
    own = {fact: domains[fact] for fact in facts_of(condition.test)}
    plain = _Question(condition, own, None, None)
    leaf = next((leaf for leaf in leaves(condition.test) if isinstance(leaf, Under)), None)
    births = asked.facts.get(leaf.fact) if leaf else None
    if leaf is None or not isinstance(births, Interval):
        return plain
    doubt = next((doubts[key] for key in condition.doubt if key in doubts), None)
    if doubt is not None and plain.hangs_on(leaf.fact, asked.on_day):
        # In the child's favour: as young as what is known allows.
        own = {**own, leaf.fact: (births.last,)}
    else:
        doubt = None
    if doubt is None and leaf is not condition.test:
        return plain  # one age among other things
    ages = {age_on(births, leaf.years, day) for day in asked.references(leaf, domains)}
    return _Question(
        condition, own, AgeFound(ages.pop() if len(ages) == 1 else Age.POSSIBLY, leaf.years), doubt
    )


def _together(questions: Sequence[_Question]) -> list[list[_Question]]:
    """Those that share an unknown fact, directly or through others, in one group."""
    groups: list[list[_Question]] = []
    for question in questions:
        shared = [group for group in groups if any(question.unknown & other.unknown for other in group)]
        joined = [*(other for group in shared for other in group), question]
        groups = [*(group for group in groups if group not in shared), joined]
    return groups


@dataclass(frozen=True, slots=True)
class _Group:
    """Conditions that turn out together: whether all hold, for each completion of their unknown facts."""

    questions: list[_Question]
    worlds: list[dict[str, Value]]
    answers: list[bool]

    @classmethod
    def of(cls, questions: list[_Question], on_day: date) -> "_Group":
        domains = {
            fact: values
            for question in questions
            for fact, values in question.domains.items()
            if len(values) > 1
        }
        worlds = list(every_world(domains))
        group = cls(questions, worlds, [all(q.holds(world, on_day) for q in questions) for world in worlds])
        # What decides nothing is left out: it would only make the ways more that are counted.
        idle = [fact for fact in domains if not group.changes(fact)[0]]
        kept = [
            index
            for index, world in enumerate(worlds)
            if all(world[fact] == domains[fact][0] for fact in idle)
        ]
        facts = [fact for fact in domains if fact not in idle]
        return cls(
            questions,
            [{fact: worlds[i][fact] for fact in facts} for i in kept],
            [group.answers[i] for i in kept],
        )

    def blocking(self, on_day: date) -> list[Condition]:
        unmet = [q.condition for q in self.questions if q.state(on_day) is State.UNMET]
        return unmet or [question.condition for question in self.questions]

    def changes(self, fact: str) -> tuple[int, int]:
        """In how many completions of its other facts ``fact`` decides, and how many there are."""
        found = defaultdict[tuple[Value, ...], set[bool]](set)
        for world, answer in zip(self.worlds, self.answers, strict=True):
            found[tuple(value for other, value in world.items() if other != fact)].add(answer)
        return sum(len(answers) > 1 for answers in found.values()), len(found)


def _missing(groups: Sequence[_Group], rules: Rulebook) -> tuple[Missing, ...]:
    found = []
    for group in groups:
        others = [other for other in groups if other is not group]
        holding = prod(sum(other.answers) for other in others)
        all_ways = prod(len(other.answers) for other in others)
        for fact in group.worlds[0]:
            changes, ways = group.changes(fact)
            found.append(Missing(rules.vocabulary.facts[fact], changes * holding, ways * all_ways))
    return tuple(
        sorted((each for each in found if each.changes), key=lambda each: (-each.share, each.fact.key))
    )
