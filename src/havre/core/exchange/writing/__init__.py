# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes lists, templates, pairs and what was refused; each file whole or not at all."""

from havre.core.exchange.writing.atomic import atomic_write, check_writable
from havre.core.exchange.writing.csv_out import write_csv
from havre.core.exchange.writing.lists import write_list
from havre.core.exchange.writing.pairs import write_pairs
from havre.core.exchange.writing.refused import write_refused, write_refused_rows
from havre.core.exchange.writing.template import write_sheet_template, write_template

__all__ = [
    "atomic_write",
    "check_writable",
    "write_csv",
    "write_list",
    "write_pairs",
    "write_refused",
    "write_refused_rows",
    "write_sheet_template",
    "write_template",
]
