# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chance that is the same on every machine: only ``random.Random.random``, whose numbers Python promises to keep."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things to draw from, each with a weight."""

    __slots__ = ("_sums", "things")

    def __init__(self, weights: Iterable[tuple[T, float]]) -> None:
        kept = [(thing, weight) for thing, weight in weights if weight > 0]
        if not kept:
            raise ValueError("nothing to draw from")
        self.things = tuple(thing for thing, _ in kept)
        self._sums = list(accumulate(weight for _, weight in kept))

    def at(self, share: float) -> T:
        """The thing at ``share`` (0 <= share < 1) of the whole weight."""
        place = bisect_right(self._sums, share * self._sums[-1])
        return self.things[min(place, len(self.things) - 1)]


def by_rank(things: Sequence[T], exponent: float) -> list[tuple[T, float]]:
    """Things with weights that fall with their rank (Zipf-Mandelbrot, offset 1.5) and sum to 1."""
    weights = [(rank + 1.5) ** -exponent for rank in range(len(things))]
    whole = sum(weights)
    return [(thing, weight / whole) for thing, weight in zip(things, weights, strict=True)]


class Dice:
    """One stream of chance: the same ``seed`` and ``purpose`` give the same stream."""

    __slots__ = ("_random",)

    def __init__(self, seed: int, purpose: str) -> None:
        self._random = Random(f"{seed}/{purpose}").random  # noqa: S311  no secret hangs on it

    def chance(self, rate: float) -> bool:
        """True at ``rate``."""
        return self._random() < rate

    def below(self, end: int) -> int:
        """A whole number of 0 .. end - 1."""
        return int(self._random() * end)

    def between(self, least: int, most: int) -> int:
        """A whole number of ``least`` .. ``most``, both included."""
        return least + self.below(most - least + 1)

    def pick(self, things: Sequence[T]) -> T:
        """One of ``things``, each as likely."""
        return things[self.below(len(things))]

    def draw(self, weighted: Weighted[T]) -> T:
        """One thing, as likely as its weight says."""
        return weighted.at(self._random())

    def shuffled(self, things: Iterable[T]) -> tuple[T, ...]:
        """All things in another order (Fisher-Yates)."""
        deck = list(things)
        for last in range(len(deck) - 1, 0, -1):
            other = self.below(last + 1)
            deck[last], deck[other] = deck[other], deck[last]
        return tuple(deck)
