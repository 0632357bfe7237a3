# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A fact as it was typed or kept, read into what the engine knows."""

from contextlib import suppress
from datetime import date

from havre.engines.pathways import BadFact, Kind, read_facts, rulebook
from havre.engines.pathways.facts import Known


def read_value(key: str, value: object) -> dict[str, Known]:
    """One fact as it was typed or kept; empty where it says "unknown", BadFact where it says nothing that it may."""
    fact = rulebook().vocabulary.facts.get(key)
    if fact is not None and fact.kind is Kind.DAY and isinstance(value, str):
        with suppress(ValueError):  # the engine refuses it, or takes it for "unknown"
            value = date.fromisoformat(value)
    return read_facts({key: value}, rulebook().vocabulary)


def readable(key: str, value: object) -> dict[str, Known]:
    """The same; empty too where it says nothing that it may, as a word that a rule no longer knows."""
    try:
        return read_value(key, value)
    except BadFact:
        return {}
