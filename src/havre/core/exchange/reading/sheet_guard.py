# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures the XML parts of a workbook while they stream by: how far apart cells stand, how much text they show."""

import re
from array import array
from collections.abc import Iterable
from xml.parsers import expat

from havre.core.exchange.limits import Limits

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MAX_DEPTH = 64
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_HELD = ("v", "is", "f")


class TooMuch(Exception):
    """A sheet that would not fit."""


class PartMeter:
    """Walks over one XML part after the other; ValueError for what is not sound XML, TooMuch beyond a limit."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._shared: array[int] | None = None
        self._uses: dict[int, int] = {}

    def part(self, blocks: Iterable[bytes]) -> None:
        """One part."""
        self._begin()
        try:
            for block in blocks:
                self._parser.Parse(block, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from error

    def _begin(self) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser = parser
        self._depth = 0
        self._row = self._column = 0
        self._rows = self._columns = (0, 0)
        self._is_shared = False
        self._text: list[str] | None = None
        self._text_size = 0
        self._cell_type = ""

    def end(self) -> None:
        """TooMuch where texts that many cells share would become too long, each written out."""
        shared = self._shared or array("L")
        size = sum(shared[n] * count for n, count in self._uses.items() if n < len(shared))
        if size > self.limits.xlsx_text:
            raise TooMuch

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise TooMuch
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._column = 0
        elif tag == "c":
            self._place(attributes.get("r"))
            self._cell_type = attributes.get("t", "")
        elif tag in _HELD:
            self._stretch()
            if tag == "v" and self._cell_type == "s":
                self._listen()
        elif tag == "sst":
            if self._shared is not None:
                raise ValueError("two tables of shared texts")
            self._shared, self._is_shared = array("L"), True
        elif tag == "si" and self._is_shared:
            self._text_size = 0
            self._parser.CharacterDataHandler = self._count

    def _end(self, name: str) -> None:
        self._depth -= 1
        tag = name.rpartition(" ")[2]
        if tag == "v" and self._text is not None:
            said = "".join(self._text).strip()
            self._text, self._parser.CharacterDataHandler = None, None
            if said.isascii() and said.isdigit() and len(said) < 10:
                self._uses[int(said)] = self._uses.get(int(said), 0) + 1
        elif tag == "si" and self._is_shared and self._shared is not None:
            self._shared.append(self._text_size)
            self._parser.CharacterDataHandler = None

    def _listen(self) -> None:
        self._text = []
        self._parser.CharacterDataHandler = self._text.append

    def _count(self, text: str) -> None:
        self._text_size += len(text)

    def _place(self, reference: str | None) -> None:
        """Where the cell stands; one that does not say follows the one before it."""
        if reference is None:
            self._column += 1
            self._row = max(self._row, 1)
            return
        said = _REFERENCE.fullmatch(reference)
        if not said:
            raise ValueError("a cell without a place")
        self._column = 0
        for letter in said[1]:
            self._column = self._column * 26 + ord(letter) - 64
        self._row = int(said[2])

    def _stretch(self) -> None:
        """The rectangle around all cells that hold something, this one included."""
        row, column = self._row, self._column
        if not (1 <= row <= _LAST_ROW and 1 <= column <= _LAST_COLUMN):
            raise TooMuch
        top, bottom = self._rows
        left, right = self._columns
        if top <= row <= bottom and left <= column <= right:
            return
        self._rows = (min(top or row, row), max(bottom, row))
        self._columns = (min(left or column, column), max(right, column))
        height, width = self._rows[1] - self._rows[0] + 1, self._columns[1] - self._columns[0] + 1
        if height * width > self.limits.xlsx_area:
            raise TooMuch


def _refuse_doctype(*_: object) -> None:
    # No workbook has one; it could define texts that grow when they are read.
    raise ValueError("a document type")


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise ValueError("a row without a place")
    return int(text)
