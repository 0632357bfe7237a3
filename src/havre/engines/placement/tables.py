# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables as text: rows whose cells are asked for by column and kind, with a remark for each that is no such thing."""

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from havre.engines.placement.remarks import Remark, Source

_MOST = 1_000_000
"""Larger numbers are slips of the pen."""


@dataclass
class Table:
    """A CSV of one source; whatever is wrong is kept in ``remarks``."""

    source: Source
    text: str
    remarks: list[Remark] = field(default_factory=list)

    def rows(self, needed: Sequence[str]) -> Iterator["Row"]:
        """The rows, if the table has the columns that are needed."""
        if not self.text.removeprefix("\ufeff").strip():
            self.wrong(1, "", "file_empty", columns=", ".join(needed))
            return
        reader = csv.reader(StringIO(self.text.removeprefix("\ufeff"), newline=""), strict=True)
        try:
            heads = [head.strip() for head in next(reader, [])]
            if missing := [head for head in needed if head not in heads]:
                self.wrong(1, "", "columns", columns=", ".join(missing))
                return
            for head in sorted({head for head in heads if head and heads.count(head) > 1}):
                self.wrong(1, head, "column_twice")
            for cells in reader:
                if len(cells) > len(heads):
                    self.wrong(reader.line_num, "", "cells", n=len(heads))
                elif any(cell.strip() for cell in cells):
                    padded = [cell.strip() for cell in cells] + [""] * (len(heads) - len(cells))
                    yield Row(self, reader.line_num, dict(zip(heads, padded, strict=True)))
        except csv.Error:
            self.wrong(max(reader.line_num, 1), "", "quotes")

    @property
    def sound(self) -> bool:
        """Whether there is nothing but notes."""
        return all(remark.note for remark in self.remarks)

    def wrong(self, line: int, column: str, problem: str, *, note: bool = False, **values: object) -> None:
        """Keeps a remark."""
        self.remarks.append(Remark(self.source, line, column, problem, values, note))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. A cell that is wrong gets a remark and reads as the least that would be right."""

    table: Table
    line: int
    cells: dict[str, str]

    def wrong(self, column: str, problem: str, *, note: bool = False, **values: object) -> None:
        """Keeps a remark about a cell."""
        self.table.wrong(self.line, column, problem, note=note, **values)

    def text(self, column: str) -> str:
        """As it stands; empty where there is no such column."""
        return self.cells.get(column, "")

    def words(self, column: str) -> frozenset[str]:
        """Parted by blanks."""
        return frozenset(self.text(column).split())

    def name(self, column: str) -> str:
        """Not empty."""
        if not self.text(column):
            self.wrong(column, "empty")
        return self.text(column)

    def whole(self, column: str, least: int) -> int:
        """A whole number from ``least`` on."""
        said = self.text(column)
        digits = said.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10 and least <= int(said) <= _MOST):
            self.wrong(column, "whole", least=least, most=_MOST)
            return least
        return int(said)

    def number(self, column: str, least: float, most: float) -> float:
        """A number in an interval."""
        try:
            value = float(self.text(column))
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            self.wrong(column, "number", least=f"{least:g}", most=f"{most:g}")
            return least
        return value

    def flag(self, column: str) -> bool:
        """1 or 0."""
        if self.text(column) not in ("0", "1"):
            self.wrong(column, "flag")
        return self.text(column) == "1"
