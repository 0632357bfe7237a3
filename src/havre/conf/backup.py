# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre backup`` and ``havre restore``: the whole database in one file, and back.

A restore fills a new database, looks whether it is what it should be, and only then lets it take the place of the
old one: until that moment nothing has changed, whatever goes wrong.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.migrations.loader import MigrationLoader
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import ObjectInUse

from havre.conf.checking import promises_of_site
from havre.conf.console import CommandError, language, progress, say, tell, why
from havre.conf.migrating import hand_over
from havre.conf.running import running_site
from havre.core.database.cluster import Cluster
from havre.core.database.dump import FIRST_BYTES, DumpFailed, dump, load
from havre.core.database.roles import Connection, connect, prepare, privileges_script
from havre.core.database.server import DatabaseRole, OwnServer
from havre.core.exchange.writing import check_writable

_NEW, _OLD = "havre_restored", "havre_replaced"
_A_MOMENT = 3.0
"""Seconds: a connection that has been closed may be seen a little longer."""


def backup(file: Path) -> None:
    """Writes every row of the database to ``file``, whole or not at all, readable by its owner only."""
    with running_site() as server, progress("backing_up"):
        write_backup(server, file)
    tell(say("backed_up", path=file))


def restore(file: Path, *, replace: bool) -> None:
    """Brings the database back from ``file``; with ``replace`` in the place of what is there."""
    with running_site() as server:
        prepare(server)
        with progress("restoring"):
            waiting = read_backup(server, file, replace=replace)
    tell(say("restored", path=file))
    if waiting:
        tell(say("migrations_pending", n=waiting))
    else:
        hand_over()


def write_backup(server: Cluster | OwnServer, file: Path) -> None:
    """The backup, made by the role that sees every row; brought to the disk before it takes its name."""
    check_writable(file, language=language())
    descriptor, name = tempfile.mkstemp(
        prefix=f".{file.name[:60]}.", suffix=".part", dir=file.resolve().parent
    )
    os.close(descriptor)
    try:
        dump(server.url(DatabaseRole.MAINTENANCE), Path(name))
        Path(name).replace(file.resolve())
    except DumpFailed as error:
        raise CommandError(say("backup_failed", said=error)) from error
    finally:
        Path(name).unlink(missing_ok=True)


def read_backup(server: Cluster | OwnServer, file: Path, *, replace: bool) -> int:
    """Restores; how many migrations wait since. CommandError, and nothing has changed, where it cannot be done."""
    _check_file(file)
    target = str(conninfo_to_dict(server.url(DatabaseRole.MIGRATOR))["dbname"])
    with connect(server.url(DatabaseRole.MIGRATOR, "postgres")) as admin:
        if not replace and _holds_tables(server):
            raise CommandError(say("not_empty"))
        _check_unused(admin, target)
        with _new_database(admin):
            url = server.url(DatabaseRole.MIGRATOR, _NEW)
            with connect(url) as connection:  # before, since what is restored is given to roles one by one
                connection.execute(privileges_script(_NEW))
            try:
                load(file, url)
            except DumpFailed as error:
                raise CommandError(say("restore_failed", said=error)) from error
            waiting = _check_restored(server)
            _swap(admin, target)
    return waiting


def _check_file(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            known = opened.read(len(FIRST_BYTES)) == FIRST_BYTES
    except OSError as error:
        raise CommandError(say("unreadable", path=file, why=why(error))) from error
    if not known:
        raise CommandError(say("no_backup", path=file))


def _holds_tables(server: Cluster | OwnServer) -> bool:
    asked = (
        "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')"
    )
    with connect(server.url(DatabaseRole.MIGRATOR)) as connection:
        return connection.execute(asked).fetchone() == (True,)


def _check_unused(admin: Connection, target: str) -> None:
    """CommandError where somebody is connected, and stays so for more than a moment."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename IS NOT NULL"  # autovacuum has none
    until = time.monotonic() + _A_MOMENT
    while admin.execute(asked, [target]).fetchone() != (0,):
        if time.monotonic() > until:
            raise CommandError(say("in_use", database=target))
        time.sleep(0.1)


@contextmanager
def _new_database(admin: Connection) -> Iterator[None]:
    """An empty database inside of the block; gone behind it, unless it has taken another name."""
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(_NEW)))
    admin.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 OWNER havre_owner").format(sql.Identifier(_NEW))
    )
    try:
        yield
    finally:
        for name in (_NEW, _OLD):
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _check_restored(server: Cluster | OwnServer) -> int:
    """How many migrations wait; CommandError where the backup is of a later Havre, or its promises are broken."""
    ours = set(MigrationLoader(None).disk_migrations)
    with connect(server.url(DatabaseRole.MAINTENANCE, _NEW)) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            raise CommandError(say("backup_empty"))
        applied = set(connection.execute("SELECT app, name FROM django_migrations"))
        if unknown := len(applied - ours):
            raise CommandError(say("backup_newer", n=unknown))
        waiting = len(ours - applied)
        if not waiting and (broken := [promise.say(language()) for promise in promises_of_site(connection)]):
            raise CommandError(say("restore_failed", said=broken[0]))
    return waiting


def _swap(admin: Connection, target: str) -> None:
    """In one step the new database takes the name of the old one."""
    renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with admin.transaction():
            for name, becomes in ((target, _OLD), (_NEW, target)):
                admin.execute(renamed.format(sql.Identifier(name), sql.Identifier(becomes)))
    except ObjectInUse as error:  # somebody came meanwhile
        raise CommandError(say("in_use", database=target)) from error
