# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a sheet of answers that were given outside of Havre: one row a child, as in December 2016."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from havre.core.exchange.errors import Refusal, UnreadableList, os_reason
from havre.core.exchange.limits import LIMITS, Limits
from havre.core.exchange.reading.notebook import Notebook
from havre.core.exchange.reading.sources import open_sheet
from havre.core.exchange.reading.table import AnsweredRow, TableReader
from havre.core.exchange.remarks import Remark
from havre.words import Language

__all__ = ["AnsweredRow", "AnswersReading", "read_answers"]


@dataclass(frozen=True, slots=True)
class AnswersReading:
    """What was read of a sheet of answers, and what was not."""

    rows: tuple[AnsweredRow, ...]
    """In the order of the lines; a row of nobody is not among them."""
    remarks: tuple[Remark, ...]


def read_answers(
    path: Path,
    *,
    language: Language,
    progress: Callable[[float], None] = lambda _: None,
    today: date | None = None,
    limits: Limits = LIMITS,
) -> AnswersReading:
    """The sheet at ``path``, an .xlsx or a CSV. UnreadableList is the only error.

    A bad cell is dropped and its row kept; a row that names no child, by id or by name, is left out; each with a
    remark. ``today`` is the last day on which somebody may have been born, or answered.
    """
    path, today = Path(path), today or datetime.now(UTC).date()
    notebook = Notebook(path, limits, language)
    try:
        table = open_sheet(path, "answers", limits)
        rows = TableReader(str(path), table, limits, notebook, today).answers(progress)
    except Refusal as error:
        raise UnreadableList(language, error.key, **error.values) from error
    except OSError as error:
        raise UnreadableList(language, os_reason(error), path=error.filename or path) from error
    return AnswersReading(tuple(rows), tuple(notebook.remarks))
