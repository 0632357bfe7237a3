# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a job is, for a page that waits for what it leaves behind."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from havre.core.jobs.enums import State
from havre.core.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Running:
    """What ``parts.progress`` shows: ``done`` in hundredths."""

    title: str
    done: int
    state: State


def running(job_id: UUID | None, title: str) -> Running | None:
    """How far the job is; None where there is none. Asked only as long as what it leaves is not there yet."""
    job = Job.objects.select_related("run").filter(pk=job_id).first() if job_id else None
    if job is None:
        return None
    # Done, and the page was asked a moment before the thing itself says so: look once more.
    state = State(job.run.state)
    return Running(title, round(job.run.share * 100), State.RUNNING if state is State.DONE else state)


def left_behind(job_id: UUID | None) -> dict[str, Any] | None:
    """What a job that is done left behind; None while it is not."""
    job = Job.objects.select_related("run").filter(pk=job_id).first() if job_id else None
    return job.run.result if job and job.run.state == State.DONE else None


def just_over(title: str) -> Running:
    """What a page that waits is told once: that it is over, upon which it loads anew."""
    return Running(title, 100, State.DONE)
