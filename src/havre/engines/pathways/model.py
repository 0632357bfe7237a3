# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rules are made of, as the files in ``rules`` say them; nothing here decides anything."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from havre.engines.pathways.formula import Formula
from havre.engines.pathways.vocabulary import Shore, Text, Vocabulary
from havre.words import Language, Words

WORDS = Words("havre.engines.pathways")


class Sureness(StrEnum):
    """How sure we are of the wording of a rule."""

    SEEN = "seen"
    """Read in a source that the rule names."""
    KNOWN = "known, to be checked"
    """Not read here: check the text before anybody relies on it."""
    DISPUTED = "disputed"
    """Sources or courts differ."""

    def label(self, language: Language) -> str:
        """The sureness in words."""
        return WORDS.say(language, f"sureness_{self.name.lower()}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule can be read."""

    name: Text
    url: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule comes from: how it is cited, how sure we are of its wording, where it can be read, what to mind."""

    cite: Text
    sure: Sureness
    sources: tuple[Source, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Validity:
    """First and last day of a rule; None where there is no last day."""

    opens: date
    closes: date | None

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` is in it."""
        return self.opens <= day and (self.closes is None or day <= self.closes)


@dataclass(frozen=True, slots=True)
class DoubtRule:
    """Doubt about an age is read in the person's favour, by this rule, while it is valid, on this shore."""

    key: str
    text: Text
    origin: Origin
    valid: Validity
    child_on: Shore


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be so. A step can still be done: it never closes a route."""

    key: str
    text: Text
    origin: Origin
    test: Formula
    step: bool
    doubt: tuple[str, ...]
    """Keys of the rules on doubt that it is read under."""


@dataclass(frozen=True, slots=True)
class Route:
    """A legal basis on which a child may come to a family: every condition must hold."""

    key: str
    instrument: str
    text: Text
    origin: Origin
    valid: Validity
    leads_across: bool
    """Whether it leads to the other shore; else it says where the child stays."""
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time; one of the three is not 0."""

    days: int
    weeks: int
    months: int

    def label(self, language: Language) -> str:
        """The length in words."""
        if self.months:
            return WORDS.say(language, "months", n=self.months)
        if self.weeks:
            return WORDS.say(language, "weeks", n=self.weeks)
        return WORDS.say(language, "days", n=self.days)


@dataclass(frozen=True, slots=True)
class Count:
    """A period that runs from an event."""

    event: str
    first: bool
    """Whether the first such event counts; else the last."""
    only_after: tuple[str, ...]
    """Events without which this count is not made."""
    period: Period
    day_in: str
    """Whose calendar says on which day the event was: "requesting" or "requested"."""
    cite: Text


@dataclass(frozen=True, slots=True)
class Silence:
    """What it is taken for if nobody answers, and the notice that says so."""

    becomes: str
    cite: Text
    notice: Text


@dataclass(frozen=True, slots=True)
class ClockRule:
    """Who must do what by when; the fields are told in the head of ``rules/dublin-iii.toml``."""

    key: str
    instrument: str
    text: Text
    origin: Origin
    valid: Validity
    binding: bool
    """False for a promise."""
    who: str
    follows: Text
    done: tuple[str, ...]
    counts: tuple[Count, ...]
    latest: bool
    """Whether the latest of several counts holds; else the earliest."""
    event_day_counts: bool
    silence: Silence | None
    suspended_by: str
    resumed_by: str
    routes: tuple[str, ...]
    not_routes: tuple[str, ...]
    needs_any: tuple[str, ...]
    unless: tuple[str, ...]
    not_after: tuple[str, ...]
    only_on: Shore | None
    """The shore on which the child must be."""
    only_by: Shore | None
    """The shore that must be the one asked."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, a guidance, a practice. Without route, clock and doubt rule it is an empty place: no legal content yet."""

    key: str
    title: Text
    origin: Origin
    valid: Validity
    counting: Text | None
    """How it counts days, in words."""
    routes: tuple[Route, ...]
    clocks: tuple[ClockRule, ...]
    doubts: tuple[DoubtRule, ...]

    @property
    def is_empty(self) -> bool:
        """Whether Havre holds no rule of it."""
        return not (self.routes or self.clocks or self.doubts)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that the files say."""

    vocabulary: Vocabulary
    instruments: tuple[Instrument, ...]

    @property
    def routes(self) -> tuple[Route, ...]:
        """Every route, in the order of the files."""
        return tuple(route for instrument in self.instruments for route in instrument.routes)

    @property
    def clocks(self) -> tuple[ClockRule, ...]:
        """Every clock, in the order of the files."""
        return tuple(clock for instrument in self.instruments for clock in instrument.clocks)

    @property
    def doubts(self) -> dict[str, DoubtRule]:
        """Key to rule on doubt."""
        return {doubt.key: doubt for instrument in self.instruments for doubt in instrument.doubts}
