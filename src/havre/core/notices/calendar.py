# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days that a member should have in their calendar: each app says which, as it says what waits on the first page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from havre.words import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day. It leaves the house with nobody signed in: it names no person and no detail of one."""

    key: str
    """The same whenever it is asked for, and of no other entry."""
    day: date
    title: str
    text: str
    address: str
    """Of the page where more stands: a path of this site."""


Source = Callable[[Language], Iterable[Entry]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Adds what an app has; called in its ``ready``, once."""
    if source not in _sources:
        _sources.append(source)
    return source


def entries(language: Language) -> list[Entry]:
    """What the acting member should have in their calendar, the nearest first."""
    found = (entry for source in _sources for entry in source(language))
    return sorted(found, key=lambda entry: (entry.day, entry.key))
