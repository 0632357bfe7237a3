# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command as a user runs it, in a process of its own, and small lists in a folder."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from house.folder import HAVRE

from havre.core.exchange import write_list
from havre.engines.linkage import ShoreList
from havre.scenario import Scenario, make_scenario

MANY = """
import contextlib, io, json, sys
from havre.conf.command import main
told = []
for arguments in json.load(sys.stdin):
    sys.argv, said = ["havre", *arguments], io.StringIO()
    with contextlib.redirect_stderr(said):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
    told.append((code, said.getvalue()))
print(json.dumps(told))
"""
"""One request after the other, since starting a process takes longer than refusing one."""
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Lists:
    """Two folders with lists, and what is in them."""

    france: Path
    britain: Path
    made: Scenario

    def words_of_names(self) -> set[str]:
        """Every word of every name on the lists that is long enough to be told from a word of a sentence."""
        return {word for lst in (self.made.france, self.made.britain) for word in _words(lst)}


def _words(lst: ShoreList) -> set[str]:
    said = [*(person.described for person in lst.people), *(link.described for link in lst.links)]
    return {word for each in said for word in f"{each.names} {each.other_names}".split() if len(word) > 3}


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("HAVRE_DEBUG", "HAVRE_LANG")}
    return {**kept, "HAVRE_LANG": "en", "COLUMNS": "300", **more}


def _havre(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*HAVRE, *map(str, arguments)],
        env=environment(**variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session")
def havre() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command to its end; keywords are variables of its environment."""
    return _havre


@pytest.fixture(scope="session")
def asked() -> Callable[..., list[tuple[int, str]]]:
    """Makes several requests in one process: the exit code and what was said on the error stream, for each."""

    def ask(requests: list[list[str]], language: str) -> list[tuple[int, str]]:
        done = subprocess.run(
            [sys.executable, "-c", MANY],
            input=json.dumps(requests),
            env=environment(HAVRE_LANG=language),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [(code, said) for code, said in json.loads(done.stdout.splitlines()[-1])]

    return ask


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[str]]:
    """Starts the command; its error stream can be read while it runs."""

    def started(*arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*HAVRE, *map(str, arguments)],
            env=environment(FORCE_COLOR="1"),
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    return started


@pytest.fixture(scope="session")
def lists(tmp_path_factory) -> Lists:
    folder = tmp_path_factory.mktemp("lists")
    made = make_scenario(20, 6, children=4)
    for name, lst in (("france", made.france), ("britain", made.britain)):
        write_list(lst, folder / name)
    return Lists(folder / "france", folder / "britain", made)


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Path], Rows]:
    def rows(path: Path) -> Rows:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


@pytest.fixture(scope="session")
def write_rows() -> Callable[[Path, Rows], None]:
    def write(path: Path, rows: Rows) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    return write
