# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""CSV files in the encodings and with the separators that spreadsheets write, read line by line."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from havre.core.exchange.errors import Refusal
from havre.core.exchange.limits import MEGABYTE, Limits
from havre.core.exchange.reading.rows import Progress, RawRow
from havre.core.exchange.vocabulary import TableShape

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t|"
_NOT_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_TOLD_EVERY = 500


def encoding_of(path: Path, limits: Limits) -> str:
    """The encoding of a text file: its mark, else UTF-16 or UTF-8 if it is, else Windows-1252 or Latin-1.

    Looks at the whole file, a megabyte at a time.
    """
    if path.stat().st_size > limits.csv_bytes:
        raise Refusal("too_large", path, limit=limits.csv_bytes // MEGABYTE)
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return encoding
        if unmarked := _unmarked_utf16(head):
            return unmarked
        file.seek(0)
        return _utf8_or_older(file)


def _unmarked_utf16(head: bytes) -> str:
    """UTF-16 shows in a table by the zero half of its separators, line ends and digits."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 4 > len(head) // 2 and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 4 > len(head) // 2 and not odd else ""


def _utf8_or_older(file: BinaryIO) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, older = True, "cp1252"
    while block := file.read(MEGABYTE):
        if is_utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                is_utf8 = False
                file.seek(0)
        elif not _NOT_IN_CP1252.isdisjoint(block):
            # Latin-1 reads every byte; the ones in question become control characters, which are reported.
            older = "latin-1"
    try:
        decoder.decode(b"", final=is_utf8)
    except UnicodeDecodeError:
        is_utf8 = False
    return "utf-8" if is_utf8 else older


def csv_rows(
    path: Path, encoding: str, table: TableShape, limits: Limits, told: Progress
) -> Iterator[RawRow]:
    """The rows of a CSV file that hold anything; the first one names the columns."""
    size = max(1, path.stat().st_size)
    before = csv.field_size_limit(limits.csv_cell)
    try:
        with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
            lines = _Lines(path, text, limits)
            reader = csv.reader(lines, delimiter=_separator(lines, table))
            for n, row in enumerate(_records(reader, lines)):
                if n % _TOLD_EVERY == 0:
                    told(min(1.0, raw.tell() / size))
                yield row
    except UnicodeDecodeError as error:
        raise Refusal("broken_encoding", path) from error
    finally:
        csv.field_size_limit(before)
    told(1.0)


class _Lines(Iterator[str]):
    """The lines of a text, none longer than the limit; the first one can be looked at before."""

    def __init__(self, path: Path, text: io.TextIOWrapper, limits: Limits) -> None:
        self.path, self.text, self.limits = path, text, limits
        self.first: str | None = None
        self.number = 0
        self.skipped = 0

    def __next__(self) -> str:
        if self.first is not None:
            line, self.first = self.first, None
        else:
            line = self.read()
        if not line:
            raise StopIteration
        return line

    def read(self) -> str:
        line = self.text.readline(self.limits.csv_line + 1)
        self.number += 1
        if len(line) > self.limits.csv_line:
            raise Refusal("long_line", self.path, line=self.number)
        return line


def _separator(lines: _Lines, table: TableShape) -> str:
    """What parts the cells: said by a line ``sep=;``, else what finds most known columns in the first line."""
    first = lines.read()
    while first and not first.strip():
        first = lines.read()
        lines.skipped += 1
    if first.lower().startswith("sep=") and len(said := first.strip("\r\n")) == 5:
        lines.skipped += 1
        return said[4] if said[4] != '"' else ","
    lines.first = first

    def known(separator: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([first], delimiter=separator), [])
        except csv.Error:
            return (0, 0)
        return sum(bool(table.key_of(cell)) for cell in cells[:2000]), len(cells)

    return max(_SEPARATORS, key=known)


def _records(reader: Iterator[list[str]], lines: _Lines) -> Iterator[RawRow]:
    """The records of a CSV; one that the parser gives up on is a row with a fault."""
    end = lines.skipped
    while True:
        begin = end + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            end = lines.number - (lines.first is not None)
            yield RawRow(begin, [], "endless_cell", {"end": end})
            continue
        end = lines.number - (lines.first is not None)
        if any(cells) and any(map(str.strip, cells)):
            yield RawRow(begin, cells)
