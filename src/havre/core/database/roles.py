# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the roles of Havre, its database, and what each may do there.

``roles.sql`` and ``privileges.sql`` say what is made; both can be run again. Havre runs them on its private
server, and on yours if the user of ``HAVRE_DATABASE_URL`` may make roles.
"""

import os
from importlib.resources import files
from pathlib import Path

import psycopg
from psycopg import sql

from havre.core.database.cluster import SUPERUSER, Cluster
from havre.core.database.errors import DatabaseServerError
from havre.core.database.secrets import kept_secret
from havre.core.database.server import DATABASE, DatabaseRole, OwnServer, Server, password_name

Connection = psycopg.Connection[tuple[object, ...]]
OLDEST = 150000
"""PostgreSQL 15, as the server says it."""
_WITH_PASSWORD = (DatabaseRole.MIGRATOR, DatabaseRole.WEB, DatabaseRole.MAINTENANCE)
_REFUSALS = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)


def prepare(server: Cluster | OwnServer) -> None:
    """The server has the roles, the database and the privileges; DatabaseServerError where it cannot have them."""
    if isinstance(server, Cluster):
        prepare_cluster(server)
    else:
        prepare_own(server)


def prepare_cluster(cluster: Cluster, database: str = DATABASE) -> None:
    """Makes roles and ``database`` on the private server, which runs."""
    with connect(cluster.url(SUPERUSER, "postgres")) as connection:
        connection.execute(
            "SELECT pg_advisory_lock(hashtext('havre roles'))"
        )  # let go of with the connection
        connection.execute(roles_script(connection, cluster.secrets))
        if not _has_database(connection, database):
            # Its owner may make extensions and rename it; its template is the one nobody wrote to.
            named = sql.Identifier(database)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(named))
        with connect(cluster.url(SUPERUSER, database)) as within:
            within.execute(privileges_script(database))


def prepare_own(server: OwnServer) -> None:
    """Makes what is missing on your server, or says in one line what a superuser has to run.

    The line names a file in the folder of secrets with the SQL in it; passwords stand there only as what the
    server compares them with.
    """
    if _is_prepared(server):
        return
    with connect(server.address) as connection:
        check_version(connection)
        database = connection.info.dbname
        script = roles_script(connection, server.secrets) + sql.SQL("\n") + privileges_script(database)
        try:
            with connection.transaction():
                connection.execute(script)
        except _REFUSALS as error:
            path = _written(server.secrets / "roles.sql", script.as_string(connection))
            user, host = connection.info.user, connection.info.host
            raise DatabaseServerError(
                "no_roles", path=path, user=user, host=host, database=database
            ) from error


def _is_prepared(server: OwnServer) -> bool:
    """Whether the migrator can sign in and owns the place, so that no other user is needed any more."""
    try:
        with psycopg.connect(server.url(DatabaseRole.MIGRATOR), connect_timeout=10) as connection:
            check_version(connection)
            asked = connection.execute(
                "SELECT count(*) = 2 AND (SELECT pg_get_userbyid(datdba) = 'havre_owner' FROM pg_database"
                " WHERE datname = current_database())"
                " FROM pg_extension WHERE extname IN ('btree_gist', 'pg_trgm')"
            )
            return bool((asked.fetchone() or [False])[0])
    except psycopg.OperationalError:
        return False


def connect(url: str) -> Connection:
    """A connection outside of any transaction; DatabaseServerError where the server cannot be reached."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise unreachable(url, error) from error


def unreachable(url: str, error: psycopg.OperationalError) -> DatabaseServerError:
    """The sentence for a server that does not let us in; it never holds a password."""
    said = psycopg.conninfo.conninfo_to_dict(url)
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or ["?"]
    reason = next((line for line in lines if "FATAL:" in line), lines[-1]).rpartition("FATAL:")[2].strip()
    host, database = said.get("host", "localhost"), said.get("dbname", "")
    return DatabaseServerError(
        "unreachable", host=host, database=database, user=said.get("user", ""), said=reason
    )


def check_version(connection: Connection) -> None:
    """DatabaseServerError where the server is older than PostgreSQL 15."""
    if connection.info.server_version < OLDEST:
        version = connection.info.server_version // 10000
        raise DatabaseServerError("too_old", host=connection.info.host, version=version)


def roles_script(connection: Connection, secrets: Path) -> sql.Composed:
    """``roles.sql`` with the passwords as the server keeps them: no password is sent, logged or written."""
    verifiers = {
        str(role): sql.Literal(
            connection.pgconn.encrypt_password(
                kept_secret(secrets, password_name(role)).encode(), role.encode(), b"scram-sha-256"
            ).decode()
        )
        for role in _WITH_PASSWORD
    }
    return _script("roles.sql").format(**verifiers)


def privileges_script(database: str) -> sql.Composed:
    """``privileges.sql`` for ``database``."""
    return _script("privileges.sql").format(database=sql.Identifier(database))


def _script(name: str) -> sql.SQL:
    return sql.SQL((files("havre.core.database") / name).read_text("utf-8"))


def _has_database(connection: Connection, name: str) -> bool:
    return connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    return path


__all__ = ["Server", "check_version", "connect", "prepare", "prepare_cluster", "prepare_own"]
