# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a clock says: an event in, a deadline out, with the rule and the events that it was counted from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from havre.engines.pathways.model import WORDS, ClockRule, Count
from havre.engines.pathways.vocabulary import Shore, Text
from havre.words import Language


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case; ValueError where the instant does not say its time zone."""

    what: str
    """A word of the vocabulary."""
    at: datetime
    by_silence: bool = False
    """Nobody did it: a rule takes silence for it."""

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError("an event without a time zone is at no instant")


class Due(StrEnum):
    """How a deadline stands."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    SUSPENDED = "suspended"

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"due_{self.value}")


@dataclass(frozen=True, slots=True)
class Counted:
    """A period that was counted: from which event, on which day of which calendar, to which last day."""

    count: Count
    event: Event
    event_text: Text
    day: date
    end: date

    def label(self, language: Language, write: Callable[[date], str] = date.isoformat) -> str:
        """Where the date comes from, in words; ``write`` says how days are written."""
        return WORDS.say(
            language,
            "counted",
            period=self.count.period.label(language),
            event=self.event_text.say(language),
            day=write(self.day),
            article=self.count.cite.say(language),
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """Who must do what by when; what it was counted from; what follows if nobody does."""

    rule: ClockRule
    state: Due
    due: date | None
    """The last day on which it is in time; None while the clock is suspended."""
    ends_at: datetime | None
    """The instant in UTC at which that day is over, on the calendar that the day was counted in."""
    calendar: Shore
    """Whose calendar the days are of."""
    actor: Shore | None
    """The state that must act; None where it is somebody else."""
    who: Text
    counted: Counted
    """What decided."""
    also: tuple[Counted, ...]
    """What was counted too and decided nothing."""
    done: Event | None
    silent: bool
    """Nobody answered in time, and silence is taken for an answer."""

    def follows(self, language: Language) -> str:
        """What follows if nobody acts."""
        return self.rule.follows.say(language)

    def notice(self, language: Language, write: Callable[[date], str] = date.isoformat) -> str | None:
        """The notice to print and send where silence was taken for an answer; else None."""
        silence = self.rule.silence
        if silence is None or not self.silent or self.due is None:
            return None
        return silence.notice.say(language).format(
            day=write(self.counted.day),
            due=write(self.due),
            rule=silence.cite.say(language),
            who=self.who.say(language),
        )
