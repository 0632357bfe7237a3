# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a clerk of one shore writes a word of a name."""

import re
from functools import cache

from havre.scenario.chance import Dice, Weighted
from havre.scenario.tables import NameWord, Shore, Tables

_PLAIN = str.maketrans("āīūēōʿʾ", "aiueo\x00\x00")
_SMALL = frozenset({"al", "el", "eddine"})
_NEAR = dict(zip("abcdefghijklmnopqrstuvwxyz", "sncfrdghojklknipqreyibvxtx", strict=True))


@cache
def usual(word: NameWord) -> str:
    """The spelling without signs that both shores know: ``Abdul+Rahmān`` is ``Abdul Rahman``."""
    plain = word.heard.lower().translate(_PLAIN).replace("\x00", "")
    plain = re.sub(r"^(abdul|abul|abu|al)\+", r"\1 ", plain).replace("+al+", " al-").replace("+", "")
    return capitalised(plain)


def capitalised(text: str) -> str:
    """Each word with a capital, but for the article after a space or before a hyphen."""
    words = text.split()
    return " ".join(_capital(word, first=place == 0) for place, word in enumerate(words))


def _capital(word: str, *, first: bool) -> str:
    head, hyphen, tail = word.partition("-")
    if hyphen:
        return f"{_capital(head, first=first)}-{_capital(tail, first=False)}"
    return word if word in _SMALL and not first else word[:1].upper() + word[1:]


def mistyped(text: str, dice: Dice) -> str:
    """``text`` with one letter left out, doubled, swapped with the next one, or a neighbour on the keyboard."""
    if len(text) < 4:
        return text
    place = dice.between(1, len(text) - 2)
    here, after = text[place], text[place + 1]
    change = dice.pick(("", here * 2, after + here, _NEAR.get(here.lower(), here)))
    return text[:place] + change + text[place + 1 + (change == after + here) :]


class Speller:
    """Writes words as clerks of one shore do."""

    def __init__(self, shore: Shore, tables: Tables) -> None:
        self._attested = tables.attested[shore]
        habits = tables.habits[shore]
        sounds = sorted(habits, key=lambda sound: (-len(sound.strip("^$")), -len(sound), sound))
        self._ways = [Weighted(habits[sound].items()) for sound in sounds]
        self._sound = re.compile("|".join(f"({_pattern(sound)})" for sound in sounds))
        self._heard = cache(self._parts)

    def by_ear(self, word: NameWord, dice: Dice) -> str:
        """What somebody writes who has never seen the name written."""
        parts = [part if isinstance(part, str) else dice.draw(part) for part in self._heard(word.heard)]
        return capitalised("".join(parts))

    def as_others(self, word: NameWord, dice: Dice) -> str:
        """A spelling that is attested on this shore; by ear where none is."""
        spellings = self._attested.get(word.native)
        return dice.draw(spellings) if spellings else self.by_ear(word, dice)

    def _parts(self, heard: str) -> tuple[str | Weighted[str], ...]:
        text, at = heard.lower(), 0
        parts: list[str | Weighted[str]] = []
        for match in self._sound.finditer(text):
            parts += [text[at : match.start()].translate(_PLAIN).replace("\x00", "")]
            parts += [self._ways[(match.lastindex or 1) - 1]]
            at = match.end()
        return (*parts, text[at:].translate(_PLAIN).replace("\x00", ""))


def _pattern(sound: str) -> str:
    """A regular expression for one line of ``habits.toml``."""
    start = r"(?<![^\s+])" if sound.startswith("^") else ""
    end = r"(?![^\s+])" if sound.endswith("$") else ""
    return f"{start}{re.escape(sound.strip('^$'))}{end}"
