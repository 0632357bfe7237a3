# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an assessment says: each answer with its conditions, its words, and what is missing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from havre.engines.pathways.ages import Age
from havre.engines.pathways.model import WORDS, Condition, DoubtRule, Instrument, Route
from havre.engines.pathways.vocabulary import Fact
from havre.words import Language


class Answer(StrEnum):
    """Whether a route is open to a child."""

    OPEN = "open"
    """However the unknown facts turn out."""
    CLOSED = "closed"
    """However the unknown facts turn out."""
    UNSAID = "unsaid"
    """It depends on what is unknown."""

    def label(self, language: Language) -> str:
        """The answer in words."""
        return WORDS.say(language, f"answer_{self.value}")


class State(StrEnum):
    """Whether a condition is met."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"

    def label(self, language: Language) -> str:
        """The state in words."""
        return WORDS.say(language, f"state_{self.value}")


@dataclass(frozen=True, slots=True)
class AgeFound:
    """What is known of the age that a condition asks about."""

    age: Age
    years: int

    def label(self, language: Language) -> str:
        """The age in words."""
        return WORDS.say(language, f"age_{self.age.value}", years=self.years)


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """A condition and how it stands."""

    condition: Condition
    state: State
    age: AgeFound | None
    """Where the condition is one about an age, and a birth is known."""
    doubt: DoubtRule | None
    """The rule by which doubt about the age was read in the child's favour; without it the state would be unknown."""

    def why(self, language: Language) -> tuple[str, ...]:
        """What is to be said beside the state: the age, and the rule on doubt."""
        said = [self.age.label(language)] if self.age else []
        if self.doubt:
            said.append(WORDS.say(language, "doubt", rule=self.doubt.origin.cite.say(language)))
        return tuple(said)


@dataclass(frozen=True, slots=True)
class Missing:
    """An unknown fact that the answer of a route depends on."""

    fact: Fact
    changes: int
    completions: int
    """Of so many ways in which the other unknown facts may turn out, in ``changes`` the answer depends on this fact."""

    @property
    def share(self) -> Fraction:
        """The share of those ways."""
        return Fraction(self.changes, self.completions)

    def label(self, language: Language) -> str:
        """The fact, and how much hangs on it, in words."""
        text = self.fact.text.say(language)
        return WORDS.say(language, "missing", fact=text, changes=self.changes, completions=self.completions)


@dataclass(frozen=True, slots=True)
class RouteResult:
    """A route and how it stands for one child on one day."""

    route: Route
    answer: Answer
    in_force: bool
    conditions: tuple[ConditionResult, ...]
    """All of them, steps too."""
    blocking: tuple[Condition, ...]
    """Why it is closed, where conditions close it."""
    missing: tuple[Missing, ...]
    """What the answer depends on, most first; empty unless the answer cannot be said yet."""

    @property
    def to_do(self) -> tuple[ConditionResult, ...]:
        """Steps that are not done, or not known to be."""
        return tuple(each for each in self.conditions if each.condition.step and each.state is not State.MET)

    def why(self, language: Language) -> str:
        """The answer's reason in one sentence."""
        valid = self.route.valid
        if not self.in_force:
            closes = valid.closes.isoformat() if valid.closes else "…"
            return WORDS.say(language, "not_in_force", opens=valid.opens.isoformat(), closes=closes)
        if self.answer is Answer.OPEN:
            return WORDS.say(language, "because_met")
        if self.answer is Answer.CLOSED:
            what = " ".join(condition.text.say(language) for condition in self.blocking)
            return WORDS.say(language, "because_unmet", what=what)
        facts = [each.fact.text.say(language) for each in self.missing]
        return WORDS.say(
            language, "because_unknown", what=WORDS.say(language, "and").join(facts), n=len(facts)
        )


@dataclass(frozen=True, slots=True)
class AskFirst:
    """An unknown fact, over all routes that lead to the other shore."""

    fact: Fact
    routes: Fraction
    """The sum of its shares: how many routes hang on it, in the mean of the ways in which the rest may turn out."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every route for one child on one day."""

    on_day: date
    routes: tuple[RouteResult, ...]
    ask_first: tuple[AskFirst, ...]
    """The fact on which most depends comes first."""
    empty: tuple[Instrument, ...]
    """What is in force on that day and of which Havre holds no rule: no legal content yet, sources only."""
