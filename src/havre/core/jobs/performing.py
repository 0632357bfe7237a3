# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Doing one job: as its member, in one transaction, once at a time, and told whatever happens."""

import logging
import traceback
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from havre.core.access import acting_as
from havre.core.jobs import marks
from havre.core.jobs.enums import State
from havre.core.jobs.models import Job
from havre.core.jobs.progress import Progress, Stopped
from havre.core.jobs.queue import Interrupted, Order
from havre.core.jobs.tasks import task_of

logger = logging.getLogger(__name__)

# A page that waits is a page that fails; a job may take as long as it needs.
_UNHURRIED = """
SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),
       set_config('idle_in_transaction_session_timeout', '0', true)
"""
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class JobFailed(Exception):
    """A job ended with an error; it is named by its kind only."""


def perform(
    order: Order, *, alias: str, must_stop: Callable[[], bool] = lambda: False, may_retry: bool = False
) -> None:
    """Does the job of ``order`` and writes how it went, through the connections of ``alias``.

    What it changes and that it is done are one commit. Interrupted where the database failed it and ``may_retry``;
    Stopped where the worker has to end; JobFailed for everything else. An error of the database itself where not
    even that could be written.
    """
    try:
        marks.begins(order.job, alias=alias)
        _act(order, Progress(order.job, alias=alias, must_stop=must_stop))
    except Stopped:
        marks.waits(order.job, alias=alias)
        raise
    except Exception as error:
        _log(order, error)
        if may_retry and isinstance(error, (OperationalError, InterfaceError)):
            marks.waits(order.job, alias=alias)
            raise Interrupted(type(error).__name__) from None
        marks.fails(order.job, type(error).__name__, alias=alias)
        raise JobFailed(type(error).__name__) from error


def _act(order: Order, progress: Progress) -> None:
    with acting_as(order.member, order.purpose, request_id=order.job):
        with connection.cursor() as cursor:
            cursor.execute(_UNHURRIED)
            # A worker that was thought dead may still be at it: wait for its end, then look.
            cursor.execute(_ALONE, [str(order.job)])
        job = Job.objects.select_related("run").get(
            id=order.job, member_id=order.member, purpose=order.purpose
        )
        if job.run.state == State.DONE:
            return
        result = task_of(job.name).function(progress, *job.ids)
        marks.ends(order.job, numbers_and_ids(result), alias="default")


def numbers_and_ids(value: Any) -> Any:
    """What a job may leave behind, fit for JSON; TypeError for anything that could hold a person's detail."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return {str(key): numbers_and_ids(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [numbers_and_ids(each) for each in value]
    raise TypeError(f"a job returns numbers and ids, not a {type(value).__name__}")


def _log(order: Order, error: Exception) -> None:
    """Kind and places, without the text of the error and without values: they might hold a name."""
    places = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places[-8:]))
    logger.error(f"job {order.job} ended with {type(error).__name__} in {where}")
