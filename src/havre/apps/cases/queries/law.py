# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Havre's own rules on cases: what may follow what (``events.toml``), and its other numbers (``rules.toml``).

Routes, conditions and legal deadlines are the engine's (``havre.engines.pathways``) and stand nowhere here.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from havre.apps.cases.enums import Answer, CaseState
from havre.engines.pathways import Condition, Route, rulebook
from havre.engines.pathways.formula import facts_of


@dataclass(frozen=True, slots=True)
class EventRule:
    """See the head of ``events.toml`` for what each says."""

    kind: str
    within: frozenset[CaseState]
    becomes: CaseState | None
    after: str
    once: bool
    route: bool
    answers: Answer | None
    outside: Answer | None
    counts_as: str
    ends: str
    undoes: str
    made_with: str


@dataclass(frozen=True, slots=True)
class CaseRules:
    """See ``rules.toml`` for what each says."""

    least_words: int
    least_different: int
    most_of_one_word: float
    told_within_days: int
    soon_days: int
    follow_up_weeks: tuple[int, ...]
    least_panel: int
    least_options: int
    sibling_probability: float
    stock_phrases: tuple[str, ...]


MIGHT_BE_SILENT = frozenset({CaseState.RECEIVED, CaseState.REEXAMINED})
"""States in which silence may be taken for acceptance: only the engine knows whether it was."""
NOT_CLOSED = frozenset(CaseState) - {CaseState.CLOSED}


@cache
def event_rules() -> dict[str, EventRule]:
    """Kind to rule, in the order of the file."""
    return {kind: _rule(kind, said) for kind, said in _read("events.toml").items()}


def _rule(kind: str, said: dict[str, Any]) -> EventRule:
    return EventRule(
        kind=kind,
        within=frozenset(map(CaseState, said["in"])) if "in" in said else NOT_CLOSED,
        becomes=CaseState(said["becomes"]) if "becomes" in said else None,
        after=said.get("after", ""),
        once=said.get("once", False),
        route=said.get("route", False),
        answers=Answer(said["answers"]) if "answers" in said else None,
        outside=Answer(said["outside"]) if "outside" in said else None,
        counts_as=said.get("counts_as", ""),
        ends=said.get("ends", ""),
        undoes=said.get("undoes", ""),
        made_with=said.get("made_with", ""),
    )


def answering(answer: Answer, state: CaseState) -> str | None:
    """The event that a decision makes happen in a state; None where there is nothing to answer."""
    found = (rule.kind for rule in event_rules().values() if rule.answers is answer and state in rule.within)
    return next(found, None)


def answering_outside(answer: Answer, state: CaseState, *, dated: bool) -> str | None:
    """The event that an answer from outside of Havre is in a state; None where it can be none."""
    found = (
        rule.kind
        for rule in event_rules().values()
        if rule.outside is answer and state in rule.within and bool(rule.counts_as) is dated
    )
    return next(found, None)


def recorded_by_hand() -> list[str]:
    """The events that a member records as such: the others come with a decision, or with what belongs to them."""
    return [rule.kind for rule in event_rules().values() if rule.answers is None and not rule.made_with]


def routes() -> dict[str, Route]:
    """Key to route, of those that lead to the other shore."""
    return {route.key: route for route in rulebook().routes if route.leads_across}


def criteria(route: Route) -> tuple[Condition, ...]:
    """What a decision has to test: every condition that is no step which can still be done."""
    return tuple(condition for condition in route.conditions if not condition.step)


def facts_asked(route: Route) -> tuple[str, ...]:
    """The facts that a route asks about, each once: what a request under it needs."""
    asked = (fact for condition in route.conditions for fact in facts_of(condition.test))
    return tuple(dict.fromkeys(asked))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("havre.apps.cases") / name).read_text("utf-8"))


def _rules() -> CaseRules:
    said = _read("rules.toml")
    lists = {name: tuple(said[name]) for name in ("stock_phrases", "follow_up_weeks")}
    return CaseRules(**{**said, **lists})


RULES = _rules()
