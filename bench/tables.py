# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the benchmark prints: Markdown on the standard output, progress on the error stream."""

import os
import platform
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

_PACKAGES = ("numpy", "numba", "anyascii", "rapidfuzz")
_MEGABYTE = 1 << 20


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines) + "\n"


def figure(value: float, digits: int = 3) -> str:
    """A share without the nought before the point: .953."""
    return f"{value:.{digits}f}".replace("0.", ".", 1) if 0 <= value < 1 else f"{value:.{digits}f}"


def say(text: str = "") -> None:
    """A paragraph or a table of the result."""
    print(text, flush=True)


def tell(text: str) -> None:
    """What is being done."""
    print(f"... {text}", file=sys.stderr, flush=True)


def apart(work: Callable[..., Any], *args: object) -> Any:
    """The result of a fresh process, whose memory nobody else has touched."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(work, *args).result()


class Steps:
    """Tells how far a long task is, each tenth once."""

    def __init__(self, what: str) -> None:
        self._what, self._told = what, -1
        self(0.0)

    def __call__(self, share: float) -> None:
        """Of the task, from 0 to 1."""
        tenth = int(share * 10)
        if tenth > self._told:
            self._told = tenth
            tell(f"{self._what} {tenth * 10} %")


def machine() -> str:
    """The day, the machine and the versions, in one sentence."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} (UTC) with {os.cpu_count()} cores ({platform.machine()}, "
        f"{platform.system()}), Python {platform.python_version()}, {packages}. "
        "Times are CPU seconds of this machine and say little about another."
    )


def peak_megabytes() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss of a new process would begin with what its parent held
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE
