# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue itself: procrastinate, on the tables that its Django app migrates.

A line of it holds a job's id, its member and its purpose. The rest stands in the protected table, where the
worker reads it as that member: a forged line finds no job.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job as Line

from havre.core.access import Purpose
from havre.core.jobs.progress import Stopped
from havre.core.jobs.tasks import schedules

TASK = "havre.job"
RETRIES = 3
SCHEDULED = UUID("6f1c1f3e-6a35-4ad0-9d3c-6d3ad1c6a0f4")
"""The namespace of keys of jobs that come by themselves: one job a moment, whoever defers it."""


class Interrupted(Exception):
    """The database failed the job, not the job itself: trying again may help."""


class Unreachable(Exception):
    """The database could not even be told how the job went: it has to be tried again, however often."""


@dataclass(frozen=True, slots=True)
class Order:
    """One line of the queue: which job, done as whom, for which purpose."""

    job: UUID
    member: UUID
    purpose: Purpose

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Order":
        """From the arguments in the queue; ValueError where they are not three of ours."""
        return cls(UUID(said["job"]), UUID(said["member"]), Purpose(said["purpose"]))

    def said(self) -> dict[str, Any]:
        """As the queue keeps it."""
        return {"job": str(self.job), "member": str(self.member), "purpose": self.purpose.value}


class Patience(BaseRetryStrategy):
    """Again at once after a stop; after 1, 4 and 9 seconds where the database failed; until it is there again."""

    def get_retry_decision(self, *, exception: BaseException, job: Line) -> RetryDecision | None:
        """When to try again, if at all."""
        if isinstance(exception, Stopped):
            return RetryDecision()
        if isinstance(exception, Unreachable):
            return RetryDecision(retry_in={"seconds": RETRIES**2})
        if isinstance(exception, Interrupted) and job.attempts < RETRIES:
            return RetryDecision(retry_in={"seconds": (job.attempts + 1) ** 2})
        return None


def application(
    connector: BaseConnector, perform: Callable[[JobContext, Order], None], come: Callable[[str, UUID], None]
) -> App:
    """procrastinate with our two tasks: ``perform`` a job, and let one ``come`` whose time it is."""
    app = App(connector=connector)

    @app.task(name=TASK, pass_context=True, retry=Patience())
    def do(context: JobContext, /, **said: Any) -> None:
        perform(context, Order.of(said))

    @app.task(name="havre.come", retry=RETRIES)
    def due(timestamp: int, name: str) -> None:
        come(name, uuid5(SCHEDULED, f"{name} {timestamp}"))

    for schedule in schedules():
        app.periodic(cron=schedule.cron, periodic_id=schedule.name, task_kwargs={"name": schedule.name})(due)
    return app


def enqueue(order: Order) -> None:
    """Puts a line into the queue, in the transaction of the caller."""
    _door().configure_task(TASK).defer(**order.said())


@cache
def _door() -> App:
    """Enough of procrastinate to defer with: it writes through Django's own connection."""
    return App(connector=DjangoConnector())


def worker_connector() -> BaseConnector:
    """A pool of connections for a worker's own loop, as the web role."""
    return DjangoConnector().get_worker_connector()
