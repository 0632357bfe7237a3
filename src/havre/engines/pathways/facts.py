# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known of one child: each fact true, false, a word or an interval of days; what is not there is unknown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import TypeGuard

from havre.engines.pathways.ages import Interval
from havre.engines.pathways.vocabulary import Fact, Kind, Vocabulary

Known = bool | str | Interval
"""A fact of kind day may be True (it happened, the day is not known), False (it did not) or an interval."""
Facts = Mapping[str, Known]

UNKNOWN = "unknown"
"""Says in a file what leaving the fact out says too."""
_COUNTRY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class BadFact(ValueError):
    """A fact that cannot be read: ``problem`` is ``unknown_fact`` or ``value_`` with its kind; ``meant`` may help."""

    fact: str
    problem: str
    meant: tuple[str, ...]


def read_facts(said: Mapping[str, object], vocabulary: Vocabulary) -> dict[str, Known]:
    """Facts as a file or a form says them; BadFact for the first that is not in the vocabulary or has no such value.

    A day may be a date or a table with ``first`` and ``last``; a choice its key or a word of family links that says it
    for sure; the word "unknown" leaves a fact out.
    """
    named = [(_fact(key, vocabulary), value) for key, value in said.items()]
    return {fact.key: _known(fact, value) for fact, value in named if value != UNKNOWN}


def _fact(key: str, vocabulary: Vocabulary) -> Fact:
    try:
        return vocabulary.facts[key]
    except KeyError:
        raise BadFact(key, "unknown_fact", tuple(get_close_matches(key, vocabulary.facts))) from None


def _known(fact: Fact, value: object) -> Known:
    known: Known | None = None
    if fact.kind is Kind.YES_OR_NO:
        known = value if isinstance(value, bool) else None
    elif fact.kind is Kind.COUNTRY:
        known = value if isinstance(value, str) and _COUNTRY.fullmatch(value) else None
    elif fact.kind is Kind.CHOICE:
        known = next(
            (choice.key for choice in fact.choices if value in (choice.key, *choice.relations)), None
        )
    elif fact.kind is Kind.DAY and isinstance(value, bool):
        known = value
    else:
        known = _interval(value)
    if known is None:
        raise BadFact(fact.key, f"value_{fact.kind.name.lower()}", _choices(fact))
    return known


def _choices(fact: Fact) -> tuple[str, ...]:
    return tuple(choice.key for choice in fact.choices)


def _interval(value: object) -> Interval | None:
    if isinstance(value, Interval):
        return value
    if _is_day(value):
        return Interval(value, value)
    if isinstance(value, Mapping) and set(value) == {"first", "last"}:
        first, last = value["first"], value["last"]
        if _is_day(first) and _is_day(last) and first <= last:
            return Interval(first, last)
    return None


def _is_day(value: object) -> TypeGuard[date]:
    # An instant is no day: on which shore would it be one?
    return isinstance(value, date) and not isinstance(value, datetime)
