# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work that takes longer than a page may: plans are made."""

from uuid import UUID

from havre.apps.accommodation.actions.plans import do_plan
from havre.apps.accommodation.actions.refusing import WORDS
from havre.core.jobs import Progress, job


@job("accommodation.plan", words=WORDS, title="job_plan")
def make_plan(progress: Progress, plan_id: UUID) -> dict[str, int]:
    """Makes a plan. Done again after a kill, it keeps the best that there was."""
    made = do_plan(plan_id, progress)
    return {"points": made.points or 0, "bound": made.bound or 0, "waiting": made.waiting or 0}
