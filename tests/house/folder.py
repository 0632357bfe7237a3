# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A site in a folder of its own, served as an operator serves it, with a database that keeps what it promised."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from house.served import Served, free_port

from havre.core.database.cluster import Cluster
from havre.core.database.server import DatabaseRole, django_databases

HAVRE = [sys.executable, "-c", "from havre.conf.command import main; main()"]


@dataclass
class Folder:
    """A folder of a site: its database, secrets and files."""

    path: Path

    @property
    def cluster(self) -> Cluster:
        """Its database."""
        return Cluster(self.path)

    def havre(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A command in this folder, to its end."""
        return subprocess.run(
            [*HAVRE, *arguments],
            env=self._variables(),
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    @contextmanager
    def served(self, log: Path) -> Iterator[Served]:
        """The site, ready; it closes without complaint behind the block. What it says is written to ``log``."""
        port = free_port()
        with log.open("a", encoding="utf-8") as said:
            command = [*HAVRE, "serve", "--port", str(port)]
            process = subprocess.Popen(command, env=self._variables(), stderr=said, text=True)
        try:
            site = Served(process, port)
            site.becomes("/readyz", 200)
            yield site
        finally:
            process.terminate()
            closed = _closed(process)
        assert closed

    @contextmanager
    def asked_directly(self) -> Iterator[None]:
        """Inside of the block the models and actions of this process speak to this folder's database."""
        kept = {alias: dict(connections.settings[alias]) for alias in connections}
        _point_to(django_databases(self.cluster))
        try:
            yield
        finally:
            _point_to(kept)

    def rows(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """What is in the database, whoever may read it."""
        with psycopg.connect(self.cluster.url(DatabaseRole.MAINTENANCE)) as connection:
            return connection.execute(sql.encode(), values).fetchall()

    def copy(self, path: Path) -> "Folder":
        """The same once more, of a site that is closed; who owns what stays as it is."""
        subprocess.run(["cp", "-a", str(self.path), str(path)], check=True)
        return Folder(path)

    def _variables(self) -> dict[str, str]:
        # The same key, so that a session that is made in this process is one of that site.
        return {**os.environ, "HAVRE_VAR": str(self.path), "HAVRE_SECRET_KEY": settings.SECRET_KEY}


def _closed(process: "subprocess.Popen[str]") -> bool:
    """Whether the process ends without complaint now that it was asked to; it ends in any case."""
    try:
        return process.wait(60) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait() == 0


def _point_to(databases: dict[str, dict[str, Any]]) -> None:
    connections.close_all()
    for alias, said in databases.items():
        connections.settings[alias].update(said)
