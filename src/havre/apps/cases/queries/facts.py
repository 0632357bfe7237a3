# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known of a child for the routes: from the registry, from what happened, from what members said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from havre.apps.cases.models import Case, Event
from havre.apps.cases.models import Fact as Said
from havre.apps.cases.queries.families import sides_of
from havre.apps.cases.queries.reading import readable
from havre.apps.cases.queries.standing import happened
from havre.apps.registry.queries import best_birth
from havre.engines.pathways import Fact, Interval, Shore, facts_of_events, rulebook
from havre.engines.pathways.facts import Known

GATHERED = frozenset({"birth", "nationality"})
"""The registry says these: whoever knows better completes the registration."""


class Whence(StrEnum):
    """From where a fact is known."""

    REGISTRY = "registry"
    EVENTS = "events"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of a case, and from where each is known."""

    facts: dict[str, Known]
    whence: dict[str, Whence]


def sayable() -> tuple[Fact, ...]:
    """The facts that a member may say: neither the registry nor an event answers them."""
    known = rulebook().vocabulary.facts.values()
    return tuple(fact for fact in known if fact.key not in GATHERED and not fact.event)


class Registered(Protocol):
    """What is asked of the child's registration."""

    nationality: str
    ages: Any


def gather(
    case: Case, events: Iterable[Event], said: Iterable[Said], on_day: date, registered: Registered | None
) -> Gathered:
    """All that is known of a case on ``on_day``; ``registered`` is the child, None where they may not be read."""
    sources = {
        Whence.REGISTRY: _of_registry(case, registered),
        Whence.EVENTS: facts_of_events(happened(events), on_day, requesting=Shore(case.child_shore)),
        Whence.SAID: _said(said),
    }
    return Gathered(
        {key: value for found in sources.values() for key, value in found.items()},
        {key: whence for whence, found in sources.items() for key in found},
    )


def _said(said: Iterable[Said]) -> dict[str, Known]:
    """The last that was said of each; what a rule no longer asks is left out."""
    last = {each.key: each.value for each in said}
    return {key: known for name, value in last.items() for key, known in readable(name, value).items()}


def _of_registry(case: Case, registration: Registered | None) -> dict[str, Known]:
    glimpse = sides_of(case)[0].glimpse
    birth = best_birth(registration.ages.all()) if registration else None
    nationality = (registration.nationality if registration else "") or glimpse.nationality
    found: dict[str, Known] = {}
    if birth:
        found["birth"] = Interval(birth.earliest, birth.latest)
    elif glimpse.born:
        first, last = glimpse.born
        found["birth"] = Interval(date(first, 1, 1), date(last, 12, 31))
    return {
        **found,
        **readable("nationality", nationality),
        **readable("relation", glimpse.relation),
    }
