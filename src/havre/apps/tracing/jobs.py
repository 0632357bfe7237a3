# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Background work of tracing."""

from uuid import UUID

from havre.apps.tracing.actions import do_run
from havre.apps.tracing.enums import WORDS
from havre.core.jobs import Progress, job


@job("tracing.match", words=WORDS, title="job_match")
def match_lists(progress: Progress, run: UUID) -> dict[str, int]:
    """Compares the lists of both shores. Done again after a kill, it does what once would have done."""
    return dict(do_run(run, progress).changes)
