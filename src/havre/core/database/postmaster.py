# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be seen of a server from outside: its ``postmaster.pid``, its socket, its process."""

import contextlib
import hashlib
import os
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

from psycopg import pq

from havre.core.database.errors import DatabaseServerError
from havre.core.database.unprivileged import SystemUser

_SOCKET = ".s.PGSQL.5432"
_LONGEST_SOCKET = 100
"""Bytes. Linux takes 107, macOS 103."""


def socket_folder(folder: Path, data: Path) -> Path:
    """Where the socket is, or will be: ``folder``, or where its path is too long a short one with a name of its own."""
    if said := _said_by_running(data):
        return said
    if len(os.fsencode(folder / _SOCKET)) <= _LONGEST_SOCKET:
        return folder
    name = "havre-" + hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / name
    return short if len(os.fsencode(short / _SOCKET)) <= _LONGEST_SOCKET else Path("/tmp") / name  # noqa: S108


def _said_by_running(data: Path) -> Path | None:
    lines = _lines(data / "postmaster.pid")
    return Path(lines[4]) if len(lines) > 4 and lines[4] else None


def _lines(path: Path) -> list[str]:
    with contextlib.suppress(FileNotFoundError):
        return path.read_text("utf-8").splitlines()
    return []


def make_socket_folder(folder: Path, user: SystemUser | None) -> None:
    """Makes the folder for the socket; DatabaseServerError where somebody else has taken its name.

    Who owns the folder could put a socket of their own there, and be told what was meant for the database.
    """
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if user is not None:
            user.owns(folder)
    seen = folder.lstat()
    owner = os.geteuid() if user is None else user.uid
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != owner or seen.st_mode & 0o022:
        raise DatabaseServerError("socket_folder_taken", path=folder)


def answer(folder: Path) -> pq.Ping:
    """What the server says to whoever knocks: OK, REJECT while it recovers or closes, or nothing."""
    return pq.Ping(pq.PGconn.ping(f"host='{folder}' dbname=postgres connect_timeout=10".encode()))


def clear_what_is_stale(data: Path, socket_folder: Path) -> None:
    """Takes away what a server that died left behind, and ends one that lost its socket.

    PostgreSQL looks after lock files whose process is gone. It refuses to start where another process has that
    number by now, as happens when a container starts again, or where nobody has buried the dead one; such files
    are removed here. A server whose children still live is held off by its shared memory all the same.
    """
    for lock in (data / "postmaster.pid", socket_folder / f"{_SOCKET}.lock"):
        first = (_lines(lock) or ["-"])[0].strip()
        if not first.isdigit():
            continue
        pid = int(first)
        while _is_server_of(pid, data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)  # the fast way to close: work that is open is rolled back
            time.sleep(0.1)
        if _is_alive(pid):
            lock.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    """Whether any process has this number, a dead one that nobody has buried too."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_server_of(pid: int, data: Path) -> bool:
    """Whether the process is PostgreSQL at work in ``data``; where only ``ps`` can say, PostgreSQL anywhere."""
    if Path("/proc/self/cwd").exists():
        with contextlib.suppress(OSError):  # dead, or somebody else's
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data
        return False
    asked = ["ps", "-p", str(pid), "-o", "stat=,comm="]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603 - a number
    return "postgres" in told and not told.startswith("Z")
