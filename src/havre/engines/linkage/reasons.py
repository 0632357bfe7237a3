# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reasons of a pair: each block of evidence in words, with its bits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from havre.engines.linkage.columns import NONE, Columns, Prepared
from havre.engines.linkage.evidence import Said, Sides, best_spellings, digits_apart
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.pairs import WORDS, Reason
from havre.engines.linkage.relations import relations
from havre.engines.linkage.scoring import Scored
from havre.engines.names.arrays import Indices
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


class Teller:
    """Finds the words for the blocks of some chosen pairs."""

    def __init__(
        self, prepared: Prepared, observer: Observer, sides: Sides, relation_a: Indices, relation_b: Indices
    ):
        self._prepared, self._observer, self._sides = prepared, observer, sides
        self._relations = [relation_a, relation_b]
        self._words = list(relations().values())

    def tell(self, scored: Scored, rows: Indices) -> list[tuple[Reason, ...]]:
        """The reasons of the chosen rows, in the order of the blocks."""
        told = {about: list(self._block(about)) for _, about in scored.blocks}
        return [
            tuple(
                Reason(
                    part,
                    told[about][n][0] + self._suffix(about, bits),
                    round(float(bits), 4),
                    told[about][n][1],
                )
                for (part, about), bits in zip(scored.blocks, scored.bits[row], strict=True)
                if abs(bits) >= LEAST_BITS
            )
            for n, row in enumerate(rows.tolist())
        ]

    @staticmethod
    def _suffix(about: str, bits: float) -> str:
        return (" same" if bits > 0 else " differs") if about.startswith("relation sex") else ""

    def _block(self, about: str) -> Iterable[Told]:
        what, _, who = about.partition(" ")
        ways: dict[str, Callable[[], Iterable[Told]]] = {
            "names": lambda: self._names(about, *self._sides[who]),
            "birth": lambda: self._births(about, *self._sides[who]),
            "sex": lambda: self._sexes(about, *self._sides[who]),
            "phone": lambda: self._phones(about, *self._sides[who]),
            "nationality": lambda: self._nationalities(about),
            "relation": lambda: self._said_relations() if not who else self._plain("relation sex"),
        }
        if who in ("birthplace", "town"):
            return self._places(about, who, *self._sides[what])
        return ways.get(what, lambda: self._plain(about))()

    def _plain(self, key: str) -> Iterable[Told]:
        return [(key, {})] * len(next(iter(self._sides.values()))[0].at)

    def _names(self, about: str, x: Said, y: Said) -> Iterable[Told]:
        spellings = self._prepared.names.names
        one, two, _, _ = best_spellings(self._observer.texts[0], x, y)
        known = one != NONE
        explained = iter(explain(spellings, one[known], two[known]))
        return [
            (about, {"alignment": next(explained)} if there else {"alignment": ""})
            for there in known.tolist()
        ]

    def _births(self, about: str, x: Said, y: Said) -> Iterable[Told]:
        a, b = _born(x), _born(y)
        return [(about, {"a": one, "b": two}) for one, two in zip(a, b, strict=True)]

    def _sexes(self, about: str, x: Said, y: Said) -> Iterable[Told]:
        same = x.columns.sex[x.at] == y.columns.sex[y.at]
        return [(f"{about} {'same' if each else 'differs'}", {}) for each in same.tolist()]

    def _phones(self, about: str, x: Said, y: Said) -> Iterable[Told]:
        # The numbers themselves are not repeated: a reason says only whether they agree.
        wrong = digits_apart(x.columns.phone[x.at], y.columns.phone[y.at])
        words = np.array(["same", "near", "near", "another"])[np.minimum(wrong, 3)]
        return [(f"{about} {each}", {}) for each in words.tolist()]

    def _places(self, about: str, field: str, x: Said, y: Said) -> Iterable[Told]:
        texts = self._prepared.places.names.names
        a, b = (getattr(said.columns, field)[said.at].tolist() for said in (x, y))
        return [
            (about, {"a": texts[p] if p >= 0 else "", "b": texts[q] if q >= 0 else ""})
            for p, q in zip(a, b, strict=True)
        ]

    def _nationalities(self, about: str) -> Iterable[Told]:
        sides = [
            [[self._nation(said.columns, at) for at in said.at.tolist()] for said in side]
            for side in zip(*self._sides.values(), strict=True)
        ]
        a, b = (
            [" ".join(dict.fromkeys(filter(None, each))) for each in zip(*side, strict=True)]
            for side in sides
        )
        return [(about, {"a": x, "b": y}) for x, y in zip(a, b, strict=True)]

    def _nation(self, columns: Columns, at: int) -> str:
        nation = int(columns.nationality[at])
        return self._prepared.nations[nation] if nation >= 0 else ""

    def _said_relations(self) -> Iterable[Told]:
        a, b = ([self._words[r] if r >= 0 else "" for r in each.tolist()] for each in self._relations)
        return [("relation", {"a": x, "b": y}) for x, y in zip(a, b, strict=True)]


def _born(said: Said) -> list[Born]:
    first, last = said.columns.born_from[said.at], said.columns.born_to[said.at]
    return [Born(x, y) for x, y in zip(first.tolist(), last.tolist(), strict=True)]
