# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``make test`` without a browser: Debian's is installed where that may be, else one line tells what to do."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "requirements" / "make_chromium.sh"


def program(folder: Path, name: str, answer: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{answer}\n")
    path.chmod(0o755)


def make_chromium(folder: Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    """Runs the script where the only programs are those of ``folder``."""
    shell = shutil.which("sh")
    assert shell
    return subprocess.run(
        [shell, str(SCRIPT)],
        env={"PATH": str(folder), "HAVRE_LANG": language},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.parametrize(
    ("language", "told"), [("en", "sudo apt install chromium"), ("fr", "Installez-en un")]
)
def test_somebody_who_may_not_install_is_told_in_one_line(tmp_path: Path, language: str, told: str) -> None:
    program(tmp_path, "id", "echo 1000")
    (line,) = make_chromium(tmp_path, language).stderr.splitlines()
    assert told in line


def test_the_administrator_of_a_debian_gets_debians_own(tmp_path: Path) -> None:
    program(tmp_path, "id", "echo 0")
    program(tmp_path, "apt-get", f'echo "$@" >> {tmp_path / "asked"}')
    make_chromium(tmp_path)
    update, install = (tmp_path / "asked").read_text().splitlines()
    assert update.startswith("update")
    assert install.endswith("chromium")


def test_a_browser_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    program(tmp_path, "chromium", "exit 0")
    done = make_chromium(tmp_path)
    assert (done.stdout, done.stderr) == ("", "")
