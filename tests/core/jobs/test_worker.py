# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worker, a process of its own: killed, stopped, cut off from the database; what it was doing is done once."""

import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from cast import Cast
from core.jobs.sample_jobs import LEFT
from django.conf import settings
from django.db import OperationalError, connections

from havre.core.access import Purpose, acting_as, system_member
from havre.core.accounts.models import Member
from havre.core.database.cluster import Cluster
from havre.core.jobs import State, defer, worker_lives
from havre.core.jobs.models import Job, Run
from havre.core.notices.models import Notice

pytestmark = pytest.mark.usefixtures("committed_database")

Start = Callable[[], "subprocess.Popen[str]"]
Wait = Callable[[Callable[[], object]], None]


@pytest.fixture
def member(cast: Cast) -> Member:
    return cast.member(cast.dunes)


def deferred(member: Member, name: str) -> None:
    with acting_as(member.id, Purpose.CARE):
        defer(name)


def run(member: Member) -> Run:
    with acting_as(member.id, Purpose.CARE):
        return Run.objects.get(job__member=member)


def notices(member: Member) -> list[str]:
    with acting_as(member.id, Purpose.CARE):
        return list(Notice.objects.order_by("id").values_list("link", flat=True))


def is_half_way(member: Member) -> Callable[[], bool]:
    return lambda: run(member).share >= 0.25


def is_done(member: Member) -> Callable[[], bool]:
    return lambda: run(member).state == State.DONE


def test_a_worker_takes_up_a_job_shows_how_far_it_is_and_stops_when_asked(
    member: Member, worker: Start, eventually: Wait
) -> None:
    assert not worker_lives()
    process = worker()
    eventually(worker_lives)
    deferred(member, "test.leave_notices")
    eventually(is_half_way(member))
    assert notices(member) == []
    eventually(is_done(member))
    assert notices(member) == [f"/{nth}" for nth in range(LEFT)]
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert "Traceback" not in (process.stderr.read() if process.stderr else "")


def test_what_a_killed_worker_was_doing_is_done_by_another_once(
    member: Member, worker: Start, eventually: Wait
) -> None:
    first = worker()
    deferred(member, "test.leave_notices")
    eventually(is_half_way(member))
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert notices(member) == []
    worker()
    eventually(is_done(member))
    assert run(member).attempts == 2
    assert notices(member) == [f"/{nth}" for nth in range(LEFT)]


@pytest.mark.soak
def test_a_worker_that_has_to_stop_undoes_what_takes_too_long(
    member: Member, worker: Start, eventually: Wait
) -> None:
    first = worker()
    deferred(member, "test.leave_notices")
    eventually(is_half_way(member))
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=20) == 0
    assert run(member).state == State.WAITING
    assert notices(member) == []
    worker()
    eventually(is_done(member))
    assert notices(member) == [f"/{nth}" for nth in range(LEFT)]


def test_a_job_that_loses_its_connection_is_tried_again(
    member: Member, worker: Start, eventually: Wait
) -> None:
    worker()
    deferred(member, "test.die")
    eventually(is_done(member))
    assert run(member).attempts == 2
    assert notices(member) == ["/once"]


@pytest.mark.soak
def test_a_job_that_kills_its_workers_is_given_up(member: Member, worker: Start, eventually: Wait) -> None:
    deferred(member, "test.kill_worker")
    for _ in range(2):
        assert worker().wait(timeout=60) == -signal.SIGKILL
    worker()
    eventually(lambda: run(member).state == State.FAILED)
    assert (run(member).error, run(member).attempts) == ("WorkerDied", 2)


@pytest.mark.soak
def test_a_worker_outlives_the_death_of_the_database(
    cluster: Cluster, member: Member, worker: Start, eventually: Wait
) -> None:
    def is_done_again() -> bool:
        connections.close_all()
        with suppress(OperationalError):
            return is_done(member)()
        return False

    process = worker()
    deferred(member, "test.leave_notices")
    eventually(is_half_way(member))
    (pid,) = Path(settings.HAVRE_VAR).rglob("postmaster.pid")
    os.kill(int(pid.read_text().split()[0]), signal.SIGKILL)
    eventually(lambda: not cluster.is_running())
    cluster.start()
    eventually(is_done_again)
    assert process.poll() is None
    assert notices(member) == [f"/{nth}" for nth in range(LEFT)]


def test_what_comes_by_the_clock_comes_once_however_many_workers_there_are(
    cast: Cast, worker: Start, eventually: Wait
) -> None:
    def come() -> list[Job]:
        with acting_as(system_member(), Purpose.ADMINISTRATION):
            return list(Job.objects.filter(name="test.come", run__state=State.DONE))

    worker()
    worker()
    eventually(come)
    with acting_as(system_member(), Purpose.ADMINISTRATION):
        keys = list(Job.objects.filter(name="test.come").values_list("idempotency_key", flat=True))
    assert len(keys) == len(set(keys))
    assert 1 <= len(keys) <= 2  # two, where a minute has begun meanwhile
