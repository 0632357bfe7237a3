# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Doing a job: once, whole or not at all, and told in numbers."""

import logging
from uuid import UUID, uuid4

import pytest
from cast import Cast
from django.db import DatabaseError, connection, transaction

from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.core.jobs import Progress, State, defer, marks, progress, run_jobs
from havre.core.jobs.models import Job, Run
from havre.core.jobs.performing import JobFailed, numbers_and_ids, perform
from havre.core.jobs.progress import Stopped
from havre.core.jobs.queue import Interrupted, Order
from havre.core.jobs.worker import come
from havre.core.notices.models import Notice

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def member(cast: Cast) -> Member:
    return cast.member(cast.dunes)


def deferred(member: Member, name: str, *ids: UUID) -> Order:
    with acting_as(member.id, Purpose.CARE):
        return Order(defer(name, *ids), member.id, Purpose.CARE)


def run_of(member: Member, order: Order) -> Run:
    with acting_as(member.id, Purpose.CARE):
        return Run.objects.get(job_id=order.job)


def notices(member: Member) -> list[str]:
    with acting_as(member.id, Purpose.CARE):
        return list(Notice.objects.order_by("id").values_list("link", flat=True))


def test_a_job_is_done_as_the_member_who_deferred_it(member: Member) -> None:
    child = uuid4()
    order = deferred(member, "test.leave_notice", child)
    assert run_jobs() == 1
    run = run_of(member, order)
    assert (run.state, run.share, run.attempts) == (State.DONE, 1, 1)
    assert run.result == {"left": 1, "ids": [str(child)]}
    assert run.started_at is not None
    assert run.ended_at is not None
    assert notices(member) == [f"/{child}"]


def test_a_job_that_is_done_is_not_done_again(member: Member) -> None:
    order = deferred(member, "test.leave_notice")
    for _ in range(3):
        perform(order, alias="default")
    assert run_of(member, order).attempts == 1
    assert len(notices(member)) == 1


def test_a_job_that_fails_changes_nothing_and_tells_the_kind_of_its_error_only(
    member: Member, caplog: pytest.LogCaptureFixture
) -> None:
    order = deferred(member, "test.fail")
    with caplog.at_level(logging.ERROR):
        assert run_jobs(strict=False) == 1
    run = run_of(member, order)
    assert (run.state, run.error) == (State.FAILED, "LookupError")
    assert run.ended_at is not None
    assert notices(member) == []
    assert "LookupError in fail:" in caplog.text
    assert "Ahmad" not in caplog.text


def test_a_test_sees_the_error_of_its_job(member: Member) -> None:
    deferred(member, "test.fail")
    with pytest.raises(JobFailed) as failed:
        run_jobs()
    assert isinstance(failed.value.__cause__, LookupError)


def test_a_job_waits_again_where_the_database_failed_it(member: Member) -> None:
    order = deferred(member, "test.lose_database")
    with pytest.raises(Interrupted):
        perform(order, alias="default", may_retry=True)
    assert run_of(member, order).state == State.WAITING
    with pytest.raises(JobFailed):
        perform(order, alias="default", may_retry=False)
    run = run_of(member, order)
    assert (run.state, run.error, run.attempts) == (State.FAILED, "OperationalError", 2)
    assert notices(member) == []


def test_a_job_that_has_to_stop_is_undone_and_waits(member: Member) -> None:
    order = deferred(member, "test.leave_notice")
    with pytest.raises(Stopped):
        perform(order, alias="default", must_stop=lambda: True)
    assert run_of(member, order).state == State.WAITING
    assert notices(member) == []


def test_a_forged_line_of_the_queue_does_nothing_for_another_member(cast: Cast, member: Member) -> None:
    mine = deferred(member, "test.leave_notice")
    other = cast.member(cast.maraude)
    with pytest.raises(JobFailed, match="DoesNotExist"):
        perform(Order(mine.job, other.id, Purpose.CARE), alias="default")
    with pytest.raises(JobFailed, match="DoesNotExist"):
        perform(Order(mine.job, member.id, Purpose.TRACING), alias="default")
    assert notices(member) == notices(other) == []


def test_a_job_fails_when_its_member_has_left(cast: Cast, member: Member) -> None:
    order = deferred(member, "test.leave_notice")
    Member.objects.filter(id=member.id).update(active=False)
    assert run_jobs(strict=False) == 1
    run = run_of(cast.member(cast.dunes, nth=2), order)
    assert (run.state, run.error) == (State.FAILED, "NobodyActs")


@pytest.mark.parametrize("name", ["test.return_name", "test.tell_name"])
def test_a_job_leaves_no_name_behind(member: Member, name: str) -> None:
    order = deferred(member, name)
    assert run_jobs(strict=False) == 1
    run = run_of(member, order)
    assert (run.state, run.error, run.result) == (State.FAILED, "TypeError", None)


def test_what_a_job_returns_is_numbers_and_ids() -> None:
    one = uuid4()
    assert numbers_and_ids({"n": 1, "share": 0.5, "made": [one], "ok": True, "of": None}) == {
        "n": 1,
        "share": 0.5,
        "made": [str(one)],
        "ok": True,
        "of": None,
    }
    for other in ("Ahmad", str(one), b"", {"deep": ["Ahmad"]}, object()):
        with pytest.raises(TypeError):
            numbers_and_ids(other)


def test_a_job_is_done_in_an_act_of_its_own_member_and_no_other(member: Member, cast: Cast) -> None:
    order = deferred(member, "test.leave_notice")
    with acting_as(cast.member(cast.kin).pk, Purpose.CARE):
        marks.ends(order.job, {"n": 1}, alias="default")
    assert run_of(member, order).state == State.WAITING
    with pytest.raises(DatabaseError, match="nobody acts"), transaction.atomic():
        marks.ends(order.job, {"n": 1}, alias="default")
    with acting_as(member.pk, Purpose.CARE):
        marks.ends(order.job, {"n": 1}, alias="default")
    assert run_of(member, order).state == State.DONE


def test_progress_is_written_at_most_twice_a_second(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    order = deferred(member, "test.leave_notice")
    with connection.cursor() as cursor:
        cursor.execute("SELECT jobs_begin(%s)", [order.job])
    tell = Progress(order.job, alias="log")
    for tenth in range(10):
        tell(tenth / 10, "state_running", n=tenth)
    assert run_of(member, order).share == 0
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    tell = Progress(order.job, alias="log")
    for share in (0.3, 0.9, 7.0):
        tell(share, "state_running", n=3)
        run = run_of(member, order)
        assert run.share == min(share, 1)
        assert (run.said, run.said_values) == ("state_running", {"n": 3})


def test_what_comes_by_the_clock_is_deferred_once_by_havre_itself(cast: Cast) -> None:
    key = uuid4()
    come("test.come", key)
    come("test.come", key)
    assert run_jobs() == 1
    with acting_as(cast.auditor.id, Purpose.OVERSIGHT):
        assert not Job.objects.exists()
