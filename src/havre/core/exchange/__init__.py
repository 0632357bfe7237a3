# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists and pairs as spreadsheets: read with every bad cell named, written so that nothing is half there."""

from havre.core.exchange.errors import ExchangeError, UnreadableList, UnwritableFile
from havre.core.exchange.limits import LIMITS, Limits
from havre.core.exchange.name_pairs import NamePairs, read_name_pairs, write_scores
from havre.core.exchange.reading import Reading, RefusedRow, read_list
from havre.core.exchange.reading.answered import AnsweredRow, AnswersReading, read_answers
from havre.core.exchange.reading.one_table import SheetReading, read_sheet
from havre.core.exchange.remarks import Place, Remark
from havre.core.exchange.writing import (
    atomic_write,
    check_writable,
    write_csv,
    write_list,
    write_pairs,
    write_refused,
    write_refused_rows,
    write_sheet_template,
    write_template,
)

__all__ = [
    "LIMITS",
    "AnsweredRow",
    "AnswersReading",
    "ExchangeError",
    "Limits",
    "NamePairs",
    "Place",
    "Reading",
    "RefusedRow",
    "Remark",
    "SheetReading",
    "UnreadableList",
    "UnwritableFile",
    "atomic_write",
    "check_writable",
    "read_answers",
    "read_list",
    "read_name_pairs",
    "read_sheet",
    "write_csv",
    "write_list",
    "write_pairs",
    "write_refused",
    "write_refused_rows",
    "write_scores",
    "write_sheet_template",
    "write_template",
]
