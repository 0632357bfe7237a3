# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written of a run. Through gate functions, so that no policy stands between a job and its end.

A member may leave the organisation while their job waits: then nobody can act for it, and it still has to be told
that it failed. The functions write numbers, ids and kinds, into one table, and never touch what is done.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connections
from psycopg.types.json import Jsonb


def waits(job: UUID, *, alias: str) -> None:
    """The job waits for a worker."""
    _call("jobs_wait(%s)", [job], alias)


def begins(job: UUID, *, alias: str) -> None:
    """A worker has taken it up, once more."""
    _call("jobs_begin(%s)", [job], alias)


def tells(job: UUID, share: float, said: str, values: Mapping[str, float], *, alias: str) -> None:
    """So much is done."""
    _call("jobs_tell(%s, %s, %s, %s)", [job, min(max(share, 0.0), 1.0), said, Jsonb(dict(values))], alias)


def ends(job: UUID, result: Any, *, alias: str) -> None:
    """All is done."""
    _call("jobs_end(%s, %s)", [job, None if result is None else Jsonb(result)], alias)


def fails(job: UUID, error: str, *, alias: str) -> None:
    """It has ended with an error of this kind."""
    _call("jobs_fail(%s, %s)", [job, error[:100]], alias)


def _call(function: str, values: list[Any], alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT {function}", values)
