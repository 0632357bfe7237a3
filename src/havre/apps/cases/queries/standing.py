# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a case stands on a day: its state and its clocks, all of them functions of its events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from havre.apps.cases.enums import CaseState
from havre.apps.cases.models import Case, Decision, Event
from havre.apps.cases.queries.law import MIGHT_BE_SILENT, RULES, event_rules
from havre.engines.pathways import Deadline, Due, Shore, clocks, noon_of, rulebook
from havre.engines.pathways import Event as Happened
from havre.words import Language

OPEN = frozenset({Due.WAITING, Due.OVERDUE})
NEVER = date.max


@dataclass(frozen=True, slots=True)
class NotTold:
    """A decision of which nobody said that the child was told."""

    decision: Decision
    due: date
    """Havre's own rule (``rules.toml``), of no statute."""
    overdue: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands."""

    state: CaseState
    by_silence: bool
    """It is accepted because nobody answered in time."""
    route: str
    """Of the last request; empty before the first."""
    clocks: tuple[Deadline, ...]
    not_told: tuple[NotTold, ...]

    @property
    def due(self) -> tuple[Deadline, ...]:
        """What somebody still has to do, the nearest first."""
        return tuple(each for each in self.clocks if each.state in OPEN)

    @property
    def binding(self) -> tuple[Deadline, ...]:
        """The same without what was only promised."""
        return binding(self.clocks)

    @property
    def overdue(self) -> bool:
        """Whether something should have been done by now; a promise that was not kept is shown, and not counted."""
        late = any(each.state is Due.OVERDUE for each in self.binding)
        return late or any(each.overdue for each in self.not_told)

    @property
    def next_day(self) -> date:
        """The day of what is due first; the last day there is where nothing is."""
        days = [each.due for each in self.binding if each.due] + [each.due for each in self.not_told]
        return min(days, default=NEVER)


def binding(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """What somebody still has to do by law, of these clocks; a promise is none."""
    return tuple(each for each in found if each.state in OPEN and each.rule.binding)


def standing_of(case: Case, events: Iterable[Event], decided: Iterable[Decision], on_day: date) -> Standing:
    """Where ``case`` stands on ``on_day``, with its events and the decisions that it was given."""
    told = list(events)
    state, route = state_of(told), route_of(told)
    found = clocks(happened(told), on_day, requesting=Shore(case.child_shore), route=route)
    silent = state in MIGHT_BE_SILENT and any(each.silent for each in found)
    return Standing(
        state=CaseState.ACCEPTED if silent else state,
        by_silence=silent,
        route=route,
        clocks=found,
        not_told=tuple(_not_told(each, on_day) for each in decided if _waits(each)),
    )


def state_of(events: Iterable[Event]) -> CaseState:
    """The state that the last event which makes one has led to; silence is not asked here."""
    rules = event_rules()
    states = (rules[each.kind].becomes for each in sorted(events, key=lambda each: each.position))
    return ([CaseState.OPENED] + [state for state in states if state])[-1]


def route_of(events: Iterable[Event]) -> str:
    """The route of the last request."""
    asked = sorted((each for each in events if each.route), key=lambda each: each.position)
    return asked[-1].route if asked else ""


def happened(events: Iterable[Event]) -> list[Happened]:
    """The events as the engine wants them."""
    told = sorted(events, key=lambda each: each.position)
    return engine_events((each.kind, each.happened_on) for each in told)


def engine_events(told: Iterable[tuple[str, date]]) -> list[Happened]:
    """Kinds and days, as they were recorded, for the engine: those of one day follow each other in that order."""
    in_order = sorted(told, key=lambda each: each[1])
    return [
        Happened(kind, noon_of(day) + timedelta(microseconds=nth)) for nth, (kind, day) in enumerate(in_order)
    ]


def event_said(kind: str, language: Language) -> str:
    """An event in words."""
    return rulebook().vocabulary.events[kind].say(language)


def _waits(decision: Decision) -> bool:
    return decision.agreed_on is not None and not hasattr(decision, "telling")


def told_by(agreed_on: date) -> date:
    """The last day on which a child is told of a decision in time."""
    return agreed_on + timedelta(days=RULES.told_within_days)


def _not_told(decision: Decision, on_day: date) -> NotTold:
    due = told_by(decision.agreed_on or decision.decided_on)
    return NotTold(decision, due, due < on_day)


def waits_for(standing: Standing, language: Language) -> Sequence[str]:
    """Whom a case waits for, each once, the nearest first."""
    return tuple(dict.fromkeys(each.who.say(language) for each in standing.binding))
