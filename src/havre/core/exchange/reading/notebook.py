# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the reader writes down what it could not read, and the rows that this concerns."""

from dataclasses import dataclass, field
from pathlib import Path

from havre.core.exchange.errors import Refusal
from havre.core.exchange.limits import Limits
from havre.core.exchange.reading.rows import RawRow, RawTable
from havre.core.exchange.remarks import Place, Remark
from havre.core.exchange.vocabulary.columns import TableName
from havre.words import Language


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of which something was left out, as it was read."""

    table: TableName
    line: int
    titles: tuple[str, ...]
    cells: tuple[str, ...]
    remarks: tuple[Remark, ...]
    kept: bool
    """Whether the row was read but for the cells that the remarks name; else it is not on the list at all."""


@dataclass(slots=True)
class Notebook:
    """Remarks and refused rows of one reading; Refusal where there are more than can be listed."""

    path: Path
    limits: Limits
    language: Language
    remarks: list[Remark] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    _size: int = 0

    def note(self, table: RawTable, key: str, **values: object) -> None:
        """Something to know of a whole table, of which nothing was left out."""
        self.remarks.append(Remark(Place(table.file, table.sheet, 0, ""), key, values, note=True))

    def refuse(
        self, table: RawTable, titles: tuple[str, ...], row: RawRow, remarks: list[Remark], *, kept: bool
    ) -> None:
        """The faults of one row."""
        self.remarks.extend(remarks)
        self.refused.append(
            RefusedRow(table.shape.key, row.line, titles, tuple(row.cells), tuple(remarks), kept)
        )
        self._size += sum(map(len, row.cells))
        if len(self.remarks) > self.limits.remarks or self._size > self.limits.left_out:
            first = self.remarks[0].say(self.language)
            raise Refusal("too_many_remarks", self.path, first=first)
