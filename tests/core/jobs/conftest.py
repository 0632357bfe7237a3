# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members who defer jobs, and workers that do them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from core.jobs import sample_jobs

WORKER = Path(__file__).with_name("a_worker.py")
PATIENCE = 60.0
assert sample_jobs.LEFT  # its jobs are registered when it is read


@pytest.fixture
def worker() -> Iterator[Callable[[], "subprocess.Popen[str]"]]:
    """Starts workers, each a process of its own; none is left behind."""
    started: list[subprocess.Popen[str]] = []

    def start() -> "subprocess.Popen[str]":
        started.append(
            subprocess.Popen(
                [sys.executable, str(WORKER)], env=dict(os.environ), stderr=subprocess.PIPE, text=True
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def eventually() -> Callable[[Callable[[], object]], None]:
    """Waits until something holds; fails when it does not within a minute."""

    def wait(holds: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, "it never came true"
            time.sleep(0.05)

    return wait
