# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""PostgreSQL refuses to run as root. Under root, and only there, it runs as a system user of its own."""

import os
import pwd
import stat
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from havre.core.database.errors import DatabaseServerError

USER = "havre_postgres"


@dataclass(frozen=True)
class SystemUser:
    """The user that the server runs as."""

    uid: int
    gid: int

    def owns(self, path: Path) -> None:
        """Gives ``path`` to this user."""
        os.chown(path, self.uid, self.gid)


def server_user() -> SystemUser | None:
    """None where the server can run as whoever runs Havre; under root the system user, made where it is missing."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(USER)
    except KeyError:
        _make()
        entry = pwd.getpwnam(USER)
    return SystemUser(entry.pw_uid, entry.pw_gid)


def _make() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", USER]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no input in it
    except OSError as error:
        raise DatabaseServerError("no_system_user", user=USER) from error
    if done.returncode not in (0, 9):  # 9: another process has just made it
        raise DatabaseServerError("no_system_user", user=USER)


def open_the_way(paths: Iterable[Path]) -> list[Path]:
    """Lets every user pass through (not list) the folders above ``paths``; those that had been closed."""
    above = {folder for path in paths for folder in path.resolve().parents}
    closed = sorted(folder for folder in above if not folder.stat().st_mode & stat.S_IXOTH)
    for folder in closed:
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)
    return closed
