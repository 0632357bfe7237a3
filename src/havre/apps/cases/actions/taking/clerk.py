# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words, lines and tables in one language, as ``letters/dossier.typ`` wants them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from havre.apps.cases.queries.told import WORDS
from havre.core.exchange.bundle import shape
from havre.core.ui.telling import day
from havre.words import Language

Block = dict[str, Any]
Cell = str | tuple[str, str]
"""Havre's words; or somebody's own, and the language that they stand in."""


class Clerk:
    """Writes in one language; words of somebody's own say in which they stand, where that is another."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, key: str, **values: object) -> str:
        """A sentence of the dossier."""
        return WORDS.say(self.language, key, **values)

    def text(self, said: shape.Text | None) -> str:
        """Havre's own words; nothing where there are none."""
        return str(getattr(said, self.language.value)) if said else ""

    def day(self, value: date | None) -> str:
        """A day in words; nothing where there is none."""
        return day(value, self.language) if value else ""

    def section(self, heading: str, blocks: Iterable[Block], depth: int = 1) -> Block:
        """What stands under one heading."""
        return {"heading": heading, "depth": depth, "blocks": list(blocks)}

    def _cell(self, cell: Cell) -> tuple[str, str]:
        text, spoken = (cell, "") if isinstance(cell, str) else cell
        return text, "" if spoken == self.language else spoken

    def words(self, cell: Cell) -> Block:
        """A paragraph."""
        text, spoken = self._cell(cell)
        return {"kind": "text", "text": text, "language": spoken}

    def lines(self, rows: Iterable[tuple[str, Cell]]) -> Iterator[Block]:
        """Lines with what they are called; what is empty is left out."""
        told = [(label, *self._cell(cell)) for label, cell in rows]
        if said := [row for row in told if row[1]]:
            yield {"kind": "lines", "rows": said}

    def table(self, columns: str, widths: Sequence[float], rows: Iterable[Sequence[Cell]]) -> Iterator[Block]:
        """A table whose columns are called by the keys in ``columns``; a sentence where there is no row."""
        told = [[self._cell(cell) for cell in row] for row in rows]
        if not told:
            yield self.words(self.say("nothing"))
            return
        heads = [self.say(f"column_{name}") for name in columns.split()]
        yield {"kind": "table", "columns": heads, "widths": list(widths), "rows": told}
