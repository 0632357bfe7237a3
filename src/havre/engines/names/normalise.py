# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a name is written, without what does not matter: case, marks, variants of one letter.

Nothing here decides whether two names are the same; it only makes them comparable.
"""

import tomllib
import unicodedata
from enum import StrEnum
from importlib.resources import files
from typing import Any

from anyascii import anyascii


class Script(StrEnum):
    """The scripts in which names are compared. Every other script is read through its Latin transliteration."""

    LATIN = "latin"
    ARABIC = "arabic"
    ETHIOPIC = "ethiopic"


LETTERS: dict[str, dict[str, Any]] = tomllib.loads((files(__package__) / "letters.toml").read_text("utf-8"))

_APOSTROPHES = frozenset("'’‘`´ʼʿʾʻˈ′\u02bd\u02be\u02bf")
_VARIANTS = str.maketrans(LETTERS["latin"] | LETTERS["arabic"])
_SPACES = " \n"
_ZERO_WIDTH_NON_JOINER = "\u200c"


RANGES = {Script.ARABIC: (0x0600, 0x0780), Script.ETHIOPIC: (0x1200, 0x1380)}
"""The first code point of a script, and the one after its last."""


def script_of(letter: str) -> Script:
    """The script of one folded letter."""
    code = ord(letter)
    return next((script for script, (low, high) in RANGES.items() if low <= code < high), Script.LATIN)


def _letter(letter: str) -> str:
    """A letter as it is compared: itself, a space between words, or nothing."""
    category = unicodedata.category(letter)
    if category[0] == "M" or (category in ("Cf", "Cc", "Lm") and not letter.isspace()):
        return ""
    if category[0] != "L":
        return " "
    if letter.isascii() or script_of(letter) is not Script.LATIN:
        return letter
    return "".join(c if c.isalpha() else " " for c in anyascii(letter).casefold())


class _Folding(dict[int, str]):
    """Code point to what is compared, made when it is first met: one pass over a text does everything."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in _SPACES:
            folded = letter
        elif letter == _ZERO_WIDTH_NON_JOINER:
            folded = " "
        else:
            plain = unicodedata.normalize("NFKC", letter).casefold()
            plain = "".join(c for c in plain if c not in _APOSTROPHES)
            plain = unicodedata.normalize("NFC", plain).translate(_VARIANTS)
            plain = unicodedata.normalize("NFKD", plain).translate(_VARIANTS)
            folded = "".join(map(_letter, plain))
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold_lines(text: str) -> str:
    """The text in comparable letters, a line for a line; words may have more than one space between them."""
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def fold(text: str) -> str:
    """The words of a name in comparable letters, one space between them. Folding twice changes nothing.

    Latin comes out as a to z; Arabic letters as one variant each, without vowel signs; Ethiopic as written; any
    other script as its transliteration.
    """
    return " ".join(fold_lines(text).split())
