# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs of names in, scores out: the same rows in the same order, with columns added behind."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from havre.core.exchange.errors import Refusal, UnreadableList, os_reason
from havre.core.exchange.limits import LIMITS
from havre.core.exchange.reading.csv_files import encoding_of
from havre.core.exchange.writing.csv_out import write_csv
from havre.words import Language

NAMES = ("a", "b")


@dataclass(frozen=True, slots=True)
class NamePairs:
    """The rows of a file of name pairs."""

    titles: tuple[str, ...]
    rows: list[list[str]]

    def pairs(self) -> list[tuple[str, str]]:
        """The two names of each row; a cell that a short row does not have is empty."""
        a, b = (self.titles.index(name) for name in NAMES)
        return [(_cell(row, a), _cell(row, b)) for row in self.rows]


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def read_name_pairs(path: Path, *, language: Language) -> NamePairs:
    """A CSV with the columns ``a`` and ``b``, others beside them as they are. UnreadableList is the only error."""
    try:
        return _read(path)
    except Refusal as error:
        raise UnreadableList(language, error.key, **error.values) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableList(language, "broken_encoding", path=path) from error
    except OSError as error:
        raise UnreadableList(language, os_reason(error), path=path) from error


def _read(path: Path) -> NamePairs:
    rows = _rows(path)
    titles = tuple(title.strip() for title in next(rows, []))
    if lacking := [name for name in NAMES if name not in titles]:
        raise Refusal("no_name_column", path, column=lacking[0])
    return NamePairs(titles, list(rows))


def _rows(path: Path) -> Iterator[list[str]]:
    encoding = encoding_of(path, LIMITS)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        yield from csv.reader(text)


def write_scores(
    path: Path,
    read: NamePairs,
    titles: Sequence[str],
    columns: Sequence[Sequence[str]],
    *,
    language: Language,
) -> None:
    """The rows as they were read, each with its cells of ``columns`` behind it; whole or not at all."""
    width = len(read.titles)
    rows = (
        [*row[:width], *[""] * (width - len(row)), *added]
        for row, added in zip(read.rows, zip(*columns, strict=True), strict=True)
    )
    write_csv(path, [*read.titles, *titles], rows, language=language)
