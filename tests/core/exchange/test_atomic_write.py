# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file is written whole or not at all, whatever happens meanwhile."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from havre.core.exchange import UnwritableFile, atomic_write, check_writable
from havre.words import Language

SLOW_WRITER = """
import sys
from pathlib import Path
from havre.core.exchange import atomic_write
with atomic_write(Path(sys.argv[1])) as file:
    file.write(b"new " * 100_000)
    file.flush()
    print("half", flush=True)
    sys.stdin.read()
    file.write(b"end")
print("whole", flush=True)
sys.stdin.read()
"""


def written_until(target: Path, word: str) -> None:
    """Starts a real writer and kills it as soon as it says ``word``."""
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_WRITER, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdin
        assert writer.stdout
        assert writer.stdout.readline().strip() == b"half"
        if word == "whole":
            writer.stdin.close()
            assert writer.stdout.readline().strip() == b"whole"
        os.kill(writer.pid, signal.SIGKILL)
        assert writer.wait() in (-signal.SIGKILL, 0)


def test_a_writer_that_is_killed_leaves_the_old_file(tmp_path):
    target = tmp_path / "pairs.csv"
    target.write_bytes(b"old")
    written_until(target, "half")
    assert target.read_bytes() == b"old"


def test_a_writer_that_is_killed_leaves_nothing_where_nothing_was(tmp_path):
    written_until(tmp_path / "pairs.csv", "half")
    assert not (tmp_path / "pairs.csv").exists()


def test_a_writer_that_is_killed_after_the_end_leaves_the_new_file(tmp_path):
    target = tmp_path / "pairs.csv"
    target.write_bytes(b"old")
    written_until(target, "whole")
    assert target.read_bytes() == b"new " * 100_000 + b"end"


def test_an_error_while_writing_leaves_the_old_file_and_no_other(tmp_path):
    target = tmp_path / "pairs.csv"
    target.write_bytes(b"old")

    def fail() -> None:
        with atomic_write(target) as file:
            file.write(b"new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_the_rights_of_the_old_file_stay_and_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "pairs.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    with atomic_write(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_new_file_gets_the_rights_of_any_new_file(tmp_path):
    (tmp_path / "any").touch()
    with atomic_write(tmp_path / "ours"):
        pass
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "any").stat().st_mode


@pytest.mark.parametrize("write", [lambda path: atomic_write(path).__enter__(), check_writable])
def test_a_target_that_cannot_be_is_refused_before_anything_is_written(tmp_path, write):
    for path, key in ((tmp_path / "no" / "pairs.csv", "no_folder"), (tmp_path, "target_not_file")):
        with pytest.raises(UnwritableFile) as refused:
            write(path)
        assert refused.value.key == key
        assert all(str(path) in refused.value.say(language) for language in Language)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who is refused")
def test_a_closed_folder_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UnwritableFile) as refused:
        check_writable(tmp_path / "pairs.csv")
    assert refused.value.key == "folder_closed"
