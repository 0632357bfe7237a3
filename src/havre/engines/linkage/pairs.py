# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the match proposes: pairs, with their evidence in bits and in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, overload, runtime_checkable

from havre.words import Language, Words

WORDS = Words("havre.engines.linkage")


class Band(StrEnum):
    """How sure a pair is, for people who decide."""

    STRONG = "strong"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    FAINT = "faint"
    """Below what is worth a first look; listed so that nothing is hidden."""

    @classmethod
    def of(cls, probability: float) -> "Band":
        """Strong from .9, likely from .5, doubtful from .1."""
        if probability >= 0.9:
            return cls.STRONG
        if probability >= 0.5:
            return cls.LIKELY
        return cls.DOUBTFUL if probability >= 0.1 else cls.FAINT


@dataclass(frozen=True, slots=True)
class Bits:
    """Evidence in bits (log2 of how much more likely, if the pair is true), part by part; ``total`` adds them up."""

    prior: float = 0.0
    names: float = 0.0
    birth: float = 0.0
    person: float = 0.0
    """Sex and nationality."""
    place: float = 0.0
    """Birthplace and town."""
    phone: float = 0.0
    relation: float = 0.0
    siblings: float = 0.0

    @property
    def total(self) -> float:
        """The sum of all parts, before rivals compete."""
        return sum(self.parts().values())

    def parts(self) -> dict[str, float]:
        """Part to bits, in the order in which they are shown."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


@runtime_checkable
class Labelled(Protocol):
    """A value whose words depend on the language."""

    def label(self, language: Language) -> str:
        """The words."""
        ...


@dataclass(frozen=True, slots=True)
class Reason:
    """One observation that speaks for or against a pair."""

    part: str
    """The field of ``Bits`` that it belongs to."""
    key: str
    """A key of the words of linkage."""
    bits: float
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def say(self, language: Language) -> str:
        """The observation in words; names stand in it as they were written."""
        values = {
            name: value.label(language) if isinstance(value, Labelled) else value
            for name, value in self.values.items()
        }
        return WORDS.say(language, self.key, **values)


class Later(Sequence[Reason]):
    """The reasons of one of several pairs, put in words when somebody asks: most proposals are never looked at."""

    __slots__ = ("_at", "_told")

    def __init__(self, told: Callable[[], Sequence[tuple[Reason, ...]]], at: int) -> None:
        """``told`` gives the reasons of all of them, and is asked as often as anybody looks; this is number ``at``."""
        self._told, self._at = told, at

    @overload
    def __getitem__(self, place: int) -> Reason: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Reason]: ...
    def __getitem__(self, place: int | slice) -> Reason | Sequence[Reason]:
        return self._told()[self._at][place]

    def __len__(self) -> int:
        return len(self._told()[self._at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A family link of list a, and the link (or only the person) of list b that may speak of the same two people.

    ``link_b`` is empty where only the person is proposed: somebody on list b who may be the relative named in
    ``link_a`` but has not named this child. ``link_a`` is empty in the mirror case. In a match of one list with
    itself both links are empty and the persons may be one.
    """

    link_a: str
    link_b: str
    person_a: str
    person_b: str
    bits: Bits
    probability: float
    """After rivals have competed; rounded to six digits."""
    rivals: int
    """How many other proposals speak of the same link, on either side, with a probability of at least .01."""
    reasons: Sequence[Reason] = ()

    @property
    def band(self) -> Band:
        """The band of the probability."""
        return Band.of(self.probability)

    def why(self, language: Language) -> str:
        """The reasons in words with their bits, strongest first."""
        told = sorted(self.reasons, key=lambda reason: (-abs(reason.bits), reason.key, reason.say(language)))
        return "; ".join(f"{reason.say(language)} ({reason.bits:+.1f})" for reason in told)
