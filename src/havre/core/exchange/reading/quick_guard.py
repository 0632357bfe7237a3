# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures the parts of a workbook by their bytes, where these are written as spreadsheets write them.

Ten times as fast as the parser of ``sheet_guard`` and never more generous: whatever it does not know makes it
unsure, and then the parser decides.
"""

import re
from collections.abc import Iterable

from havre.core.exchange.limits import MEGABYTE, Limits
from havre.core.exchange.reading.sheet_guard import TooMuch

_ANY_CELL = re.compile(rb"<(?:[^\s<>/]*:)?c[\s/>]")
_PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: (?:s|cm|vm|ph|i|l|t)="[0-9A-Za-z]*")*( ?/)?>'
)
_SHARED = re.compile(rb't="s"')
_SHARED_TEXT = re.compile(rb"[<:]si[\s/>]")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)
_LONGEST_TAIL = 4 * MEGABYTE
_CLOSING = (b"/", b" /")


class Unsure(Exception):
    """A part that is not written as spreadsheets write it."""


class QuickMeter:
    """Walks over the bytes of one part after the other; TooMuch beyond a limit, Unsure for what it does not know."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._shared_cells = 0
        self._longest_text = 0

    def part(self, blocks: Iterable[bytes]) -> None:
        """One part."""
        box = _Box(self.limits)
        tail = b""
        texts = _Texts()
        for n, block in enumerate(blocks):
            if n == 0:
                _check_encoding(block)
            data = tail + block
            if b"\x00" in block or b"<!DOCTYPE" in data:
                raise Unsure
            # Only whole tags are looked at; the rest waits for the next block.
            cut = data.rfind(b">") + 1
            whole, tail = data[:cut], data[cut:]
            if len(tail) > _LONGEST_TAIL:
                raise Unsure
            box.stretch(whole)
            self._shared_cells += len(_SHARED.findall(whole))
            texts.add(whole)
        if _ANY_CELL.search(tail):
            raise Unsure
        if texts.seen:
            self._longest_text = max(self._longest_text, texts.longest)

    def end(self) -> None:
        """Unsure where the shared texts might become too long, each written out in every cell that shows it."""
        if self._shared_cells * self._longest_text > self.limits.xlsx_text:
            raise Unsure


class _Texts:
    """The most bytes between two ends of shared texts, and whether a part has any."""

    def __init__(self) -> None:
        self.seen = False
        self.longest = 0
        self.begun = 0

    def add(self, whole: bytes) -> None:
        self.seen = self.seen or bool(_SHARED_TEXT.search(whole))
        first, *others = map(len, whole.split(b"</si>"))
        self.longest = max(self.longest, self.begun + first, *others)
        self.begun = others[-1] if others else self.begun + first


class _Box:
    """The rectangle around the cells of one sheet that hold something."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows: tuple[int, int] | None = None
        self.columns: tuple[int, int] | None = None

    def stretch(self, whole: bytes) -> None:
        cells = _PLAIN_CELL.findall(whole)
        if len(cells) != len(_ANY_CELL.findall(whole)):
            raise Unsure
        held = [(column, row) for column, row, closing in cells if closing not in _CLOSING]
        if not held:
            return
        self.rows = _around(self.rows, {int(row) for _, row in held})
        self.columns = _around(self.columns, {_number(column) for column in {column for column, _ in held}})
        height, width = self.rows[1] - self.rows[0] + 1, self.columns[1] - self.columns[0] + 1
        if height * width > self.limits.xlsx_area:
            raise TooMuch


def _around(interval: tuple[int, int] | None, numbers: Iterable[int]) -> tuple[int, int]:
    both = [*(interval or ()), *numbers]
    return min(both), max(both)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_encoding(block: bytes) -> None:
    # UTF-16 would show none of the bytes that are looked for.
    if block.startswith((b"\xfe\xff", b"\xff\xfe")) or _DECLARED.search(block[:200]):
        raise Unsure
