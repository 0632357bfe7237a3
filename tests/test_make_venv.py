# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``make`` on a machine that lacks something says so in one clear line."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "requirements" / "make_venv.sh"


def make_venv(folder: Path, language: str, *, python: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the script where the only programs are those of ``folder/bin``."""
    shell = shutil.which("sh")
    assert shell
    return subprocess.run(
        [shell, str(SCRIPT), str(folder / "venv")],
        env={"PATH": str(folder / "bin"), "HAVRE_LANG": language, "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def program(folder: Path, name: str, answer: str) -> None:
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{answer}\n")
    path.chmod(0o755)


def lines_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 1
    assert not done.stdout
    return done.stderr.splitlines()


@pytest.mark.parametrize(("language", "says"), [("en", "no Python 3.11"), ("fr", "aucun Python 3.11")])
def test_no_python_is_said_in_one_line(tmp_path: Path, language: str, says: str) -> None:
    (line,) = lines_of(make_venv(tmp_path, language))
    assert says in line
    assert "apt install" in line


@pytest.mark.parametrize(("language", "says"), [("en", "no Python 3.11"), ("fr", "aucun Python 3.11")])
def test_an_old_python_is_not_used(tmp_path: Path, language: str, says: str) -> None:
    program(tmp_path, "python3", "exit 1")
    (line,) = lines_of(make_venv(tmp_path, language))
    assert says in line


@pytest.mark.parametrize(("language", "says"), [("en", "no venv module"), ("fr", "n'a pas le module venv")])
def test_a_python_without_venv_is_told_apart(tmp_path: Path, language: str, says: str) -> None:
    program(tmp_path, "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    (line,) = lines_of(make_venv(tmp_path, language))
    assert says in line
    assert "python3-venv" in line


def test_the_next_python_is_tried_when_the_first_is_old(tmp_path: Path) -> None:
    program(tmp_path, "python3", "exit 1")
    program(tmp_path, "python3.12", f'exec "{sys.executable}" "$@"')
    done = make_venv(tmp_path, "en")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "venv" / "bin" / "pip").exists()


def test_a_python_that_is_named_is_the_one_used(tmp_path: Path) -> None:
    program(tmp_path, "python3", 'echo "python3 $*" >> "$0.said"')
    program(tmp_path, "mine", 'echo "mine $*" >> "$0.said"')
    done = make_venv(tmp_path, "en", python="mine")
    assert done.returncode == 0, done.stderr
    assert f"mine -m venv --clear {tmp_path / 'venv'}" in (tmp_path / "bin" / "mine.said").read_text()
    assert not (tmp_path / "bin" / "python3.said").exists()
