# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for every test, and the database of those that ask for one.

A test that needs rows asks for ``database``: everything it does is rolled back. One that needs real commits (two
connections, a live server, a job in a process of its own) asks for ``committed_database``, which is slower: the
next test finds the database as the migrations left it. The server starts when the first test asks.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connections, transaction
from django.utils import translation
from hypothesis import settings
from psycopg import sql

from havre.core.database.cluster import SUPERUSER, Cluster
from havre.core.database.server import DATABASE, DatabaseRole

if TYPE_CHECKING:
    from cast import Cast
    from playwright.sync_api import Browser

# A busy machine is no bug, so there is no deadline. Where a change is judged, the same examples are tried each time.
settings.register_profile("havre", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("havre")

# A folder of its own, so that no test meets the data of whoever runs it; said before anything reads the settings.
VAR = Path(tempfile.mkdtemp(prefix="havre-test-"))
for name in [name for name in os.environ if name.startswith("HAVRE_") and not name.startswith("HAVRE_TEST_")]:
    del os.environ[name]
os.environ |= {"HAVRE_VAR": str(VAR), "HAVRE_LANG": "en", "DJANGO_SETTINGS_MODULE": "havre.conf.settings"}
if django_settings.configured:
    raise pytest.UsageError("The settings have been read already: unset DJANGO_SETTINGS_MODULE.")
django.setup()
# Processes that run tests side by side begin with this environment, and pytest-django reads what it names.
del os.environ["DJANGO_SETTINGS_MODULE"]
# A slow hash protects what somebody steals; nobody steals these.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "100"}
"""Of a test nothing needs to survive a power cut."""
MIGRATED = "havre_as_migrated"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first: else one process works on it long after the others have ended."""
    items.sort(key=lambda item: item.get_closest_marker("minutes") is None)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(VAR, ignore_errors=True)


class Site:
    """The migrated database of the session, and how to have it anew."""

    def __init__(self, cluster: Cluster) -> None:
        from havre.conf.migrating import bring_up_to_date  # which reads the settings

        self.cluster = cluster
        self._changed_by: str | None = None
        bring_up_to_date(cluster)
        connections.close_all()
        self._copy(DATABASE, MIGRATED)

    def as_migrated(self, test: pytest.FixtureRequest, *, commits: bool = False) -> None:
        """Throws away what another test committed, whoever is still connected; ``commits`` if this one will."""
        name = test.node.nodeid
        if self._changed_by not in (None, name):
            connections.close_all()
            self._copy(MIGRATED, DATABASE)
            self._changed_by = None
        if commits:
            self._changed_by = name

    def _copy(self, source: str, target: str) -> None:
        names = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
        # Rights on the database itself are not copied with it.
        owned = [
            "DROP DATABASE IF EXISTS {target} WITH (FORCE)",
            "CREATE DATABASE {target} TEMPLATE {source} OWNER havre_owner STRATEGY file_copy",
            "REVOKE ALL ON DATABASE {target} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {target} TO havre_web, havre_migrator, havre_maintenance",
        ]
        with psycopg.connect(self.cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            for statement in owned:
                connection.execute(sql.SQL(statement).format(**names))


@pytest.fixture(autouse=True)
def _no_language_stays() -> Iterator[None]:
    """A test that speaks French leaves none of it to the next one."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def site(django_db_blocker) -> Iterator[Site]:
    cluster = Cluster(VAR, settings=FAST)
    with cluster.running(), django_db_blocker.unblock():
        yield Site(cluster)
        connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(site: Site) -> None:
    """So that pytest-django's own marks find our database, and make none."""


@pytest.fixture
def cluster(site: Site) -> Cluster:
    """The server of the session."""
    return site.cluster


@pytest.fixture
def database(site: Site, request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """The migrated database as the web role sees it; what the test does is rolled back.

    ``log`` shares the connection, so that what it writes is seen and rolled back too. Callbacks that wait for the
    commit run inside of ``django_capture_on_commit_callbacks(execute=True)``.
    """
    site.as_migrated(request)
    with django_db_blocker.unblock():
        log, connections["log"] = connections["log"], connections["default"]
        try:
            with transaction.atomic("default"):
                yield
                transaction.set_rollback(True, "default")
        finally:
            connections["log"] = log


@pytest.fixture
def committed_database(site: Site, request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """The migrated database, in which commits are commits; the next test finds it as migrated."""
    site.as_migrated(request, commits=True)
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def _connected(site: Site, request: pytest.FixtureRequest, role: str) -> Iterator[psycopg.Connection]:
    site.as_migrated(request)
    with psycopg.connect(site.cluster.url(role)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def as_superuser(site: Site, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    """A connection that may do everything, rolled back; for the promises about what others may not."""
    yield from _connected(site, request, SUPERUSER)


@pytest.fixture
def as_web(site: Site, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    """A connection of the web role, rolled back, beside Django's."""
    yield from _connected(site, request, DatabaseRole.WEB)


@pytest.fixture
def as_maintenance(site: Site, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    """A connection of the maintenance role, rolled back."""
    yield from _connected(site, request, DatabaseRole.MAINTENANCE)


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> "Cast":
    """Members of several organisations, in every role, made when a test names them."""
    if "committed_database" not in request.fixturenames:
        request.getfixturevalue("database")
    from cast import Cast

    return Cast()


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """The browser."""
    from browser.chromium import launched  # which most tests do without

    with launched() as browser:
        yield browser
