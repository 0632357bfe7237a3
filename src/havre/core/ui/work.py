# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for a member: each app says what it has, and the first page shows all of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from havre.words import Language


@dataclass(frozen=True, slots=True)
class Tile:
    """A count of what waits, with the list that it counts."""

    count: int
    text: str
    address: str
    tone: str = "quiet"
    """quiet, good, attention or bad."""
    order: int = 50


Source = Callable[[Language], Iterable[Tile]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Adds what an app has; called in its ``ready``, once."""
    if source not in _sources:
        _sources.append(source)
    return source


def tiles(language: Language) -> list[Tile]:
    """What waits for the acting member, the most urgent first."""
    return sorted((tile for source in _sources for tile in source(language)), key=lambda tile: tile.order)
