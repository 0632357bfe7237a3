# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre migrate``: roles, tables and policies as this version of Havre needs them."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS, OperationalError, ProgrammingError, connections
from django.db.migrations.executor import MigrationExecutor

from havre.conf.console import CommandError, progress, say, tell
from havre.conf.running import running_site
from havre.core.access.sealing import hand_over_key
from havre.core.database.cluster import Cluster
from havre.core.database.roles import prepare
from havre.core.database.server import OwnServer

OWNER = "owner"
Told = Callable[[float], None]


def migrate() -> None:
    """Brings the database up to date, and says how much there was to do."""
    with running_site() as server:
        with progress("migrating") as told:
            done = bring_up_to_date(server, told)
        tell(say("migrated", n=done))


def bring_up_to_date(server: Cluster | OwnServer, told: Told = lambda _: None) -> int:
    """Makes roles, tables, policies and privileges; how many migrations it took. One process at a time."""
    prepare(server)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")  # whoever migrates at the same moment may take long
        cursor.execute("SELECT pg_advisory_lock(hashtext('havre migrate'))")
        todo = len(plan(OWNER))
        call_command(_Migrate(todo, told), database=OWNER, verbosity=0, interactive=False)
        # Who could write here could make a migration be left out.
        cursor.execute("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM havre_web")
        hand_over_key(cursor)
    connections[OWNER].close()
    return todo


def hand_over() -> None:
    """Lets the database know what this site itself says, by its ``HAVRE_SECRET_KEY``."""
    with connections[OWNER].cursor() as cursor:
        hand_over_key(cursor)
    connections[OWNER].close()


class _Migrate(Migrate):
    """Django's command, told as a share of what there is to do."""

    def __init__(self, todo: int, told: Told) -> None:
        super().__init__()
        self._todo, self._told, self._done = todo, told, 0

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """Counts the migrations that have been applied."""
        super().migration_progress_callback(action, migration, fake)
        if action == "apply_success":
            self._done += 1
            self._told(self._done / self._todo)


def plan(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The migrations that have not been applied, by name."""
    executor = MigrationExecutor(connections[alias])
    todo = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in todo]


def check_up_to_date() -> None:
    """CommandError where the web role does not find the database as this version of Havre needs it."""
    try:
        waiting = plan()
    except (OperationalError, ProgrammingError) as error:
        raise CommandError(say("not_migrated")) from error
    if waiting:
        raise CommandError(say("migrations_pending", n=len(waiting)))
