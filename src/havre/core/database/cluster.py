# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The private PostgreSQL server of Havre, in a folder."""

import contextlib
import fcntl
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TextIO

from psycopg import pq

from havre.core.database import postmaster
from havre.core.database.errors import DatabaseServerError, sentence
from havre.core.database.programs import folder_of_programs, major_version, start_program
from havre.core.database.secrets import kept_secret
from havre.core.database.server import DATABASE, make_url, password_name
from havre.core.database.unprivileged import SystemUser, open_the_way, server_user

SUPERUSER = "postgres"
_A_YEAR = "31536000"
"""In seconds: recovery takes as long as it takes, and so does closing."""
_WORTH_TELLING = 3.0
_ORPHANS = 60.0
"""How long, in seconds, the processes of a server that was killed may need to notice."""

Tell = Callable[[str], None]


def _silent(_sentence: str) -> None:
    """Tells nobody."""


class Cluster:
    """A PostgreSQL server of one's own, below the folder ``var``: a unix socket, no port, passwords for everybody.

    ``tell`` hears a sentence when something takes long. ``settings`` are PostgreSQL's own, over those of Havre.
    A server that was killed recovers at the next start, however long it takes.
    """

    def __init__(self, var: Path, *, tell: Tell = _silent, settings: Mapping[str, str] | None = None) -> None:
        self.folder = var.resolve() / "database"
        self.data = self.folder / "data"
        self.secrets = var.resolve() / "secrets"
        self._tell = tell
        self._settings = settings or {}

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of ``database`` for ``role``, whether the server runs or not."""
        password = kept_secret(self.secrets, password_name(role))
        return make_url(role, password, database, host=str(self._socket))

    def is_running(self) -> bool:
        """Whether the server takes connections."""
        return postmaster.answer(self._socket) == pq.Ping.OK

    def start(self) -> bool:
        """Starts the server, made first where there is none; False where it ran already.

        Of several processes that start it at once one does, and the others wait and use it.
        """
        with self._alone():
            return self._started()

    def stop(self) -> None:
        """Stops the server, if it runs, whoever uses it: transactions that are open are rolled back."""
        with self._alone():
            self._stopped()

    @contextmanager
    def running(self) -> Iterator[None]:
        """The server runs inside of the block; it stops behind the last process that is in such a block."""
        with self._alone():
            use = self._locked("in-use", fcntl.LOCK_SH)
            self._started()
        try:
            yield
        finally:
            with self._alone(), use:
                if _can_lock(use):
                    self._stopped()

    @property
    def _socket(self) -> Path:
        return postmaster.socket_folder(self.folder, self.data)

    @cached_property
    def _user(self) -> SystemUser | None:
        return server_user()

    # --- locks: the kernel lets go of them when their process dies -------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = self._locked("lock", fcntl.LOCK_EX)
        except OSError as error:
            raise DatabaseServerError("folder_closed", path=self.folder) from error
        with lock:
            yield

    def _locked(self, name: str, kind: int) -> TextIO:
        file = (self.folder / name).open("a", encoding="ascii")
        fcntl.flock(file, kind)
        return file

    # --- making ----------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """The folder of data, whole or not at all: PostgreSQL makes it under another name."""
        if self.data.exists():
            raise DatabaseServerError("no_cluster", path=self.data)
        self._tell(sentence("making_cluster"))
        part = self.folder / "data.part"
        shutil.rmtree(part, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder, encoding="ascii") as password:
            password.write(kept_secret(self.secrets, password_name(SUPERUSER)))
            password.flush()
            self._give(Path(password.name))
            self._run(
                "cannot_make",
                "initdb",
                *("--pgdata", part, "--username", SUPERUSER, "--pwfile", password.name),
                *("--auth-local=scram-sha-256", "--auth-host=reject", "--data-checksums", "--encoding=UTF8"),
                # The order of letters is that of Unicode's numbers and never changes with the machine.
                *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            )
        with (part / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude_if_exists = 'havre.conf'\n")
        part.rename(self.data)

    def _give(self, path: Path) -> None:
        if self._user is not None:
            self._user.owns(path)

    def _run(self, problem: str, name: str, *arguments: str | Path) -> None:
        with start_program(name, *arguments, user=self._user, folder=self.folder) as program:
            said = program.communicate()[1]
        if program.returncode != 0:
            raise DatabaseServerError(problem, path=self.folder, said=_died_of(said))

    # --- starting and stopping, under the lock ---------------------------------------------------------------

    def _started(self) -> bool:
        if self._settled() == pq.Ping.OK:
            return False
        if self._user is not None:
            self._give(self.folder)
            for folder in open_the_way([self.folder, folder_of_programs().parent]):
                self._tell(sentence("opened_the_way", path=folder))
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._check_version()
        postmaster.clear_what_is_stale(self.data, self._socket)
        self._configure()
        self._launch()
        return True

    def _settled(self) -> pq.Ping:
        """The answer of the server once it neither starts nor closes."""
        began, told = time.monotonic(), False
        while (said := postmaster.answer(self._socket)) == pq.Ping.REJECT:
            if not told and time.monotonic() - began > _WORTH_TELLING:
                told = True
                self._tell(sentence("recovering"))
            time.sleep(0.1)
        return said

    def _check_version(self) -> None:
        version = int((self.data / "PG_VERSION").read_text("ascii"))
        if version != (ours := major_version()):
            raise DatabaseServerError("other_version", path=self.data, version=version, ours=ours)

    def _configure(self) -> None:
        """Writes ``havre.conf``; what an administrator says with ALTER SYSTEM stands over it."""
        text = (files("havre.core.database") / "postgresql.conf").read_text("utf-8")
        socket = self._socket
        postmaster.make_socket_folder(socket, self._user)
        more = {"unix_socket_directories": str(socket), **self._settings}
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in more.items()]
        file = self.data / "havre.conf"
        file.write_text(text + "".join(lines), "utf-8")
        self._give(file)

    def _launch(self) -> None:
        log = self._log()
        until = time.monotonic() + _ORPHANS
        while not self._launched(log):
            said = log.read_text("utf-8", "replace") if log.exists() else ""
            if "shared memory block" not in said or time.monotonic() > until:
                raise DatabaseServerError("cannot_start", log=log, said=_died_of(said))
            log.unlink()
            time.sleep(0.2)

    def _log(self) -> Path:
        """The file for this run of the server; that of the last run stands beside it."""
        log = self.folder / "server.log"
        if log.exists():
            log.replace(self.folder / "server.log.before")
        return log

    def _launched(self, log: Path) -> bool:
        arguments = ("--pgdata", self.data, "--log", log, "--wait", "--timeout", _A_YEAR)
        began, told = time.monotonic(), False
        with start_program("pg_ctl", "start", *arguments, user=self._user, folder=self.folder) as program:
            while program.poll() is None:
                if not told and time.monotonic() - began > _WORTH_TELLING:
                    told = True
                    self._tell(sentence("recovering"))
                time.sleep(0.02)
        return program.returncode == 0

    def _stopped(self) -> None:
        if self._settled() == pq.Ping.OK:
            arguments = ("--pgdata", self.data, "--mode=fast", "--wait", "--timeout", _A_YEAR)
            self._run("cannot_stop", "pg_ctl", "stop", *arguments)
        if self._socket != self.folder:
            with contextlib.suppress(OSError):  # not ours, or gone
                self._socket.rmdir()


def _can_lock(file: TextIO) -> bool:
    """Whether nobody else holds a lock on ``file``."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _died_of(said: str) -> str:
    """What PostgreSQL says it died of, or its last words."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["?"]
    return next((line for line in reversed(lines) if "FATAL:" in line), lines[-1]).rpartition(":  ")[2]
