# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a piece of work costs: statements, CPU of Python, CPU of PostgreSQL, time on the clock."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

ALIASES = ("default", "log")


@dataclass(slots=True)
class Cost:
    """Of one piece of work; milliseconds."""

    queries: int = 0
    python: float = 0.0
    """CPU of this process."""
    server: float | None = 0.0
    """CPU of the processes of PostgreSQL that answered; None where the system does not tell it."""
    waited: float = 0.0
    """On the clock, for PostgreSQL."""
    elapsed: float = 0.0
    """On the clock, altogether."""

    @property
    def work(self) -> float:
        """CPU of both; where that of PostgreSQL is not known, what was waited for it."""
        return self.python + (self.waited if self.server is None else self.server)


@contextmanager
def measured() -> Iterator[Cost]:
    """What is done inside of the block; the cost is known behind it."""
    cost = Cost()

    def counted(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        cost.queries += 1
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            cost.waited += 1000 * (time.perf_counter() - began)

    with ExitStack() as stack:
        for alias in ALIASES:
            connections[alias].ensure_connection()
            stack.enter_context(connections[alias].execute_wrapper(counted))
        server, began, python = _server(), time.perf_counter(), time.process_time()
        yield cost
        cost.python = 1000 * (time.process_time() - python)
        cost.elapsed = 1000 * (time.perf_counter() - began)
        after = _server()
        cost.server = None if server is None or after is None else after - server


def _server() -> float | None:
    """Milliseconds on a CPU of the processes behind our connections; Linux alone tells."""
    files = [Path(f"/proc/{connections[alias].connection.info.backend_pid}/schedstat") for alias in ALIASES]
    if not all(file.exists() for file in files):
        return None
    return sum(int(file.read_text("ascii").split()[0]) for file in files) / 1e6
