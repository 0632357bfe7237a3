# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever watches over the site is told the truth, also when there is nothing behind the page."""

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from havre.conf import health
from havre.conf.health import Health


def others(_request: HttpRequest) -> HttpResponse:
    raise AssertionError("asked behind the pages of health")


def asked(path: str, method: str = "get") -> tuple[int, Any]:
    answer = Health(others)(getattr(RequestFactory(), method)(path, headers={"Host": "10.0.0.1"}))
    return answer.status_code, json.loads(answer.content or "null")


def test_a_process_that_answers_is_healthy_whatever_the_name_of_the_host_and_without_a_database() -> None:
    assert asked("/healthz") == (200, {"healthy": True})


def test_only_asking_is_answered() -> None:
    assert asked("/readyz", "post")[0] == 405


def test_other_pages_are_answered_by_others() -> None:
    with pytest.raises(AssertionError):
        asked("/people")


def test_without_a_worker_it_is_not_ready(database: None) -> None:
    expected = {"ready": False, "database": True, "migrations": True, "worker": False, "disk": True}
    assert asked("/readyz") == (503, expected)


def test_with_everything_it_is_ready(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
    assert asked("/readyz")[1]["ready"]
    monkeypatch.setattr(health, "FREE", 2**80)
    assert asked("/readyz") == (503, asked("/readyz")[1] | {"ready": False, "disk": False})


def test_without_a_database_it_is_not_ready_and_says_so(committed_database: None) -> None:
    name, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], "nowhere"
    try:
        connection.close()
        with pytest.raises(OperationalError):
            connection.ensure_connection()
        status, said = asked("/readyz")
    finally:
        connection.settings_dict["NAME"] = name
    assert (status, said["database"], said["migrations"], said["worker"]) == (503, False, False, False)


def test_it_says_when_a_migration_waits(committed_database: None, as_superuser: Any) -> None:
    as_superuser.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    as_superuser.commit()
    assert asked("/readyz")[1]["migrations"] is False
