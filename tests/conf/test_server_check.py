# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever is not as promised is one line of ``havre check``."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest

from havre.conf import environment
from havre.conf.checking import check, database_problems, promises_of_site, settings_problems
from havre.conf.environment import Environment, SecondFactor
from havre.core.database.cluster import Cluster
from havre.core.database.promises import ASKED
from havre.words import Language


@pytest.fixture
def safe(tmp_path: Path) -> Environment:
    return Environment.read({"HAVRE_VAR": str(tmp_path), "HAVRE_HOSTS": "havre.example"})


def test_a_site_as_it_should_be_has_no_problem(safe: Environment, cluster: Cluster) -> None:
    assert not list(settings_problems(safe))
    assert not list(database_problems(cluster))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"https": False}, "HAVRE_HOSTS"),
        ({"second_factor": SecondFactor.OFFERED}, "HAVRE_SECOND_FACTOR=required"),
        ({"today": date(2016, 10, 24)}, "HAVRE_TODAY"),
        ({"debug": True}, "HAVRE_DEBUG"),
    ],
)
def test_a_setting_that_suits_a_demo_is_told(safe: Environment, change: dict[str, object], told: str) -> None:
    (line,) = settings_problems(replace(safe, **change))
    assert told in line


def test_a_secret_that_others_can_read_is_told(safe: Environment) -> None:
    path = safe.secrets / "secret-key"
    path.chmod(0o640)
    (line,) = settings_problems(safe)
    assert str(path) in line


BROKEN = {
    "powers": "ALTER ROLE havre_web BYPASSRLS",
    "bypass": "ALTER ROLE havre_maintenance NOBYPASSRLS",
    "member": "GRANT havre_owner TO havre_web",
    "owns": "ALTER TABLE files_file OWNER TO havre_web",
    "may": "GRANT TRUNCATE ON files_file TO havre_web",
    "makes": "GRANT CREATE ON SCHEMA public TO havre_web",
    "migrations": "GRANT DELETE ON django_migrations TO havre_web",
    "force": "ALTER TABLE files_file NO FORCE ROW LEVEL SECURITY",
    "policy": "ALTER TABLE auth_group ENABLE ROW LEVEL SECURITY",
    "definer": "ALTER FUNCTION havre_member() SECURITY DEFINER",
    "protection": "ALTER TABLE files_file DISABLE ROW LEVEL SECURITY",
    "audit": "ALTER TABLE files_file DISABLE TRIGGER havre_audit_update",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_promise_is_told(as_superuser: psycopg.Connection, kind: str) -> None:
    as_superuser.execute(BROKEN[kind])
    broken = list(promises_of_site(as_superuser))
    assert kind in {each.kind for each in broken}
    for each in broken:
        assert each.name in each.say(Language.ENGLISH)
        assert each.name in each.say(Language.FRENCH)


def test_a_role_that_is_missing_is_told(as_superuser: psycopg.Connection) -> None:
    as_superuser.execute("ALTER ROLE havre_gate RENAME TO havre_port")
    assert ("role", "havre_gate") in {(each.kind, each.name) for each in promises_of_site(as_superuser)}


def test_every_promise_is_broken_once_here() -> None:
    assert {*BROKEN, "role"} == {*ASKED, "protection", "audit"}


def test_the_command_tells_each_problem_and_says_so_by_its_exit_code(
    cluster: Cluster, havre: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = havre("check", HAVRE_TODAY="2016-10-24", HAVRE_HOSTS="havre.example", HAVRE_LANG="fr")
    told = done.stderr.strip().splitlines()
    assert done.returncode == 1
    assert len(told) == 2
    assert "2016-10-24" in told[0]
    assert told[1] == "1 chose n’est pas comme il faut."


def test_where_all_is_well_it_says_so(
    cluster: Cluster, safe: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "ENVIRONMENT", replace(safe, var=cluster.folder.parent))
    check()
    assert capsys.readouterr().err.strip() == "All is as it should be."
