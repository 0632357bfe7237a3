# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every kind of file is turned into before its cells are understood: lines of text cells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from havre.core.exchange.vocabulary import fold
from havre.core.exchange.vocabulary.columns import TABLES, TableShape, shape

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row that holds anything: the line it begins on (from 1), its cells, and why it cannot be used."""

    line: int
    cells: list[str]
    fault: str = ""
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file or sheet; its first row names the columns. ``rows`` reads as it goes and tells its progress."""

    shape: TableShape
    file: str
    sheet: str
    rows: Callable[[Progress], Iterator[RawRow]]
    notes: tuple[str, ...] = ()
    """Keys of what should be told of the whole table."""
    mixed: bool = False
    """Whether rows of the other table stand in the same file."""

    def is_passed_over(self, title: str) -> bool:
        """Whether a column that is none of this table is known all the same, and no reader need hear of it."""
        known = fold(title) in self.shape.ignored
        return known or (self.mixed and any(shape(other).key_of(title) for other in TABLES))
