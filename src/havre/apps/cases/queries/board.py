# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is due in all cases at once: three queries and no row of anybody, however many cases there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from havre.apps.cases.models import Event
from havre.apps.cases.queries.cases import Cases, decisions
from havre.apps.cases.queries.law import RULES
from havre.apps.cases.queries.standing import NEVER, binding, engine_events, told_by
from havre.engines.pathways import Due, Shore, clocks

KEPT = 20_000
"""Cases whose dates a process remembers for the day: a kind of event and its day, nothing of anybody."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A case on the board."""

    case_id: UUID
    next_day: date
    """Of what is due first, by law or because a child is not told; the last day there is where nothing is."""
    overdue: bool
    not_told: int

    def due_soon(self, on_day: date) -> bool:
        """Whether something is due within the days that "my work" looks ahead."""
        return not self.overdue and self.next_day <= on_day + timedelta(days=RULES.soon_days)


def briefs_of(found: Cases, on_day: date) -> list[Brief]:
    """Every case of ``found`` as it stands on ``on_day``, what is due first comes first."""
    shores = list(found.order_by().values_list("pk", "child_shore"))
    happened = _by_case(
        Event.objects.order_by("position").values_list("case_id", "kind", "happened_on", "route")
    )
    agreed = decisions().not_told().order_by().values_list("case_id", "agreed_on")
    waiting = defaultdict[UUID, list[date]](list)
    for case_id, day in agreed:
        if day:
            waiting[case_id].append(told_by(day))
    made = [_brief(key, shore, happened.get(key, ()), waiting.get(key, ()), on_day) for key, shore in shores]
    return sorted(made, key=lambda each: (each.next_day, each.case_id))


Step = tuple[str, date, str]
"""Kind, day and route of an event."""


def _by_case(rows: Iterable[tuple[UUID, str, date, str]]) -> dict[UUID, tuple[Step, ...]]:
    found = defaultdict[UUID, list[Step]](list)
    for case_id, kind, day, route in rows:
        found[case_id].append((kind, day, route))
    return {key: tuple(steps) for key, steps in found.items()}


def _brief(key: UUID, shore: str, steps: Sequence[Step], untold: Sequence[date], on_day: date) -> Brief:
    late, first = _due(shore, tuple(steps), on_day)
    return Brief(
        case_id=key,
        next_day=min([first, *untold]),
        overdue=late or any(day < on_day for day in untold),
        not_told=len(untold),
    )


@lru_cache(maxsize=KEPT)
def _due(shore: str, steps: tuple[Step, ...], on_day: date) -> tuple[bool, date]:
    """Whether something that binds is overdue, and the day of the first that is not done."""
    route = next((route for _, _, route in reversed(steps) if route), "")
    told = engine_events((kind, day) for kind, day, _ in steps)
    due = binding(clocks(told, on_day, requesting=Shore(shore), route=route))
    late = any(each.state is Due.OVERDUE for each in due)
    return late, min((each.due for each in due if each.due), default=NEVER)
