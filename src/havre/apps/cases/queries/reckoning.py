# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What follows from the events of a case on every day there is, computed once after something was added to it.

Days pass and nothing has to be computed anew: what is due is kept with the days from and to which it is, and what
silence will bring is among it. Whoever looks first after a change computes; the others read.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from importlib import metadata
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from havre.apps.cases.enums import CaseState
from havre.apps.cases.models import Event
from havre.apps.cases.queries.cases import Cases, cases, decisions
from havre.apps.cases.queries.law import MIGHT_BE_SILENT, RULES, event_rules
from havre.apps.cases.queries.standing import OPEN, clocks_of, state_after, told_by, visits_of
from havre.core.access.sealing import seal_of
from havre.engines.pathways import Deadline, Due, Shore, rulebook

KEPT = 5_000
"""Histories that a process remembers: kinds and days of events, nothing of anybody. Many cases share one."""
AT_ONCE = 500
BOTH = "both"
"""Who must act, where it is the caseworkers of either shore."""
DAY = timedelta(days=1)


class OwnRule(StrEnum):
    """What is due by Havre's own rules (``rules.toml``), and by no statute."""

    TOLD = "told"
    """The child is told of a decision."""
    FOLLOW_UP = "follow_up"
    """After the arrival somebody sees how the child is."""


Step = tuple[str, date, str]
"""Kind, day and route of an event."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something to do; the columns of ``models.Clock``."""

    rule: str
    who: str
    due: date
    binding: bool
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What follows from a history; the columns of ``models.Reckoning``."""

    state: CaseState
    since: date | None
    silent_from: date | None
    clocks: tuple[Span, ...]


@cache
def stamp() -> str:
    """Of the rules by which is computed: what was kept under another one is computed anew."""
    said = [metadata.version("havre"), rulebook().clocks, RULES, sorted(event_rules().values(), key=str)]
    return sha256(repr([_plain(each) for each in said]).encode()).hexdigest()[:16]


def _plain(value: Any) -> str:
    """The same text in every process: a set has no order of its own."""
    if isinstance(value, frozenset):
        return repr(sorted(map(str, value)))
    if isinstance(value, (list, tuple)):
        return repr([_plain(each) for each in value])
    if hasattr(value, "__dataclass_fields__"):
        return repr([(name, _plain(getattr(value, name))) for name in value.__dataclass_fields__])
    return repr(value)


@lru_cache(maxsize=KEPT)
def reckoned(shore: str, steps: tuple[Step, ...]) -> Reckoned:
    """What follows from ``steps``, in the order in which they were recorded, for a child on ``shore``."""
    rules = event_rules()
    kinds = [kind for kind, _, _ in steps]
    moved = [day for kind, day, _ in steps if rules[kind].becomes or rules[kind].undoes]
    found, silent_from = _spans(shore, steps) if steps else ((), None)
    state = state_after(kinds)
    return Reckoned(
        state=state,
        since=moved[-1] if moved else None,
        silent_from=silent_from if state in MIGHT_BE_SILENT else None,
        clocks=(*found, *_visits(shore, steps)),
    )


def _spans(shore: str, steps: Sequence[Step]) -> tuple[tuple[Span, ...], date | None]:
    """The clocks of the law, asked on each day on which they can change; and the first on which silence counts."""
    route = next((route for _, _, route in reversed(steps) if route), "")
    told = [(kind, day) for kind, day, _ in steps]
    days = sorted({day for _, day in told})
    begun: dict[tuple[str, date], Span] = {}
    ended: list[Span] = []
    silent_from: date | None = None
    day: date | None = days[0]
    while day is not None:
        found = clocks_of(told, day, requesting=Shore(shore), route=route)
        now = {(each.rule.key, each.due): each for each in found if each.state in OPEN and each.due}
        ended += [_ending(begun.pop(key), day - DAY) for key in begun.keys() - now.keys()]
        for key, each in now.items():
            begun.setdefault(key, _begins(each, day))
        if silent_from is None and any(each.silent for each in found):
            silent_from = day
        day = min(_later(days, found, day), default=None)
    return (*ended, *begun.values()), silent_from


def _later(days: Iterable[date], found: Iterable[Deadline], now: date) -> Iterator[date]:
    """Days after ``now`` on which something changes: of an event, and the first on which nobody has answered."""
    yield from (day for day in days if day > now)
    for each in found:
        if each.state is Due.WAITING and each.rule.silence and each.due and each.due >= now:
            yield each.due + DAY


def _begins(each: Deadline, day: date) -> Span:
    who = each.actor.value if each.actor else each.rule.who
    return Span(each.rule.key, who, each.due or day, each.rule.binding, day)


def _ending(span: Span, until: date) -> Span:
    return Span(span.rule, span.who, span.due, span.binding, span.since, until)


def _visits(shore: str, steps: Sequence[Step]) -> Iterator[Span]:
    """Follow-up, which the shore owes that the child has come to."""
    told = [(kind, day) for kind, day, _ in steps]
    last = max((day for _, day in told), default=date.min)
    for visit in visits_of(told, last):
        if not visit.made:
            yield Span(OwnRule.FOLLOW_UP, Shore(shore).other.value, visit.due, binding=True, since=last)


# --- keeping it --------------------------------------------------------------------------------------------------


def unreckoned() -> Cases:
    """Cases of which nothing is kept that holds by today's rules."""
    return cases().filter(Q(reckoning=None) | ~Q(reckoning__rules=stamp()))


def reckon() -> None:
    """Computes and keeps what is not kept of the cases that may be read: one query where nothing is missing."""
    found = list(unreckoned().order_by("pk").values_list("pk", "child_shore", "reckoning__version"))
    for first in range(0, len(found), AT_ONCE):
        _keep(found[first : first + AT_ONCE])


def _keep(some: Sequence[tuple[UUID, str, int | None]]) -> None:
    """Keeps what follows in these cases, of which the shore of the child and the version are given."""
    keys = [key for key, _, _ in some]
    steps, untold = _steps(keys), _untold(keys)
    rows = [
        _row(key, added or 0, reckoned(shore, tuple(steps[key])), untold[key]) for key, shore, added in some
    ]
    with connection.cursor() as cursor:
        said = json.dumps(rows, default=str)
        cursor.execute("SELECT cases_reckon(%s, %s)", [said, seal_of(said)])


def _steps(keys: Sequence[UUID]) -> dict[UUID, list[Step]]:
    steps = defaultdict[UUID, list[Step]](list)
    happened = Event.objects.filter(case__in=keys).order_by("position")
    for case_id, kind, day, route in happened.values_list("case_id", "kind", "happened_on", "route"):
        steps[case_id].append((kind, day, route))
    return steps


def _untold(keys: Sequence[UUID]) -> dict[UUID, list[Span]]:
    """A clock for each decision of which nobody said that the child was told."""
    untold = defaultdict[UUID, list[Span]](list)
    agreed = decisions().not_told().filter(case__in=keys).order_by()
    for case_id, day in agreed.values_list("case_id", "agreed_on"):
        if day:
            untold[case_id].append(Span(OwnRule.TOLD, BOTH, told_by(day), binding=True, since=day))
    return untold


def _row(key: UUID, version: int, found: Reckoned, untold: Sequence[Span]) -> dict[str, Any]:
    """As ``cases_reckon()`` takes it."""
    clocks = {(span.rule, span.due): span for span in (*found.clocks, *untold)}
    return {
        "case": key,
        "version": version,
        "rules": stamp(),
        "state": found.state,
        "since": found.since,
        "silent_from": found.silent_from,
        "clocks": [asdict(span) for span in clocks.values()],
    }
