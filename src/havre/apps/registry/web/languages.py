# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The languages of ``languages.toml``."""

import tomllib
from functools import cache
from importlib.resources import files

from havre.words import Language


@cache
def _names() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "languages.toml").read_text("utf-8"))


def spoken(language: Language) -> list[tuple[str, str]]:
    """Tag and name of each, those most spoken first."""
    return [(tag, names[language]) for tag, names in _names().items()]


def name_of(tag: str, language: Language) -> str:
    """The name of a language; the tag itself where it is not among ours."""
    return _names().get(tag, {}).get(language, tag)
