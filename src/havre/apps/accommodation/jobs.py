# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work that takes longer than a page may: plans are made and accepted, coaches filled, sheets read and written."""

from dataclasses import asdict
from uuid import UUID

from havre.apps.accommodation.actions import sheets
from havre.apps.accommodation.actions.departing import do_departures, tell_overdue
from havre.apps.accommodation.actions.plans import accept_plan, do_plan
from havre.apps.accommodation.actions.refusing import WORDS, NoRoom
from havre.core.jobs import Progress, every, job


@job("accommodation.plan", words=WORDS, title="job_plan")
def make_plan(progress: Progress, plan_id: UUID) -> dict[str, int]:
    """Makes a plan. Done again after a kill, it keeps the best that there was."""
    made = do_plan(plan_id, progress)
    return {"points": made.points or 0, "bound": made.bound or 0, "waiting": made.waiting or 0}


@job("accommodation.accept", words=WORDS, title="job_accept")
def accept_whole(progress: Progress, plan_id: UUID) -> dict[str, object]:
    """Accepts a whole plan, or nothing of it: then it leaves behind the centre that has no room."""
    progress(0.1, "progress_accepting")
    try:
        return asdict(accept_plan(plan_id))
    except NoRoom as full:
        return {"no_room": full.centre.pk}


@job("accommodation.coaches", words=WORDS, title="job_coaches")
def fill_coaches(progress: Progress, dispatch_id: UUID) -> dict[str, int]:
    """Fills the coaches of a day. Done again after a kill, nobody sits twice."""
    made = do_departures(dispatch_id, progress)
    return {"coaches": made.coaches or 0, "people": made.people or 0, "without_seat": made.without_seat or 0}


@job("accommodation.read_sheet", words=WORDS, title="job_read_sheet")
def read_sheet(progress: Progress, sheet_id: UUID) -> dict[str, int]:
    """Reads a sheet of centres or of parties for its preview."""
    return dict(sheets.read_sheet(sheet_id, progress).counts)


@job("accommodation.write_sheet", words=WORDS, title="job_write_sheet")
def write_sheet(progress: Progress, sheet_id: UUID) -> dict[str, int]:
    """Writes a sheet that was accepted."""
    return dict(sheets.write_sheet(sheet_id, progress).counts)


@every("*/10 * * * *", "accommodation.overdue", words=WORDS, title="job_overdue")
def tell_of_missing(_progress: Progress) -> dict[str, int]:
    """Tells desks of people who should have arrived long since; of a stop once."""
    return {"stops": tell_overdue()}
