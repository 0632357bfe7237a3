# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cohort: how many cases are at each stage, for how long, and on whom they wait there. Small counts are hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from havre.apps.cases.enums import CaseState
from havre.apps.cases.queries.reckoning import reckon
from havre.core.charts.hiding import LEAST, hidden

NOBODY = ""
"""On whom a case waits in which nothing is due."""
ALL = "all"

# Of each case its stage (silence included), since when, and whom the first deadline that binds waits for.
_NOW = """
WITH first AS (
  SELECT DISTINCT ON (k.case_id) k.case_id, k.who FROM cases_clock k
  WHERE k.binding AND k.since <= %(day)s AND (k.until IS NULL OR k.until >= %(day)s) ORDER BY k.case_id, k.due, k.rule
), now AS (
  SELECT CASE WHEN r.silent_from <= %(day)s THEN 'accepted' ELSE r.state END AS stage, coalesce(f.who, '') AS who,
    greatest(0, %(day)s::date - greatest(coalesce(r.since, least(c.recorded_at::date, %(day)s)),
      CASE WHEN r.silent_from <= %(day)s THEN r.silent_from END)) AS days
  FROM cases_reckoning r JOIN cases_case c ON c.id = r.case_id LEFT JOIN first f ON f.case_id = r.case_id
)
SELECT stage, CASE WHEN grouping(who) = 1 THEN NULL ELSE who END, count(*),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY days)
FROM now GROUP BY GROUPING SETS ((stage, who), (stage))
"""

# Of those that have left a stage, how long they were there; a stage to which a case came back counts each time. What
# undoes an event (a case is opened again) leads back to the stage before it; silence that became acceptance ends one.
_LEFT = """
WITH moved AS (
  SELECT e.case_id, e.position, s.becomes, e.happened_on AS since,
    lead(e.happened_on) OVER (PARTITION BY e.case_id ORDER BY e.position) AS until
  FROM cases_event e JOIN cases_steps() s ON s.kind = e.kind WHERE s.becomes <> '' OR s.undoes <> ''
), made AS (
  SELECT m.case_id, CASE WHEN m.becomes <> '' THEN m.becomes ELSE coalesce((
    SELECT s.becomes FROM cases_event e JOIN cases_steps() s ON s.kind = e.kind
    WHERE e.case_id = m.case_id AND e.position < m.position AND s.becomes <> '' AND NOT EXISTS (
      SELECT 1 FROM cases_event l JOIN cases_steps() u ON u.kind = l.kind WHERE l.case_id = m.case_id
      AND u.undoes = e.kind AND l.position > e.position AND l.position <= m.position)
    ORDER BY e.position DESC LIMIT 1), 'opened') END AS stage, m.since,
    coalesce(m.until, CASE WHEN r.silent_from <= %(day)s THEN r.silent_from END) AS until
  FROM moved m LEFT JOIN cases_reckoning r ON r.case_id = m.case_id
), begun AS (
  SELECT c.id, 'opened', least(c.recorded_at::date, min(m.since)), min(m.since)
  FROM cases_case c JOIN made m ON m.case_id = c.id GROUP BY c.id, c.recorded_at
), stays AS (SELECT * FROM made UNION ALL SELECT * FROM begun)
SELECT stage, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, until - since))
FROM stays WHERE until IS NOT NULL GROUP BY stage
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """The cases at one stage; None for what is hidden, or not known."""

    state: CaseState
    cases: int | None
    days_so_far: int | None
    """The median of the days that they have been there."""
    days_taken: int | None
    """The median of the days that others stayed who have left it."""
    waits: Mapping[str, int | None]
    """By whom the first deadline waits for."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """All stages at which there is a case, in their order, and the totals."""

    stages: tuple[Stage, ...]
    waits: Mapping[str, int | None]
    all: int | None


def cohort_on(day: date) -> Cohort:
    """The cases that may be read as they stand on ``day``: two queries, however many there are.

    A count below ``LEAST`` is hidden, and so is what would give it away; a median of fewer than ``LEAST`` too.
    """
    reckon()
    now, left = _asked(_NOW, day), {stage: (n, days) for stage, n, days in _asked(_LEFT, day)}
    states = [state for state in CaseState if any(row[0] == state for row in now)]
    counts = {(stage, who): n for stage, who, n, _ in now if who is not None}
    so_far = {stage: (n, days) for stage, who, n, days in now if who is None}
    whose = sorted({who for _, who in counts}, key=lambda who: (who == NOBODY, who))
    shown = _shown(states, whose, counts)
    return Cohort(
        stages=tuple(
            Stage(
                state=state,
                cases=shown[state, ALL],
                days_so_far=_median(*so_far[state]),
                days_taken=_median(*left.get(state, (0, None))),
                waits={who: shown[state, who] for who in whose},
            )
            for state in states
        ),
        waits={who: shown[ALL, who] for who in whose},
        all=shown[ALL, ALL],
    )


def _shown(
    states: list[CaseState], whose: list[str], counts: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], int | None]:
    """Counts by stage and authority with the totals of both, fit to be shown."""
    values: dict[tuple[str, str], int] = {
        (state, who): counts.get((state, who), 0) for state in states for who in whose
    }
    rows = [((state, ALL), [(state, who) for who in whose]) for state in states]
    columns = [((ALL, who), [(state, who) for state in states]) for who in whose]
    for total, parts in (*rows, *columns):
        values[total] = sum(values[part] for part in parts)
    everything = ((ALL, ALL), [total for total, _ in rows]), ((ALL, ALL), [total for total, _ in columns])
    values[ALL, ALL] = sum(values[total] for total, _ in rows)
    return hidden(values, [*rows, *columns, *everything])


def _median(n: int, days: float | None) -> int | None:
    return round(days) if days is not None and n >= LEAST else None


def _asked(statement: str, day: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"day": day})
        return list(cursor.fetchall())
