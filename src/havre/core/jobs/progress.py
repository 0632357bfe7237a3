# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a job tells how far it is, while its own transaction is still open."""

import time
from collections.abc import Callable
from uuid import UUID

from havre.core.jobs import marks

PAUSE = 0.5
"""Seconds between two lines that are written: whoever looks sees no more."""


class Stopped(Exception):
    """The worker has to stop: what the job did is undone, and it waits for the next worker."""


class Progress:
    """Called by a job with the share that is done and, if it likes, a sentence of its words with numbers.

    It writes at most twice a second, through a connection of its own. Call it often: it is also where a job
    notices that its worker has to stop.
    """

    def __init__(self, job: UUID, *, alias: str, must_stop: Callable[[], bool] = lambda: False) -> None:
        self._job = job
        self._alias = alias
        self._must_stop = must_stop
        self._next = 0.0

    def __call__(self, share: float, said: str = "", /, **values: float) -> None:
        """``share`` from 0 to 1; ``said`` is the key of a sentence, ``values`` its numbers; else TypeError."""
        for value in values.values():
            if not isinstance(value, (int, float)):
                raise TypeError(f"progress tells numbers, not a {type(value).__name__}")
        if self._must_stop():
            raise Stopped
        if time.monotonic() < self._next:
            return
        marks.tells(self._job, share, said, values, alias=self._alias)
        self._next = time.monotonic() + PAUSE
