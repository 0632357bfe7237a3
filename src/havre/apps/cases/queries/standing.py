# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a case stands on a day: its state and its clocks, all of them functions of its events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from havre.apps.cases.enums import WORDS, CaseState
from havre.apps.cases.models import Case, Decision, Event
from havre.apps.cases.queries.law import MIGHT_BE_SILENT, RULES, event_rules
from havre.engines.pathways import Deadline, Due, Shore, clocks, noon_of, rulebook
from havre.engines.pathways import Event as Happened
from havre.words import Language

OPEN = frozenset({Due.WAITING, Due.OVERDUE})
NEVER = date.max
ARRIVED, FOLLOWED_UP = "transferred", "followed_up"


@dataclass(frozen=True, slots=True)
class NotTold:
    """A decision of which nobody said that the child was told."""

    decision: Decision
    due: date
    """Havre's own rule (``rules.toml``), of no statute."""
    overdue: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """A follow-up after the arrival."""

    weeks: int
    due: date
    """Havre's own rule (``rules.toml``), of no statute."""
    made: bool
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
    visits: tuple[Visit, ...] = ()
    """Follow-up after the arrival, in the order of its days."""

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
        untold = any(each.overdue for each in self.not_told)
        return late or untold or any(each.overdue for each in self.visits)

    @property
    def next_day(self) -> date:
        """The day of what is due first; the last day there is where nothing is."""
        days = [each.due for each in self.binding if each.due] + [each.due for each in self.not_told]
        return min([*days, *(each.due for each in self.visits if not each.made)], default=NEVER)

    @property
    def something_due(self) -> bool:
        """Whether anything is due at all."""
        return self.next_day != NEVER


def binding(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """What somebody still has to do by law, of these clocks; a promise is none."""
    return tuple(each for each in found if each.state in OPEN and each.rule.binding)


def standing_of(case: Case, events: Iterable[Event], decided: Iterable[Decision], on_day: date) -> Standing:
    """Where ``case`` stands on ``on_day``, with its events and the decisions that it was given."""
    told = sorted(events, key=lambda each: each.position)
    state, route = state_of(told), route_of(told)
    steps = [(each.kind, each.happened_on) for each in told]
    found = clocks_of(steps, on_day, requesting=Shore(case.child_shore), route=route)
    silent = state in MIGHT_BE_SILENT and any(each.silent for each in found)
    return Standing(
        state=CaseState.ACCEPTED if silent else state,
        by_silence=silent,
        route=route,
        clocks=found,
        not_told=tuple(_not_told(each, on_day) for each in decided if _waits(each)),
        visits=visits_of(steps, on_day),
    )


def counting(kinds: Sequence[str]) -> list[int]:
    """Of the kinds of a case's events, in their order, the places of those that make its state and were not undone."""
    rules = event_rules()
    return [
        place
        for place, kind in enumerate(kinds)
        if rules[kind].becomes and not any(rules[later].undoes == kind for later in kinds[place:])
    ]


def state_after(kinds: Sequence[str]) -> CaseState:
    """The state to which events of these kinds lead, in the order in which they were recorded; silence is not asked."""
    made = counting(kinds)
    return event_rules()[kinds[made[-1]]].becomes or CaseState.OPENED if made else CaseState.OPENED


def state_of(events: Iterable[Event]) -> CaseState:
    """The state that the last event which makes one has led to; silence is not asked here."""
    return state_after([each.kind for each in sorted(events, key=lambda each: each.position)])


def route_of(events: Iterable[Event]) -> str:
    """The route of the last request."""
    asked = sorted((each for each in events if each.route), key=lambda each: each.position)
    return asked[-1].route if asked else ""


def clocks_of(
    steps: Sequence[tuple[str, date]], on_day: date, *, requesting: Shore, route: str
) -> tuple[Deadline, ...]:
    """The clocks of a case whose events are of these kinds and days, in the order in which they were recorded.

    A closed case has none. An answer whose day nobody knows ends what an answer ends; nothing is counted from it, and
    no silence either.
    """
    kinds = [kind for kind, _ in steps]
    if state_after(kinds) is CaseState.CLOSED:
        return ()
    found = clocks(engine_events(steps), on_day, requesting=requesting, route=route)
    ended = _ended(kinds)
    if not ended:
        return found
    return tuple(
        each
        for each in found
        if not each.counted.event.by_silence
        and (each.state not in OPEN or not ended.intersection(each.rule.done))
    )


def _ended(kinds: Sequence[str]) -> set[str]:
    """What answers without a day have ended; a request that follows begins anew."""
    rules = [event_rules()[kind] for kind in kinds]
    asked = max((place for place, rule in enumerate(rules) if rule.route), default=0)
    return {rule.ends for rule in rules[asked:] if rule.ends}


def visits_of(steps: Sequence[tuple[str, date]], on_day: date) -> tuple[Visit, ...]:
    """The follow-up that is due after an arrival, counted from its day; those that were made come first.

    ``steps`` are kinds and days in the order in which they were recorded. Nothing without an arrival, or once the case
    is closed.
    """
    kinds = [kind for kind, _ in steps]
    if ARRIVED not in kinds or state_after(kinds) is CaseState.CLOSED:
        return ()
    last = len(kinds) - 1 - kinds[::-1].index(ARRIVED)
    made = kinds[last:].count(FOLLOWED_UP)
    days = [(weeks, steps[last][1] + timedelta(weeks=weeks)) for weeks in RULES.follow_up_weeks]
    return tuple(
        Visit(weeks, due, nth < made, nth >= made and due < on_day) for nth, (weeks, due) in enumerate(days)
    )


def happened(events: Iterable[Event]) -> list[Happened]:
    """The events as the engine wants them."""
    told = sorted(events, key=lambda each: each.position)
    return engine_events((each.kind, each.happened_on) for each in told)


def engine_events(told: Iterable[tuple[str, date]]) -> list[Happened]:
    """Kinds and days, as they were recorded, for the engine: those of one day follow each other in that order.

    What is Havre's own the engine does not hear of, unless it counts as an event of the law.
    """
    known, rules = rulebook().vocabulary.events, event_rules()
    heard = [(rules[kind].counts_as or kind, day) for kind, day in told]
    in_order = sorted((each for each in heard if each[0] in known), key=lambda each: each[1])
    return [
        Happened(kind, noon_of(day) + timedelta(microseconds=nth)) for nth, (kind, day) in enumerate(in_order)
    ]


def event_said(kind: str, language: Language) -> str:
    """An event in words: of the law, or our own."""
    known = rulebook().vocabulary.events.get(kind)
    return known.say(language) if known else WORDS.say(language, f"event_{kind}")


def _waits(decision: Decision) -> bool:
    return decision.agreed_on is not None and not hasattr(decision, "telling")


def told_by(agreed_on: date) -> date:
    """The last day on which a child is told of a decision in time."""
    return agreed_on + timedelta(days=RULES.told_within_days)


def _not_told(decision: Decision, on_day: date) -> NotTold:
    due = told_by(decision.agreed_on or decision.decided_on)
    return NotTold(decision, due, due < on_day)
