# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Deadlines that are over, by who should have acted and by which rule; and the same, fit to be published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from havre.apps.cases.enums import WORDS
from havre.apps.cases.queries.board import When, due_on, within
from havre.apps.cases.queries.law import RULES
from havre.apps.cases.queries.reckoning import BOTH, OwnRule, reckon
from havre.core.charts.hiding import LEAST, hidden
from havre.engines.pathways import ClockRule, Shore, Text, rulebook
from havre.words import Language


@dataclass(frozen=True, slots=True)
class Late:
    """What one authority has not done by one rule."""

    who: str
    rule: str
    deadlines: int
    """A case in which a rule was missed twice counts twice."""
    earliest: date
    """The day on which the first of them was over."""
    children: int
    """In whose cases."""


@dataclass(frozen=True, slots=True)
class Published:
    """The same for everybody: None for what is hidden."""

    lines: tuple[tuple[str, str, int | None], ...]
    """Who, rule, deadlines."""
    by_authority: tuple[tuple[str, int | None], ...]
    all: int | None


def overdue_on(day: date) -> tuple[Late, ...]:
    """What binds and is overdue on ``day`` in the cases that may be read, the most frequent first."""
    reckon()
    found = due_on(day).filter(within(day, When.OVERDUE), binding=True).values("who", "rule")
    counted = found.annotate(
        deadlines=Count("due"), earliest=Min("due"), children=Count("case", distinct=True)
    )
    lates = [Late(**each) for each in counted.order_by()]
    return tuple(sorted(lates, key=lambda each: (-each.deadlines, each.who, each.rule)))


def children_late(day: date) -> dict[str, int]:
    """In how many children's cases each authority is late on ``day``; under "" in how many anybody is."""
    found = due_on(day).filter(within(day, When.OVERDUE), binding=True).order_by()
    by = dict(found.values_list("who").annotate(children=Count("case", distinct=True)))
    return {**by, "": found.aggregate(children=Count("case", distinct=True))["children"]}


def published(lates: Sequence[Late], children: Mapping[str, int]) -> Published:
    """The counts with the small ones hidden, and what would give them away (``core.charts.hiding``).

    What counts five deadlines may be one child's: ``children`` (``children_late``) says behind which totals few stand.
    """
    authorities = list(dict.fromkeys(each.who for each in lates))
    parts = {who: [(each.who, each.rule) for each in lates if each.who == who] for who in authorities}
    values = {(each.who, each.rule): each.deadlines for each in lates}
    totals = {(who, ""): sum(values[key] for key in keys) for who, keys in parts.items()}
    everything = ("", "")
    shown = hidden(
        {**values, **totals, everything: sum(values.values())},
        [*(((who, ""), keys) for who, keys in parts.items()), (everything, list(totals))],
        {(each.who, each.rule) for each in lates if each.children < LEAST}
        | {(who, "") for who in ("", *authorities) if children[who] < LEAST},
    )
    return Published(
        tuple((who, rule, shown[who, rule]) for who, rule in values),
        tuple((who, shown[who, ""]) for who in authorities),
        shown[everything],
    )


# --- in words ----------------------------------------------------------------------------------------------------


def who_said(who: str, language: Language) -> str:
    """An authority in words."""
    if who == BOTH:
        return WORDS.say(language, "who_both")
    words = rulebook().vocabulary
    return (words.actors[who] if who in words.actors else words.shores[Shore(who)].text).say(language)


def what_said(rule: str, language: Language) -> str:
    """What has to be done, in words."""
    known = _rule(rule)
    return known.text.say(language) if known else WORDS.say(language, f"due_{rule}")


def cite_said(rule: str, language: Language) -> str:
    """The article, as it is cited."""
    known = _rule(rule)
    return known.origin.cite.say(language) if known else WORDS.say(language, "rule_own")


def sureness_said(rule: str, language: Language) -> str:
    """How sure we are of the wording of a rule."""
    known = _rule(rule)
    return known.origin.sure.label(language) if known else WORDS.say(language, "sure_own")


def sources_of(rule: str) -> tuple[tuple[Text, str], ...]:
    """Where a rule can be read: names and addresses."""
    known = _rule(rule)
    return tuple((source.name, source.url) for source in known.origin.sources) if known else ()


def own_days() -> dict[str, str]:
    """How many days Havre's own rules give."""
    weeks = ", ".join(str(each) for each in RULES.follow_up_weeks)
    return {OwnRule.TOLD: str(RULES.told_within_days), OwnRule.FOLLOW_UP: weeks}


def _rule(key: str) -> ClockRule | None:
    """Of the law; None for one of our own."""
    return next((rule for rule in rulebook().clocks if rule.key == key), None)
