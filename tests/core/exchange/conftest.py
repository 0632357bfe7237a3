# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tests of reading share: how a list is refused, and reading it with little memory."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from havre.core.exchange import UnreadableList, read_list
from havre.words import Language

MEASURED = """
import resource, sys
from pathlib import Path
from havre.core.exchange import UnreadableList, read_list
from havre.words import Language
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
try:
    reading = read_list(Path(sys.argv[1]), language=Language.ENGLISH)
    print([remark.key for remark in reading.remarks])
except UnreadableList as refused:
    print(refused.key)
"""
# What Python and its libraries take as addresses before anything is read, and what reading may take on top of it.
ADDRESSES = 700_000_000


def _refusal_of(path: Path, **options) -> str:
    """The key of the refusal, after checking that it is one sentence on one line in each language."""
    with pytest.raises(UnreadableList) as refused:
        read_list(path, language=Language.FRENCH, **options)
    for language in Language:
        said = refused.value.say(language)
        assert said
        assert "\n" not in said
        assert "Traceback" not in said
    assert str(refused.value) == refused.value.say(Language.FRENCH)
    return refused.value.key


def _said_in_little_memory(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path), str(ADDRESSES)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout.strip()


@pytest.fixture
def refusal_of() -> Callable[..., str]:
    return _refusal_of


@pytest.fixture
def said_in_little_memory() -> Callable[[Path], str]:
    return _said_in_little_memory
