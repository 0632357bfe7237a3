# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cells as text: what a spreadsheet keeps as number or date, and what could be taken for a formula."""

import re
import unicodedata
from datetime import date, datetime

_FORMULA = re.compile(r"[=@\t\r\n]|[+\-](?![\d\s()./\-]*$)")
_BREAKS = re.compile(r"\s*[\r\n\t\v\f\x85\u2028\u2029]+\s*")


def text_of_cell(value: object) -> str:
    """The text of a cell of a spreadsheet: whole numbers without a point, days as 2001-05-12."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def one_line(text: str) -> str:
    """``text`` without space around it, and with a space for each line break or tabulator inside."""
    text = text.strip().strip("\ufeff")
    return text if text.isprintable() else _BREAKS.sub(" ", text).strip()


def has_control_characters(text: str) -> bool:
    """Whether ``text`` holds what no keyboard types and no printer shows: it was damaged on its way."""
    return not text.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs") for c in text)


def guarded(text: str) -> str:
    """``text`` as a CSV may hold it: with ``'`` before what a spreadsheet would run as a formula.

    A phone number such as +44 7700 900123 stays as it is. ``unguarded`` takes away what was added.
    """
    return f"'{text}" if _FORMULA.match(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text.lstrip("'")) else text
