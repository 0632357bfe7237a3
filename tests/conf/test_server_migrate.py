# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The database is made once, brought up to date by whoever comes first, and not served before."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from havre.conf.console import CommandError
from havre.conf.migrating import bring_up_to_date, check_up_to_date, migrate, plan
from havre.conf.serving import site
from havre.core.database.cluster import SUPERUSER, Cluster

Havre = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def one_waits(committed_database: None, cluster: Cluster) -> None:
    """The migration of the sessions has not been applied."""
    with psycopg.connect(cluster.url(SUPERUSER)) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'sessions' AND name = '0001_initial'")
        connection.execute("DROP TABLE django_session")


def test_a_database_that_is_up_to_date_has_nothing_to_do(committed_database: None, cluster: Cluster) -> None:
    check_up_to_date()
    assert bring_up_to_date(cluster) == 0


def test_what_waits_is_done_and_its_share_is_told(one_waits: None, cluster: Cluster) -> None:
    assert plan() == ["sessions.0001_initial"]
    with pytest.raises(CommandError, match="1 migration waits: run havre migrate"):
        check_up_to_date()
    told: list[float] = []
    assert bring_up_to_date(cluster, told.append) == 1
    assert told == [1.0]
    check_up_to_date()


def test_two_who_migrate_at_once_do_it_once(one_waits: None, cluster: Cluster) -> None:
    done: list[int] = []
    both = [threading.Thread(target=lambda: done.append(bring_up_to_date(cluster))) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(60)
    assert sorted(done) == [0, 1]


def test_the_web_role_cannot_leave_a_migration_out(as_web: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_web.execute("DELETE FROM django_migrations")


def test_no_command_works_on_the_site_while_a_migration_waits(one_waits: None) -> None:
    with pytest.raises(CommandError, match="run havre migrate"), site():
        raise AssertionError("the site is not up to date")


def test_the_command_says_what_it_did(one_waits: None, capsys: pytest.CaptureFixture[str]) -> None:
    migrate()
    assert capsys.readouterr().err.strip().endswith("1 migration applied: the database is up to date.")


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("HAVRE_TODAY", "soon", "2016-10-24"),
        ("HAVRE_DATABASE_URL", "postgresql://somebody:hidden@127.0.0.1:1/camp", "cannot be reached"),
    ],
)
def test_what_cannot_be_ends_the_command_in_one_line(
    havre: Havre, tmp_path: Path, variable: str, value: str, told: str
) -> None:
    done = havre("migrate", HAVRE_VAR=str(tmp_path), **{variable: value})
    assert done.returncode == 1
    line = done.stderr.replace("\r", "").strip().splitlines()[-1]
    assert told in line
    assert "hidden" not in done.stderr
    assert "Traceback" not in done.stderr
