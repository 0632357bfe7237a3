# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work that takes longer than a page may: sheets of answers are read and written."""

from uuid import UUID

from havre.apps.cases import actions
from havre.apps.cases.enums import WORDS
from havre.core.jobs import Progress, job


@job("cases.read_sheet", words=WORDS, title="job_read_sheet")
def read_sheet(progress: Progress, sheet_id: UUID) -> dict[str, int]:
    """Reads a sheet of answers, and looks whose children its rows may be."""
    return {"rows": len(actions.read_sheet(sheet_id, progress).found)}


@job("cases.write_sheet", words=WORDS, title="job_write_sheet")
def write_sheet(progress: Progress, sheet_id: UUID) -> dict[str, int]:
    """Writes a sheet that was accepted: a case for each row."""
    return {"cases": len(actions.write_sheet(sheet_id, progress).written)}
