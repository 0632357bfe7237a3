# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Havre's own rules on cases: what may follow what (``events.toml``), and what a reason must be (``rules.toml``).

Routes, conditions and legal deadlines are the engine's (``havre.engines.pathways``) and stand nowhere here.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from havre.apps.cases.enums import Answer, CaseState
from havre.engines.pathways import Condition, Route, rulebook


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


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """See ``rules.toml`` for what each says."""

    least_words: int
    least_different: int
    most_of_one_word: float
    told_within_days: int
    soon_days: int
    stock_phrases: tuple[str, ...]


MIGHT_BE_SILENT = frozenset({CaseState.RECEIVED, CaseState.REEXAMINED})
"""States in which silence may be taken for acceptance: only the engine knows whether it was."""


@cache
def event_rules() -> dict[str, EventRule]:
    """Kind to rule, in the order of the file."""
    return {kind: _rule(kind, said) for kind, said in _read("events.toml").items()}


def _rule(kind: str, said: dict[str, Any]) -> EventRule:
    return EventRule(
        kind=kind,
        within=frozenset(map(CaseState, said.get("in", CaseState))),
        becomes=CaseState(said["becomes"]) if "becomes" in said else None,
        after=said.get("after", ""),
        once=said.get("once", False),
        route=said.get("route", False),
        answers=Answer(said["answers"]) if "answers" in said else None,
    )


def answering(answer: Answer, state: CaseState) -> str | None:
    """The event that a decision makes happen in a state; None where there is nothing to answer."""
    found = (rule.kind for rule in event_rules().values() if rule.answers is answer and state in rule.within)
    return next(found, None)


def routes() -> dict[str, Route]:
    """Key to route, of those that lead to the other shore."""
    return {route.key: route for route in rulebook().routes if route.leads_across}


def criteria(route: Route) -> tuple[Condition, ...]:
    """What a decision has to test: every condition that is no step which can still be done."""
    return tuple(condition for condition in route.conditions if not condition.step)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("havre.apps.cases") / name).read_text("utf-8"))


def _rules() -> DecisionRules:
    said = _read("rules.toml")
    return DecisionRules(**{**said, "stock_phrases": tuple(said["stock_phrases"])})


RULES = _rules()
