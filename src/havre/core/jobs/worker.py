# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worker: a process of its own beside the server; and the same work in this process, for tests and the demo."""

import asyncio
import json
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import psycopg
from django.db import Error, InterfaceError, OperationalError, connection, connections
from procrastinate import App, JobContext, sql
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status
from procrastinate.jobs import Job as Line

from havre.core.access import acting_as, system_member
from havre.core.jobs import marks
from havre.core.jobs.deferring import defer
from havre.core.jobs.performing import JobFailed, perform
from havre.core.jobs.queue import (
    RETRIES,
    TASK,
    Interrupted,
    Order,
    Unreachable,
    application,
    worker_connector,
)
from havre.core.jobs.tasks import schedules

logger = logging.getLogger(__name__)

AT_ONCE = 2
BEAT = 5.0
"""Seconds between two signs of life of a worker."""
DEAD = 20.0
"""After so many seconds without one, what a worker was doing is given to another."""
PATIENCE = 10.0
"""Seconds that a job has to end by itself when its worker is asked to stop; then it is undone and waits."""
DEATHS = 5
"""A job that was found unfinished so often is not tried again: it may be what kills its worker."""
_LOOK = 0.2
_LOST = (ConnectorException, psycopg.Error, Error, OSError)


def work(stop: threading.Event | None = None, *, at_once: int = AT_ONCE) -> None:
    """Does jobs until ``stop`` is set or SIGTERM or SIGINT comes; waits for the database where it is away."""
    stop = stop or threading.Event()
    with _stopped_by_signals(stop):
        while not stop.is_set():
            try:
                asyncio.run(Worker(stop, at_once).run())
            except _LOST as error:
                logger.warning(f"the worker lost the database: {type(error).__name__}")
            stop.wait(0 if stop.is_set() else 1)


def worker_lives() -> bool:
    """Whether a worker has given a sign of life lately; for ``/readyz``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [DEAD],
        )
        return bool((cursor.fetchone() or (False,))[0])


class Worker:
    """One life of a worker: until it has to stop, or has lost the database and begins anew."""

    def __init__(self, stop: threading.Event, at_once: int) -> None:
        self._stop = stop
        self._at_once = at_once
        self._lost = threading.Event()

    async def run(self) -> None:
        """Works; an error of the connector where the database went away."""
        app = application(worker_connector(), self._perform, self._come)
        async with app.open_async():
            working = asyncio.create_task(
                app.run_worker_async(
                    concurrency=self._at_once,
                    install_signal_handlers=False,
                    update_heartbeat_interval=BEAT,
                    stalled_worker_timeout=DEAD,
                    shutdown_graceful_timeout=PATIENCE,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL.value,
                )
            )
            try:
                await self._watch(app, working)
            finally:
                working.cancel()  # it finishes what it does, within PATIENCE
                with suppress(asyncio.CancelledError):
                    await working

    async def _watch(self, app: App, working: "asyncio.Task[None]") -> None:
        looks = 0
        while not (self._stop.is_set() or self._lost.is_set() or working.done()):
            if looks % round(BEAT / _LOOK) == 0:
                await _rescue(app)
            looks += 1
            await asyncio.sleep(_LOOK)

    def _perform(self, context: JobContext, order: Order) -> None:
        """One job, in a thread of its own with connections of its own."""
        try:
            perform(
                order, alias="log", must_stop=context.should_abort, may_retry=context.job.attempts < RETRIES
            )
        except JobFailed as failed:
            raise JobFailed(*failed.args) from None  # its cause may hold a name: nobody logs it
        except (OperationalError, InterfaceError):
            self._lost.set()
            raise Unreachable from None
        except Interrupted:
            if not connection.is_usable():
                self._lost.set()
            raise
        finally:
            connections.close_all()

    def _come(self, name: str, key: UUID) -> None:
        try:
            come(name, key)
        finally:
            connections.close_all()


def come(name: str, key: UUID) -> None:
    """Defers a job whose time it is, as the system member."""
    (purpose,) = (schedule.purpose for schedule in schedules() if schedule.name == name)
    with acting_as(system_member(), purpose):
        defer(name, key=key)


async def _rescue(app: App) -> None:
    """Gives to others what dead workers left unfinished."""
    manager = app.job_manager
    for line in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD):
        with suppress(ConnectorException):  # another worker was quicker
            if line.attempts < DEATHS or line.task_name != TASK:
                await manager.retry_job(line)
            else:
                await asyncio.to_thread(_give_up, Order.of(line.task_kwargs))
                await manager.finish_job(line, Status.FAILED, delete_job=False)
    await manager.prune_stalled_workers(DEAD)


def _give_up(order: Order) -> None:
    try:
        marks.fails(order.job, "WorkerDied", alias="log")
    finally:
        connections.close_all()


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    for each in kept:
        signal.signal(each, lambda _number, _frame: stop.set())
    try:
        yield
    finally:
        for each, handler in kept.items():
            signal.signal(each, handler)


def run_jobs(*, strict: bool = True) -> int:
    """Does every job that waits now, in this process and on the caller's connection; how many that were.

    For tests and the demo. ``strict`` lets the error of a job through, with its cause.
    """
    queue, done = DjangoConnector(), 0
    while (row := queue.execute_query_one(sql.queries["fetch_job"], queues=None, worker_id=None))["id"]:
        line = Line.from_row({**row, "args": json.loads(row["args"])})  # Django leaves JSON to its fields
        status = Status.FAILED
        try:
            perform(Order.of(line.task_kwargs), alias="default")
            status = Status.SUCCEEDED
        except JobFailed:
            if strict:
                raise
        finally:
            _finish(queue, line, status)
        done += 1
    return done


def _finish(queue: DjangoConnector, line: Line, status: Status) -> None:
    values: dict[str, Any] = {"job_id": line.id, "status": status.value, "delete_job": True}
    queue.execute_query(sql.queries["finish_job"], **values)
