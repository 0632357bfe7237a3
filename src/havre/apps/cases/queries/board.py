# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is due in all cases at once, in a handful of queries however many there are: what is kept is only read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import JSONObject

from havre.apps.cases.enums import CaseState
from havre.apps.cases.models import Case, Clock
from havre.apps.cases.queries.cases import cases, decisions
from havre.apps.cases.queries.families import Family, family_of
from havre.apps.cases.queries.law import RULES
from havre.apps.cases.queries.reckoning import BOTH, OwnRule, reckon, unreckoned
from havre.core.database.counting import counted_together
from havre.words import Language


class When(StrEnum):
    """How near something is that is due."""

    OVERDUE = "overdue"
    SOON = "soon"
    """Within the days that "my work" looks ahead (``rules.toml``)."""
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Stock:
    """How many cases may be read, and how many drafts wait for whoever asks."""

    cases: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of cases."""

    overdue: int
    soon: int
    """In which something is due soon, whatever else is overdue."""
    not_told: int
    """In which the child was not told of a decision: what both shores are waited for."""


@dataclass(frozen=True, slots=True)
class Whose:
    """In how many cases one authority is waited for; a case in which it is late twice counts once."""

    who: str
    overdue: int
    soon: int
    later: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What is due in a case by law, or because a child was not told or not seen; without what was only promised."""

    case_id: UUID
    first: date | None
    """Of what is due first; None where nothing is."""
    overdue: bool
    not_told: int
    waits: tuple[str, ...]
    """Who must act, the nearest first, each once."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """What the list shows of a case."""

    case: Case
    pair: Family
    state: CaseState
    brief: Brief


def due_on(day: date) -> "QuerySet[Clock]":
    """Everything that is to be done on a day, of the cases that may be read."""
    return Clock.objects.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


def within(day: date, when: When) -> Q:
    """That something is due so near to ``day``."""
    soon = day + timedelta(days=RULES.soon_days)
    return {
        When.OVERDUE: Q(due__lt=day),
        When.SOON: Q(due__gte=day, due__lte=soon),
        When.LATER: Q(due__gt=soon),
    }[when]


def stock() -> Stock:
    """What there is, in one query. What follows from events and is not kept yet is computed now: ask this first."""
    counted = counted_together(cases=cases(), stale=unreckoned(), drafts=decisions().waiting_for_me())
    if counted["stale"]:
        reckon()
    return Stock(counted["cases"], counted["drafts"])


def counts_on(day: date) -> Counts:
    """How much there is to do, in one query: of each count, the list of the same day has as many cases."""
    found = due_on(day).filter(binding=True)
    return Counts(
        **found.aggregate(
            overdue=_cases(within(day, When.OVERDUE)),
            soon=_cases(within(day, When.SOON)),
            not_told=_cases(Q(who=BOTH)),
        )
    )


def _cases(which: Q) -> Count:
    """In how many cases there is such a thing."""
    return Count("case", filter=which, distinct=True)


def who_is_waited_for(day: date) -> list[Whose]:
    """Each authority with what is due from it, whoever is late in most cases comes first."""
    found = (
        due_on(day)
        .filter(binding=True)
        .values("who")
        .annotate(
            overdue=_cases(within(day, When.OVERDUE)),
            soon=_cases(within(day, When.SOON)),
            later=_cases(within(day, When.LATER)),
        )
    )
    return sorted((Whose(**each) for each in found), key=lambda each: (-each.overdue, -each.soon, each.who))


def briefs_of(
    day: date,
    first: int = 0,
    most: int | None = None,
    *,
    who: str = "",
    when: When | None = None,
    of: int | None = None,
) -> list[Brief]:
    """Cases from place ``first`` on, at most ``most``, what is due first comes first; those with nothing due come last.

    With ``who`` or ``when`` only those in which something is due from them, or so near, by the day of that. ``of`` is
    how many cases there are, where that is known: then no more are looked for.
    """
    found = _grouped(day, who, when)
    end = None if most is None else first + most
    briefs = [_brief(each, day) for each in found[first:end]]
    if who or when or len(briefs) == most or (of is not None and first + len(briefs) >= of):
        return briefs
    with_dues = first + len(briefs) if briefs or not first else found.count()
    idle = cases().exclude(pk__in=due_on(day).filter(binding=True).values("case")).order_by("pk")
    begin = max(0, first - with_dues)
    more = None if most is None else begin + most - len(briefs)
    return briefs + [Brief(key, None, False, 0, ()) for key in idle.values_list("pk", flat=True)[begin:more]]


def how_many(day: date, who: str, when: When | None) -> int:
    """How many cases ``briefs_of`` has for these."""
    return _grouped(day, who, when).count()


def _grouped(day: date, who: str, when: When | None) -> "QuerySet[Any, Any]":
    """A row for each case: the first day that is asked for, and all that is due."""
    asked = Q(**({"who": who} if who else {})) & (within(day, when) if when else Q())
    return (
        due_on(day)
        .filter(binding=True)
        .values("case")
        .annotate(
            first=Min("due", filter=asked) if asked else Min("due"),
            clocks=JSONBAgg(JSONObject(rule="rule", who="who", due="due"), order_by="due"),
        )
        .filter(first__isnull=False)
        .order_by("first", "case_id")
    )


def _brief(row: Mapping[str, Any], day: date) -> Brief:
    clocks: Sequence[Mapping[str, str]] = row["clocks"]
    first = min(date.fromisoformat(each["due"]) for each in clocks)
    return Brief(
        case_id=row["case"],
        first=first,
        overdue=first < day,
        not_told=sum(each["rule"] == OwnRule.TOLD for each in clocks),
        waits=tuple(dict.fromkeys(each["who"] for each in clocks)),
    )


def lines_of_briefs(briefs: Sequence[Brief], language: Language, day: date) -> list[BoardLine]:
    """These cases with child, relative and state, in one query."""
    shown = cases().select_related(
        "pair__organisation_a",
        "pair__organisation_b",
        "organisation",
        "other_organisation",
        "link",
        "reckoning",
    )
    found = {case.pk: case for case in shown.filter(pk__in=[each.case_id for each in briefs])}
    return [
        BoardLine(case, family_of(case, language), state_on(case, day), each)
        for each in briefs
        if (case := found.get(each.case_id))
    ]


def state_on(case: Case, day: date) -> CaseState:
    """The state that is kept of a case, with what silence makes of it."""
    kept = getattr(case, "reckoning", None)
    if kept is None:
        return CaseState.OPENED
    silent = kept.silent_from is not None and kept.silent_from <= day
    return CaseState.ACCEPTED if silent else CaseState(kept.state or CaseState.OPENED)
