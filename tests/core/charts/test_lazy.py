# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A library that is loaded when it is needed: once, whole, and by nobody who does not need it."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from havre.core.charts.lazy import lazily

SLOW = """
import time
time.sleep(0.2)  # long enough for others to come while it is read
VALUE = object()
"""
AT_ONCE = 8


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that takes its time."""
    (tmp_path / "slow_to_load.py").write_text(SLOW)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "slow_to_load", raising=False)
    return "slow_to_load"


def test_it_is_not_read_before_something_is_asked_of_it(slow: str) -> None:
    module = lazily(slow)
    assert slow not in sys.modules
    assert module.VALUE is module.VALUE
    assert lazily(slow) is sys.modules[slow]


def test_many_who_ask_at_once_all_find_it_whole(slow: str) -> None:
    module, together = lazily(slow), Barrier(AT_ONCE)

    def ask(_: int) -> object:
        together.wait()
        return module.VALUE

    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert set(threads.map(ask, range(AT_ONCE))) == {module.VALUE}


def test_one_that_is_not_there_is_missed_at_once() -> None:
    with pytest.raises(ModuleNotFoundError):
        lazily("nobody_has_written_this")
