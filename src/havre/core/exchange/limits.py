# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much a list may hold, so that no file can take the memory of the machine."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes or characters; far above what a list of a million people needs."""

    csv_bytes: int = 600 * MEGABYTE
    csv_line: int = 4 * MEGABYTE
    """Characters of one line: a file without line ends is read no further."""
    csv_cell: int = 131_072
    """Characters of one cell: an open quotation mark swallows no more."""
    cell: int = 10_000
    """Characters of a cell that is kept; a longer one is reported."""
    columns: int = 1_000
    rows: int = 2_000_000
    remarks: int = 50_000
    left_out: int = 50 * MEGABYTE
    """Characters of the rows that are left out, all together."""
    xlsx_bytes: int = 60 * MEGABYTE
    xlsx_members: int = 1_000
    xlsx_unpacked: int = 300 * MEGABYTE
    xlsx_ratio: int = 200
    """How many times larger a part of more than 10 MB may be unpacked than packed; a true sheet has 5 to 40."""
    xlsx_area: int = 8_000_000
    """Cells in the rectangle around all that is written on one sheet: 500,000 rows of 16 columns."""
    xlsx_text: int = 400 * MEGABYTE
    """Characters on one sheet; a text that stands in many cells counts each time."""


LIMITS = Limits()
