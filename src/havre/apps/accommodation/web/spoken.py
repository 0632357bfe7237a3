# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the languages of parties and centres are called on a page."""

from collections.abc import Callable

from havre.apps.accommodation.actions.sheets import find_language, language_name
from havre.words import Language


def spoken_in(language: Language) -> Callable[[str], str]:
    """Code to name, in the language of the page; a code that is not among ours as it is."""
    return lambda code: language_name(code, language)


def code_of(typed: str) -> str:
    """Name or code to code; what is not among ours as it was typed."""
    return find_language(typed) or typed
