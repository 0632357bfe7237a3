# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spreadsheets of centres and of parties come in: handed in, looked at, accepted, written."""

from havre.apps.accommodation.actions.sheets.handing_out import empty_sheet, refused_lines
from havre.apps.accommodation.actions.sheets.outcome import Outcome
from havre.apps.accommodation.actions.sheets.remarks import said_remarks
from havre.apps.accommodation.actions.sheets.steps import (
    accept_sheet,
    read_sheet,
    start_sheet,
    write_file,
    write_sheet,
)
from havre.apps.accommodation.actions.sheets.vocabulary import find_language, language_name

__all__ = [
    "Outcome",
    "accept_sheet",
    "empty_sheet",
    "find_language",
    "language_name",
    "read_sheet",
    "refused_lines",
    "said_remarks",
    "start_sheet",
    "write_file",
    "write_sheet",
]
