# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reasons of a pair: each block of evidence in words, with its bits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from havre.engines.linkage.columns import NONE, Columns, Prepared, digits_apart
from havre.engines.linkage.evidence import Said, Sides, best_spellings
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.pairs import WORDS, Reason
from havre.engines.linkage.relations import relations
from havre.engines.names.arrays import Floats, Indices
from havre.engines.names.explain import explain
from havre.words import Language

LEAST_BITS = 0.05
"""Bits below which an observation is not worth a word."""

Told = tuple[str, dict[str, object]]
"""A key of the words, and the values in it."""


@dataclass(frozen=True, slots=True)
class Born:
    """A birth interval that says itself."""

    first: int
    last: int
    """Proleptic ordinals; 0 where nothing is known."""

    def label(self, language: Language) -> str:
        """The day, the year, or the interval."""
        if not self.first:
            return WORDS.say(language, "unknown")
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        if first == last:
            return WORDS.say(language, "day", day=first.isoformat())
        if (first.month, first.day, last) == (1, 1, date(first.year, 12, 31)):
            return WORDS.say(language, "year", year=first.year)
        return WORDS.say(language, "between", first=first.isoformat(), last=last.isoformat())


@dataclass(frozen=True, slots=True)
class Count:
    """A large number that is not known well: two digits, then noughts."""

    number: float

    def label(self, language: Language) -> str:
        """The number with the separator of the language."""
        shown = f"{float(f'{self.number:.2g}'):,.0f}"
        return shown.replace(",", "\u202f") if language is Language.FRENCH else shown


@dataclass(frozen=True, slots=True)
class Seen:
    """What was observed of n pairs, in bits."""

    part: str
    about: str
    bits: Floats


class Teller:
    """Finds the words for the blocks of some chosen pairs."""

    def __init__(
        self,
        prepared: Prepared,
        observer: Observer,
        sides: Sides,
        relation_a: Indices | None = None,
        relation_b: Indices | None = None,
    ) -> None:
        self._prepared, self._observer, self._sides = prepared, observer, sides
        nothing = np.zeros(0, np.intp)
        self._relations = [nothing if each is None else each for each in (relation_a, relation_b)]
        self._words = list(relations().values())

    def tell(self, seen: Sequence[Seen]) -> list[tuple[Reason, ...]]:
        """The reasons of each pair, in the order of the blocks."""
        told: list[list[Reason]] = [[] for _ in seen[0].bits]
        for each in seen:
            words = self._block(each.about, each.bits)
            for reasons, bits, (key, values) in zip(told, each.bits.tolist(), words, strict=True):
                if abs(bits) >= LEAST_BITS:
                    reasons.append(Reason(each.part, key, round(bits, 4), values))
        return [tuple(reasons) for reasons in told]

    def _block(self, about: str, bits: Floats) -> Iterable[Told]:
        what, _, who = about.partition(" ")
        if who in ("birthplace", "town"):
            return self._places(who, what)
        ways: dict[str, Callable[[], Iterable[Told]]] = {
            "names": lambda: self._names(who),
            "birth": lambda: self._births(who),
            "sex": lambda: self._sexes(who),
            "phone": lambda: self._phones(who),
            "nationality": self._nationalities,
            "relation": lambda: self._relation_sexes(bits) if who else self._said_relations(),
        }
        return ways.get(what, lambda: [(about, {})] * len(bits))()

    def _names(self, who: str) -> Iterable[Told]:
        spelled = best_spellings(self._observer.texts[0], *self._sides[who])
        known = spelled.one != NONE
        explained = iter(explain(self._prepared.names.names, spelled.one[known], spelled.two[known]))
        return [(f"names_{who}", {"alignment": next(explained) if there else ""}) for there in known.tolist()]

    def _births(self, who: str) -> Iterable[Told]:
        a, b = map(_born, self._sides[who])
        return [(f"birth_{who}", {"a": one, "b": two}) for one, two in zip(a, b, strict=True)]

    def _sexes(self, who: str) -> Iterable[Told]:
        x, y = self._sides[who]
        how = np.where(x.columns.sex[x.at] == y.columns.sex[y.at], "same", "differs")
        return [(f"sex_{who}_{each}", {}) for each in how.tolist()]

    def _relation_sexes(self, bits: Floats) -> Iterable[Told]:
        how = np.where(bits > 0, "same", "differs")
        return [(f"relation_sex_{each}", {}) for each in how.tolist()]

    def _phones(self, who: str) -> Iterable[Told]:
        # The numbers themselves are not repeated: a reason says only whether they agree.
        x, y = self._sides[who]
        wrong = digits_apart(x.columns.phone[x.at], y.columns.phone[y.at])
        how = np.array(["same", "near", "near", "another"])[np.minimum(wrong, 3)]
        return [(f"phone_{who}_{each}", {}) for each in how.tolist()]

    def _places(self, field: str, who: str) -> Iterable[Told]:
        texts = [*self._prepared.places.names.names, ""]  # the last one stands for NONE
        a, b = (getattr(said.columns, field)[said.at].tolist() for said in self._sides[who])
        key = f"birthplace_{who}" if field == "birthplace" else f"town_{who}"
        return [(key, {"a": texts[p], "b": texts[q]}) for p, q in zip(a, b, strict=True)]

    def _nationalities(self) -> Iterable[Told]:
        sides = [
            [[self._nation(said.columns, at) for at in said.at.tolist()] for said in side]
            for side in zip(*self._sides.values(), strict=True)
        ]
        a, b = (
            [" ".join(dict.fromkeys(filter(None, each))) for each in zip(*side, strict=True)]
            for side in sides
        )
        return [("nationality", {"a": x, "b": y}) for x, y in zip(a, b, strict=True)]

    def _nation(self, columns: Columns, at: int) -> str:
        nation = int(columns.nationality[at])
        return self._prepared.nations[nation] if nation >= 0 else ""

    def _said_relations(self) -> Iterable[Told]:
        a, b = ([self._words[r] if r >= 0 else "" for r in each.tolist()] for each in self._relations)
        return [("relation", {"a": x, "b": y}) for x, y in zip(a, b, strict=True)]


def _born(said: Said) -> list[Born]:
    first, last = said.columns.born_from[said.at], said.columns.born_to[said.at]
    return [Born(x, y) for x, y in zip(first.tolist(), last.tolist(), strict=True)]
