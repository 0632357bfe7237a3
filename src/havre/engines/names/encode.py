# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a word sounds: units (one letter or letter group that writes one sound), and coarse keys across scripts."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import product

from havre.engines.names.normalise import LETTERS, Script, script_of

MOST_UNITS = 20
"""Units of a word that are compared."""
_MOST_KEYS = 4
_LATIN = re.compile(
    "|".join(sorted(LETTERS["latin_units"], key=lambda group: (-len(group), group))) + "|[a-z]"
)
_SOFT_C = re.compile("c(?=[eiy])")
_SORANI_VOWEL = "ە"
_SERVANT = re.compile("(عبد)ال(?=..)|[ae]bd[aeou][lrnsd](?=...)")
KNOWN: dict[str, str] = tomllib.loads((files(__package__) / "variants.toml").read_text("utf-8"))
"""Word to another form of the same name that no spelling rule leads to."""
_ROWS: dict[str, str] = LETTERS["ethiopic"]
_ORDERS: list[str] = LETTERS["ethiopic_vowels"]["orders"]
_CLASSES: dict[str, str] = LETTERS["classes"]
_VOWELS = frozenset("aeiouyäاي") | {""}


def script(word: str) -> Script:
    """The script of a folded word; a mixed word counts as the script of most of its letters."""
    if word.isascii():
        return Script.LATIN
    scripts = [script_of(letter) for letter in word]
    return max(Script, key=lambda each: (scripts.count(each), each))


def _latin_units(word: str) -> list[str]:
    grouped = _LATIN.findall(_SOFT_C.sub("s", word))
    return ["k" if group == "c" else LETTERS["latin_units"].get(group, group) for group in grouped]


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


@lru_cache(maxsize=1 << 18)
def units(word: str) -> tuple[str, ...]:
    """The units of a folded word, doubled ones once, at most ``MOST_UNITS``."""
    found: list[str] = []
    latin = ""
    for letter in (*word, " "):
        if letter.isascii() and letter != " ":
            latin += letter
            continue
        found += _latin_units(latin)
        latin = ""
        if letter != " ":
            found += _ethiopic_units(letter) if script_of(letter) is Script.ETHIOPIC else [letter]
    if (
        _SORANI_VOWEL in found
    ):  # a short vowel, which other clerks of the script leave unwritten but at the end
        found = [unit for unit in found[:-1] if unit != _SORANI_VOWEL] + found[-1:]
        found = [unit if unit != _SORANI_VOWEL else "ه" for unit in found]
    kept = [unit for i, unit in enumerate(found) if i == 0 or unit != found[i - 1]]
    return tuple(kept[:MOST_UNITS])


def variants(word: str) -> tuple[str, ...]:
    """The word, and one further reading: a known other form of the name, or without an article grown into it."""
    if word in KNOWN:
        return word, KNOWN[word]
    if servant := _SERVANT.match(word):
        return word, ("عبد" if servant[1] else "abd") + word[servant.end() :]
    if word.startswith("ال") and len(word) > 4:
        return word, word[2:]
    if word[:2] in ("al", "el") and len(word) > 6 and word[2] not in "aeiouy":
        return word, word[2:]
    return (word,)


@lru_cache(maxsize=1 << 18)
def keys(word: str) -> tuple[str, ...]:
    """One to four coarse keys of a folded word: its consonants by class, in any script; never empty strings.

    Two spellings of one name mostly share a key; a shared key alone does not say one name.
    """
    found: dict[str, None] = {}
    for variant in variants(word)[-1:]:
        sounds = units(variant)
        classes = [_CLASSES.get(unit, "") for unit in sounds]
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
    return tuple(key for key in found if key)


def unit_counts(sounds: tuple[str, ...], i: int) -> bool:
    """Whether unit i belongs in a key: vowels and breathings are heard by one clerk and not by the next."""
    return sounds[i] not in _VOWELS and sounds[i] != "h"
