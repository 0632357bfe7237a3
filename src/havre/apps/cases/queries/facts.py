# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known of a child for the routes: from the registry, from what happened, from what members said."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from havre.apps.cases.models import Case, Event
from havre.apps.cases.models import Fact as Said
from havre.apps.cases.queries.standing import happened
from havre.apps.registry.queries import best_birth, registrations
from havre.apps.tracing.queries.lines import halves
from havre.engines.pathways import BadFact, Fact, Interval, Kind, Shore, facts_of_events, read_facts, rulebook
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


def gather(case: Case, events: Iterable[Event], said: Iterable[Said], on_day: date) -> Gathered:
    """All that is known of a case on ``on_day``; of the registry, what the acting member may read."""
    sources = {
        Whence.REGISTRY: _of_registry(case),
        Whence.EVENTS: facts_of_events(happened(events), on_day, requesting=Shore(case.child_shore)),
        Whence.SAID: _said(said),
    }
    return Gathered(
        {key: value for found in sources.values() for key, value in found.items()},
        {key: whence for whence, found in sources.items() for key in found},
    )


def read_value(key: str, value: object) -> dict[str, Known]:
    """One fact as it was typed or kept; empty where it says "unknown", BadFact where it says nothing that it may."""
    fact = rulebook().vocabulary.facts.get(key)
    if fact is not None and fact.kind is Kind.DAY and isinstance(value, str):
        with suppress(ValueError):  # the engine refuses it, or takes it for "unknown"
            value = date.fromisoformat(value)
    return read_facts({key: value}, rulebook().vocabulary)


def _said(said: Iterable[Said]) -> dict[str, Known]:
    """The last that was said of each; what a rule no longer asks is left out."""
    last = {each.key: each.value for each in said}
    return {key: known for name, value in last.items() for key, known in _readable(name, value).items()}


def _of_registry(case: Case) -> dict[str, Known]:
    child, _ = halves(case.pair)
    registration = registrations().filter(pk=case.registration_id).prefetch_related("ages").first()
    birth = best_birth(registration.ages.all()) if registration else None
    nationality = (registration.nationality if registration else "") or child.glimpse.nationality
    found: dict[str, Known] = {}
    if birth:
        found["birth"] = Interval(birth.earliest, birth.latest)
    elif child.glimpse.born:
        first, last = child.glimpse.born
        found["birth"] = Interval(date(first, 1, 1), date(last, 12, 31))
    return {
        **found,
        **_readable("nationality", nationality),
        **_readable("relation", child.glimpse.relation),
    }


def _readable(key: str, value: object) -> dict[str, Known]:
    try:
        return read_value(key, value)
    except BadFact:
        return {}
