# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The consonants of a word in Latin letters: finer than a key, and still nearly the same from any script."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii


@cache
def _sounds() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = tomllib.loads((files(__package__) / "sounds.toml").read_text("utf-8"))
    return re.compile("|".join(sorted(table, key=lambda group: (-len(group), group)))), table


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """The sounds of a folded word without its vowels, doubled ones once; the first letter where there are none."""
    pattern, table = _sounds()
    letters = re.sub("[^a-z]", "", anyascii(word).casefold())
    sounds = pattern.sub(lambda found: table[found[0]], letters)
    return re.sub(r"(.)\1+", r"\1", sounds) or letters[:1]
