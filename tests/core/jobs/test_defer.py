# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking for a job: by name, with ids, in the caller's transaction, as the acting member."""

import json
from uuid import uuid4

import pytest
from cast import Cast
from django.db import DataError, connection, transaction

from havre.core.access import NobodyActs, Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.jobs import State, defer, run_jobs
from havre.core.jobs.models import Job, Run
from havre.core.jobs.tasks import UnknownJob, job

pytestmark = pytest.mark.usefixtures("database")


def queued() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def test_a_job_is_deferred_as_the_acting_member_for_their_purpose(cast: Cast) -> None:
    child = uuid4()
    member = cast.member(cast.dunes)
    with acting_as(member.id, Purpose.TRACING):
        asked = Job.objects.select_related("run").get(id=defer("test.leave_notice", child))
    assert (asked.member_id, asked.organisation_id, asked.purpose) == (member.id, cast.dunes.id, "tracing")
    assert asked.ids == [child]
    assert (asked.run.state, asked.run.share, asked.run.attempts) == (State.WAITING, 0, 0)


def test_nothing_but_ids_can_be_given_to_a_job(cast: Cast) -> None:
    with acting_as(cast.member(cast.dunes).id, Purpose.CARE):
        for other in ("Ahmad Khan", str(uuid4()), 7, None, {"name": "Ahmad"}, [uuid4()]):
            with pytest.raises(TypeError, match="ids only"):
                defer("test.leave_notice", other)  # type: ignore[arg-type]
    assert queued() == 0


def test_the_queue_and_the_table_hold_nothing_but_ids(cast: Cast) -> None:
    member = cast.member(cast.dunes)
    with acting_as(member.id, Purpose.CARE):
        asked = defer("test.leave_notice", uuid4())
        with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO jobs_job (ids) VALUES ('{Ahmad Khan}')")
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs")
        (args,) = cursor.fetchone()
    assert json.loads(args) == {"job": str(asked), "member": str(member.id), "purpose": "care"}


def test_no_job_comes_of_a_change_that_is_rolled_back(cast: Cast) -> None:
    def change() -> None:
        with acting_as(cast.member(cast.dunes).id, Purpose.CARE):
            defer("test.leave_notice", uuid4())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert queued() == 0


def test_the_same_key_defers_once_in_an_organisation(cast: Cast) -> None:
    key = uuid4()
    with acting_as(cast.member(cast.dunes).id, Purpose.CARE):
        first = defer("test.leave_notice", uuid4(), key=key)
        assert defer("test.leave_notice", uuid4(), key=key) == first
    with acting_as(cast.member(cast.maraude).id, Purpose.CARE):
        assert defer("test.leave_notice", uuid4(), key=key) != first
    assert queued() == 2


def test_a_job_that_no_app_registered_is_refused(cast: Cast) -> None:
    with acting_as(cast.member(cast.dunes).id, Purpose.CARE), pytest.raises(UnknownJob, match=r"test\.none"):
        defer("test.none")


def test_nobody_defers_a_job_where_nobody_acts() -> None:
    with pytest.raises(NobodyActs):
        defer("test.leave_notice")


def test_two_jobs_cannot_have_one_name() -> None:
    def another(_progress: object) -> None: ...

    with pytest.raises(ValueError, match=r"test\.fail"):
        job("test.fail")(another)


# --- who sees it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "role", "sees"),
    [
        ("dunes", Role.REGISTRAR, True),
        ("dunes", Role.ADMINISTRATOR, False),
        ("maraude", Role.CASEWORKER, False),
        ("harbour", Role.SUPERVISOR, False),
        ("watch", Role.AUDITOR, False),
    ],
)
def test_members_of_the_organisation_see_a_job_and_how_it_stands(
    cast: Cast, who: str, role: Role, sees: bool
) -> None:
    with acting_as(cast.member(cast.dunes).id, Purpose.CARE):
        defer("test.leave_notice")
    with acting_as(cast.member(getattr(cast, who), role).id, Purpose.CARE):
        assert Job.objects.exists() is sees
        assert Run.objects.exists() is sees


def test_who_reads_no_child_still_sees_their_own_job(cast: Cast) -> None:
    with acting_as(cast.member(cast.dunes, Role.ADMINISTRATOR).id, Purpose.ADMINISTRATION):
        asked = defer("test.leave_notice")
        assert Run.objects.get(job_id=asked).state == State.WAITING


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE jobs_run SET state = 'done'",
        "INSERT INTO jobs_run (job_id, state) VALUES (gen_random_uuid(), 'done')",
        "DELETE FROM jobs_run",
        (
            "INSERT INTO jobs_job (id, origin, recorded_at, name, ids, purpose, member_id, organisation_id)"
            " SELECT gen_random_uuid(), '', now(), 'x', '{}', 'care', id, organisation_id FROM accounts_member LIMIT 1"
        ),
    ],
)
def test_nobody_writes_a_run_or_a_job_of_somebody_else_with_sql(cast: Cast, statement: str) -> None:
    cast.member(cast.dunes)
    with (
        acting_as(cast.member(cast.maraude).id, Purpose.CARE),
        pytest.raises(Exception, match=r"permission denied|row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_job_never_changes(cast: Cast) -> None:
    with acting_as(cast.member(cast.dunes).id, Purpose.CARE):
        defer("test.leave_notice")
        assert Job.objects.update(name="test.fail") == 0
        assert Job.objects.all()._raw_delete("default") == 0
    assert run_jobs() == 1
