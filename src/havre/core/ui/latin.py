# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A name in Latin letters, for those who cannot read its own: an aid, never kept and never compared."""

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from anyascii import anyascii

from havre.engines.names import fold

THE = "ال"
"""The Arabic article, written as one word with what follows."""


def in_latin(text: str) -> str:
    """The name in Latin letters; empty where it is written in them already.

    Common words have their usual spelling; every other word goes letter by letter, which leaves out the vowels that
    Arabic letters leave out.
    """
    if text.isascii():
        return ""
    words, read = text.split(), []
    if all(map(_is_latin, words)):
        return ""
    at = 0
    while at < len(words):
        two = _known("".join(words[at : at + 2])) if at + 1 < len(words) else ""
        read.append(two or _word(words[at]))
        at += 2 if two else 1
    return " ".join(filter(None, read))


def _word(word: str) -> str:
    if _is_latin(word):
        return word
    if known := _known(word):
        return known
    if word.startswith(THE) and (known := _known(word.removeprefix(THE))):
        return f"Al-{known}"
    return _spelled(word).strip("`' ").capitalize()


def _spelled(word: str) -> str:
    """Letter by letter: Arabic ones as we read them, any other as it is transliterated."""
    letters, read = _data()["letters"], ""
    for letter in word:
        sound = letters.get(fold(letter))
        if sound is None:
            sound = anyascii(letter)
        read += sound if isinstance(sound, str) else sound[bool(read)]
    return read


def _known(word: str) -> str:
    return str(_data()["words"].get(fold(word).replace(" ", ""), ""))


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "latin.toml").read_text("utf-8"))


def _is_latin(word: str) -> bool:
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in word if letter.isalpha())
