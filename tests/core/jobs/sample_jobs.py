# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Jobs that the tests let run; read by the tests and by the worker that they start."""

import os
import signal
import time
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection

from havre.core.access import current_actor
from havre.core.jobs import Progress, every, job
from havre.core.notices.models import Notice
from havre.words import Words

WORDS = Words("havre.core.jobs")
LEFT = 8
"""Notices that ``leave_notices`` leaves."""


def leave(link: str) -> None:
    Notice.objects.create(member_id=current_actor().member_id, key="test", link=link)


@job("test.leave_notice", words=WORDS, title="progress_title")
def leave_notice(progress: Progress, *ids: UUID) -> dict[str, Any]:
    """Leaves one notice, linked to the ids it was given."""
    progress(0.5, "state_running", n=1)
    leave("/" + "/".join(map(str, ids)))
    return {"left": 1, "ids": list(ids)}


@job("test.leave_notices")
def leave_notices(progress: Progress, *_: UUID) -> None:
    """Leaves notices, slowly."""
    for nth in range(LEFT):
        progress(nth / LEFT)
        leave(f"/{nth}")
        time.sleep(0.25)


@job("test.fail")
def fail(_progress: Progress) -> None:
    """Leaves a notice, then fails with a text that nobody should read."""
    leave("/undone")
    raise LookupError("Ahmad Khan, born 2001")


@job("test.lose_database")
def lose_database(_progress: Progress) -> None:
    """Leaves a notice, then says that the database went away."""
    leave("/undone")
    raise OperationalError("Ahmad Khan")


@job("test.die")
def die(progress: Progress) -> None:
    """Ends its own connection in the middle, the first time."""
    from havre.core.jobs.models import Run

    leave("/once")
    if Run.objects.get(job__name="test.die").attempts == 1:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    progress(1)


@job("test.kill_worker")
def kill_worker(_progress: Progress) -> None:
    """Ends the process that does it."""
    os.kill(os.getpid(), signal.SIGKILL)


@job("test.return_name")
def return_name(_progress: Progress) -> dict[str, Any]:
    """Returns what no job may return."""
    return {"name": "Ahmad Khan"}


@job("test.tell_name")
def tell_name(progress: Progress) -> None:
    """Tells what no job may tell."""
    progress(0.1, "state_running", name="Ahmad Khan")  # type: ignore[arg-type]


@every("* * * * *", "test.come")
def come(_progress: Progress) -> None:
    """Comes every minute, as Havre itself."""
    leave("/come")
