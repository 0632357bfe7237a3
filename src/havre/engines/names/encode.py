# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a word sounds: units (one letter or letter group that writes one sound), and coarse keys across scripts."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

import numpy as np

from havre.engines.names.arrays import NEW_LINE, code_points
from havre.engines.names.coded import MOST_UNITS
from havre.engines.names.normalise import LETTERS, RANGES, Script, script_of

_MOST_KEYS = 4
_SOFT_C = re.compile("c(?=[eiy])")
_SORANI_VOWEL, _SORANI_VOWEL_LAST = re.compile("ە"), re.compile("ە$", re.MULTILINE)
_ETHIOPIC = re.compile(
    "[{}-{}]".format(*map(chr, (RANGES[Script.ETHIOPIC][0], RANGES[Script.ETHIOPIC][1] - 1)))
)
_OTHER_READING = re.compile(
    "^(?:(?P<arabic>عبد)ال(?=..)|(?P<latin>[ae]bd)[aeou][lrnsd](?=...)"
    # An article or a word of descent that was written as the beginning of the name, or inside of a compound (ابوالخير).
    "|(?:ال|بن)(?=...)|[ae]l(?=[^aeiouy\n]....)|ben(?=...)|(?P<before>..+)ال(?=...))",
    re.MULTILINE,
)
KNOWN: dict[str, str] = tomllib.loads((files(__package__) / "variants.toml").read_text("utf-8"))
"""Word to another form of the same name that no spelling rule leads to."""
_ROWS: dict[str, str] = LETTERS["ethiopic"]
_ORDERS: list[str] = LETTERS["ethiopic_vowels"]["orders"]
CLASSES: dict[str, str] = LETTERS["classes"]
VOWELS = frozenset("aeiouyäاي") | {""}
_GROUPS = sorted(LETTERS["latin_units"].items(), key=lambda group: (-len(group[0]), group[0]))
# Each unit as one letter, so that whole lists of words are coded by replacing text: units of several letters get one of
# the private area.
_LONG_UNITS = sorted({unit for unit in (*LETTERS["latin_units"].values(), *_ROWS.values()) if len(unit) > 1})
_ONE_LETTER = {unit: chr(0xE000 + i) for i, unit in enumerate(_LONG_UNITS)}
_UNIT_OF: dict[str, str] = {letter: unit for unit, letter in _ONE_LETTER.items()}


def script(word: str) -> Script:
    """The script of a folded word; a mixed word counts as the script of most of its letters, as far as compared."""
    if word.isascii():
        return Script.LATIN
    scripts = [script_of(letter) for letter in word[:MOST_UNITS]]
    return max(Script, key=lambda each: (scripts.count(each), each))


def _ethiopic_units(letter: str) -> list[str]:
    """Consonant and vowel of one syllable; a syllable outside the table says nothing."""
    code = ord(letter)
    row, order = chr(code - code % 8), code % 8
    if row not in _ROWS:
        return []
    consonant, vowel = _ROWS[row], _ORDERS[order]
    if not consonant:
        vowel = LETTERS["ethiopic_vowels"]["alone_first"] if order == 0 else vowel or "e"
    return [unit for unit in (consonant, *(vowel if vowel != "wa" else ("w", "a"))) if unit]


@cache
def _syllable(letter: str) -> str:
    """The letters of the units of an Ethiopic syllable."""
    return "".join(_ONE_LETTER.get(unit, unit) for unit in _ethiopic_units(letter))


def code_lines(text: str) -> str:
    """Folded words, one a line, as their units, one letter a unit (see ``unit_of``), doubled ones once."""
    # Clerks of the script leave the short vowel of Sorani unwritten but at the end.
    text = _SORANI_VOWEL.sub("", _SORANI_VOWEL_LAST.sub("ه", text))
    text = _SOFT_C.sub("s", text)
    for group, unit in _GROUPS:
        text = text.replace(group, _ONE_LETTER.get(unit, unit))
    text = _ETHIOPIC.sub(lambda letter: _syllable(letter[0]), text.replace("c", "k"))
    points = code_points(text)
    kept = np.ones(len(points), np.bool_)
    kept[1:] = (points[1:] != points[:-1]) | (points[1:] == NEW_LINE)
    return points[kept].tobytes().decode("utf-32-le", "surrogatepass")


def unit_of(letter: str) -> str:
    """The unit that a letter of a coded word stands for."""
    return _UNIT_OF.get(letter, letter)


@lru_cache(maxsize=1 << 18)
def units(word: str) -> tuple[str, ...]:
    """The units of a folded word, doubled ones once, at most ``MOST_UNITS``."""
    return tuple(map(unit_of, code_lines(word)[:MOST_UNITS]))


def other_readings(words: Iterable[str]) -> dict[str, str]:
    """Word to one further reading: a known other form of the name, or without a particle grown into it.

    Most words have none.
    """
    text = "\n".join(words) + "\n"
    found = {}
    for match in _OTHER_READING.finditer(text):
        end = text.index("\n", match.end())
        begun = match["arabic"] or (match["latin"] and "abd") or match["before"] or ""
        found[text[match.start() : end]] = begun + text[match.end() : end]
    return found | {word: KNOWN[word] for word in KNOWN.keys() & text.split("\n")}


def variants(word: str) -> tuple[str, ...]:
    """The word, and its further reading where it has one."""
    return word, *other_readings([word]).values()


@lru_cache(maxsize=1 << 18)
def keys(word: str) -> tuple[str, ...]:
    """One to four coarse keys of a folded word: its consonants by class, in any script; never empty strings.

    Two spellings of one name mostly share a key; a shared key alone does not say one name.
    """
    found: dict[str, None] = {}
    for variant in reversed(variants(word)):
        sounds = units(variant)
        classes = [CLASSES.get(unit, "") for unit in sounds]
        readings = [
            each or " " if i == 0 or each != "w" else " "
            for i, each in enumerate(classes)
            if unit_counts(sounds, i)
        ]
        for reading in product(*readings):
            key = re.sub(r"(.)\1+", r"\1", "".join(reading).replace(" ", ""))
            found[key or "".join(sounds[:1])] = None
            if len(found) >= _MOST_KEYS:
                break
    return tuple(key for key in found if key)[:_MOST_KEYS]


def unit_counts(sounds: tuple[str, ...], i: int) -> bool:
    """Whether unit i belongs in a key: vowels and breathings are heard by one clerk and not by the next."""
    return sounds[i] not in VOWELS and sounds[i] != "h"
