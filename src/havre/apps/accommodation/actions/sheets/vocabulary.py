# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a sheet that stand for one of ours (``vocabulary.toml``)."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from havre.core.exchange.vocabulary import fold
from havre.words import Language

_CODE = re.compile("[a-z]{3}")


@cache
def _said() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads((files(__package__) / "vocabulary.toml").read_text("utf-8"))


@cache
def _words(kind: str) -> Mapping[str, str]:
    return {
        fold(str(word)): key
        for key, term in _said()[kind].items()
        for word in (key, term["en"], term["fr"], *_list(term["aliases"]))
    }


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def find(kind: str, text: str) -> str:
    """The value that a word of this kind stands for, or nothing."""
    return _words(kind).get(fold(text), "")


def find_language(text: str) -> str:
    """The ISO 639-3 code that a code or a name stands for, or nothing."""
    return find("language", text) or (said if _CODE.fullmatch(said := text.strip().lower()) else "")


def language_name(code: str, language: Language) -> str:
    """What a language is called; the code itself where it is not among ours."""
    return label("language", code, language) if code in _said()["language"] else code


def shown(kind: str) -> str:
    """All words of a kind, in both languages, as a remark quotes them."""
    terms = _said()[kind].values()
    return ", ".join(
        f"{term['en']} / {term['fr']}" if term["en"] != term["fr"] else str(term["en"]) for term in terms
    )


def label(kind: str, key: str, language: Language) -> str:
    """The word for a value, which a sheet in that language writes."""
    return str(_said()[kind][key][language])
