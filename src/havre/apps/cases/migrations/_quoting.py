# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of our own files and enums as SQL writes them."""

from collections.abc import Iterable


def quoted(text: str) -> str:
    """A text."""
    return "'" + text.replace("'", "''") + "'"


def array(texts: Iterable[str]) -> str:
    """A list of texts."""
    return f"ARRAY[{', '.join(map(quoted, texts))}]::text[]"


def among(words: Iterable[str]) -> str:
    """What stands behind IN."""
    return ", ".join(map(quoted, words))
