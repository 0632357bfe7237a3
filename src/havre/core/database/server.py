# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who signs in to the database, and where it is: the private server of Havre, or one of yours."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

from havre.core.database.secrets import kept_secret

DATABASE = "havre"


class DatabaseRole(StrEnum):
    """The roles of Havre in PostgreSQL. ``roles.sql`` says what each may do."""

    OWNER = "havre_owner"
    """Owns everything; nobody signs in as it. Row policies bind it like everybody else."""
    GATE = "havre_gate"
    """Owns the functions that cross organisations on purpose; nobody signs in as it."""
    MIGRATOR = "havre_migrator"
    """Becomes the owner to migrate."""
    WEB = "havre_web"
    """Pages, API and jobs: owns nothing and bypasses nothing."""
    MAINTENANCE = "havre_maintenance"
    """Sees every row: backups and changes of data in a migration, nothing else."""


class Server(Protocol):
    """A PostgreSQL server, whoever runs it."""

    @property
    def secrets(self) -> Path:
        """The folder with the passwords of the roles."""

    def url(self, role: str, database: str = ..., /) -> str:
        """The address of the database for ``role``, with its password."""

    def running(self) -> AbstractContextManager[None]:
        """The server runs inside of the block."""


@dataclass(frozen=True)
class OwnServer:
    """A server that you run, PostgreSQL 15 or newer, named by ``HAVRE_DATABASE_URL``.

    The URL names the server, the database and, for the first ``havre migrate``, a user who may make roles (a
    superuser). Pages, jobs and migrations never use that user: they sign in as the roles of Havre with the
    passwords in ``var/secrets``. Once the roles are there, leave user and password out of the URL.
    """

    address: str
    secrets: Path

    def url(self, role: str, database: str = "") -> str:
        """The same server and database for ``role``; with the password of the URL if it names that user."""
        said = {key: str(value) for key, value in conninfo_to_dict(self.address).items() if value is not None}
        password = said["password"] if said.get("user") == role and "password" in said else None
        more = {k: v for k, v in said.items() if k not in ("user", "password", "dbname", "host", "port")}
        return make_url(
            role,
            password or kept_secret(self.secrets, password_name(role)),
            database or said.get("dbname", DATABASE),
            host=said.get("host", ""),
            port=said.get("port", ""),
            **more,
        )

    def running(self) -> AbstractContextManager[None]:
        """Nothing to do: somebody else starts and stops it."""
        return nullcontext()


def password_name(role: str) -> str:
    """The name of the file with the password of ``role``."""
    return f"database-{role.removeprefix('havre_')}"


def make_url(user: str, password: str, database: str, **more: str) -> str:
    """A libpq URL; the host stands among the parameters, since it may be a folder or a list."""
    said = "&".join(f"{key}={quote(value, safe='')}" for key, value in sorted(more.items()) if value)
    return f"postgresql://{quote(user)}:{quote(password, safe='')}@/{quote(database, safe='')}?{said}"


def django_databases(server: Server) -> dict[str, dict[str, Any]]:
    """What Django's ``DATABASES`` says.

    ``default`` and ``log`` are the web role, ``log`` on a connection of its own, so that what it writes shows
    while a transaction is open on the other; ``owner`` is for migrations only.
    """
    web = _alias(server.url(DatabaseRole.WEB), CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
    owner = _alias(server.url(DatabaseRole.MIGRATOR))
    owner["OPTIONS"]["options"] = f"-c role={DatabaseRole.OWNER}"
    log = {**web, "OPTIONS": dict(web["OPTIONS"])}
    return {"default": web, "owner": owner, "log": log}


def _alias(url: str, **settings: object) -> dict[str, Any]:
    said = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: said.pop(key, "") for key, name in names.items()},
        "OPTIONS": {"application_name": "havre", **said},
        **settings,
    }
