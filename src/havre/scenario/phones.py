# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Telephone numbers that belong to nobody (``world.toml`` cites Ofcom and Arcep)."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from havre.scenario.chance import Dice
from havre.scenario.tables import Shore

_WAYS = ("{0}", "{0}", "{spaced}", "{international}", "{international_spaced}", "{zeros}")


def _numbers(pattern: str, dice: Dice) -> Iterator[str]:
    """All numbers of ``pattern`` once, in an order of chance; shuffled when the first one is asked for."""
    free = pattern.count("x")
    stem = pattern.removesuffix("x" * free)
    for number in dice.shuffled(range(10**free)):
        yield f"{stem}{number:0{free}}"


class Phones:
    """Gives each number once, in national form (``07700900123``); at the end of a range it gives ``""``.

    The share of people who get one is kept so low that a range does not end before the people do: else those
    who come first, the true relatives, would be known by their telephones.
    """

    def __init__(
        self, phones: Mapping[str, Any], rates: Mapping[str, float], people: Mapping[Shore, int], dice: Dice
    ) -> None:
        self._dice = dice
        self._france = chain.from_iterable(_numbers(pattern, dice) for pattern in phones["france"])
        self._mobile = chain.from_iterable(_numbers(pattern, dice) for pattern in phones["britain_mobile"])
        self._landline = {
            town: _numbers(pattern, dice) for town, pattern in phones["britain_landline"].items()
        }
        adults, children = max(1, people[Shore.BRITAIN]), max(1, people[Shore.FRANCE])
        with_phone, with_landline = rates["phone_britain"], rates["landline"]
        self._mobile_rate = min(with_phone * (1 - with_landline), 700 / adults)
        self._landline_rate = min(with_phone * with_landline, 4000 / adults)
        self._france_rate = min(rates["phone_france"], 2000 / children)

    def of_child(self) -> str:
        """A number in France, or ``""``."""
        return next(self._france, "") if self._dice.chance(self._france_rate) else ""

    def of_adult(self, town: str) -> str:
        """A mobile, or a line of the town, or ``""``."""
        if self._dice.chance(self._mobile_rate):
            return next(self._mobile, "")
        if town in self._landline and self._dice.chance(self._landline_rate / (1 - self._mobile_rate)):
            return next(self._landline[town], "")
        return ""


def written(number: str, dice: Dice) -> str:
    """``number`` in one of the ways that people write it."""
    code = "33" if number.startswith("06") else "44"
    spaced = f"{number[:5]} {number[5:8]} {number[8:]}"
    return dice.pick(_WAYS).format(
        number,
        spaced=spaced,
        international=f"+{code}{number[1:]}",
        international_spaced=f"+{code} {number[1:5]} {number[5:]}",
        zeros=f"00{code}{number[1:]}",
    )


def mistyped(number: str, dice: Dice) -> str:
    """``number`` with one of its last three digits wrong: still a number that belongs to nobody."""
    place = len(number) - dice.between(1, 3)
    wrong = (int(number[place]) + dice.between(1, 9)) % 10
    return f"{number[:place]}{wrong}{number[place + 1 :]}"
