# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Havre says, in French and in English.

A room keeps its sentences in a ``words.toml`` of its own, both languages side by side under one key, so that
neither can be forgotten::

    [pairs_found]
    en = ["{n} pair found", "{n} pairs found"]
    fr = ["{n} rapprochement trouvé", "{n} rapprochements trouvés"]

One text stands as a string; two texts are singular and plural, chosen by the value ``n``.
"""

import os
import tomllib
from enum import StrEnum
from importlib.resources import files
from typing import Any


class Language(StrEnum):
    """The two languages of the interface."""

    ENGLISH = "en"
    FRENCH = "fr"

    @classmethod
    def of_environment(cls) -> "Language":
        """The language of ``HAVRE_LANG``, else of the locale; English where neither says French."""
        for variable in ("HAVRE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
            if said := os.environ.get(variable):
                return cls.FRENCH if said.lower().startswith("fr") else cls.ENGLISH
        return cls.ENGLISH


def is_plural(language: Language, n: float) -> bool:
    """Whether ``n`` takes the plural: in French from 2 on, in English for everything but 1 (CLDR)."""
    return abs(n) >= 2 if language is Language.FRENCH else n != 1


class Words:
    """The sentences of one room: ``Words("havre.engines.names")`` reads the ``words.toml`` in that package."""

    def __init__(self, package: str, name: str = "words.toml", *, shared: "Words | None" = None) -> None:
        """``shared`` are sentences that several rooms say alike; a room that has one of its own says that."""
        self.package = package
        own = tomllib.loads((files(package) / name).read_text("utf-8"))
        self._texts: dict[str, dict[str, Any]] = {**(shared._texts if shared else {}), **own}

    def __iter__(self) -> Any:
        return iter(self._texts)

    def say(self, language: Language, key: str, /, **values: object) -> str:
        """The sentence of ``key`` in ``language`` with ``values`` filled in; KeyError where it does not exist."""
        text = self._texts[key][language]
        if isinstance(text, list):
            n = values.get("n", 1)
            text = text[is_plural(language, n if isinstance(n, (int, float)) else 1)]
        return str(text).format(**values) if values else str(text)
