# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole database in a file, in PostgreSQL's own custom format, and back."""

import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from havre.core.database.programs import clean_environment, folder_of_programs

FIRST_BYTES = b"PGDMP"
"""How such a file begins."""
_NOT_EVERYWHERE = re.compile(
    # Our pg_restore is newer than your server may be, ...
    rb"SET transaction_timeout = 0;\n"
    # ... and Debian's PostgreSQL 15 shows an option of its own on each column, which no other server knows.
    rb"|ALTER TABLE ONLY [^;]+ ALTER COLUMN [^;]+ SET \(pg_attver=\d+\);\n"
)


class DumpFailed(Exception):
    """The first thing that the program said it failed of."""


def dump(url: str, file: Path) -> None:
    """Writes the database of ``url`` into ``file``, as one moment saw it; DumpFailed."""
    # Into a file and not through us: only so pg_dump notes where in it each table begins.
    program = _start("pg_dump", url, "--format=custom", "--file", str(file), said=subprocess.PIPE)
    _, said = program.communicate()
    _check(program, said)


def load(file: Path, url: str) -> None:
    """Fills the empty database of ``url`` from ``file``; DumpFailed, after which it is of no use."""
    with tempfile.TemporaryFile() as said_by_reader, tempfile.TemporaryFile() as said_by_server:
        reader = subprocess.Popen(  # noqa: S603 - no shell, and a program of the wheel
            [folder_of_programs() / "pg_restore", "--file=-", file.absolute()],
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said_by_reader,
        )
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-")
        server = _start("psql", url, *options, said=said_by_server.fileno(), stdin=subprocess.PIPE)
        try:
            _pass_on(reader, server)
        finally:
            reader.wait()
            server.wait()
        # The server first: where it gives up, the reader has nobody to speak to any more.
        for program, said in ((server, said_by_server), (reader, said_by_reader)):
            said.seek(0)
            _check(program, said.read())


def _pass_on(reader: "subprocess.Popen[bytes]", server: "subprocess.Popen[bytes]") -> None:
    assert reader.stdout is not None  # noqa: S101 - both are pipes
    assert server.stdin is not None  # noqa: S101
    try:
        with reader.stdout, server.stdin:
            server.stdin.writelines(for_any_server(reader.stdout))
    except BrokenPipeError:
        return  # the server has said why


def for_any_server(script: Iterable[bytes]) -> Iterator[bytes]:
    """The script without the statements that only some servers know; rows pass as they are."""
    in_rows = False
    for line in script:
        if in_rows:
            in_rows = line != b"\\.\n"
        elif _NOT_EVERYWHERE.fullmatch(line):
            continue
        else:
            in_rows = line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n")
        yield line


def _start(
    name: str, url: str, *options: str, said: int, stdin: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """Starts a program on the database of ``url``, whose password no list of processes shows."""
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    environment = clean_environment() | {"PGPASSWORD": parts.pop("password", "")}
    address = " ".join(f"{key}='{_quoted(value)}'" for key, value in parts.items())
    return subprocess.Popen(  # noqa: S603 - no shell, and a program of the wheel
        [folder_of_programs() / name, "--no-password", "--dbname", address, *options],
        env=environment,
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=said,
    )


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _check(program: "subprocess.Popen[bytes]", said: bytes) -> None:
    """DumpFailed where the program failed; details and context, which may hold a row, are left out."""
    if program.returncode != 0:
        lines = said.decode("utf-8", "replace").splitlines()
        found = (line for line in lines if re.search(r"\berror: |\bERROR: ", line))
        raise DumpFailed(re.split(r"\berror: |\bERROR: ", next(found, "?"))[-1].strip())
