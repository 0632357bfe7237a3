# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``havre place`` and ``havre place coaches`` share: texts in, a time to keep, and the best so far kept whole."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from havre.conf.console import CommandError, language, say, tell, why
from havre.core.exchange import atomic_write, check_writable

_BETWEEN = 2.0
"""Seconds at least between two writings of what is still getting better."""
_STAGES = 125
"""About how often a search without a time asks whether it may go on."""
_SHOWN = 20
"""Lines of what is wrong; of the rest is told how many there are."""
_Made = TypeVar("_Made")


def check_out(out: Path, read_from: Sequence[Path]) -> None:
    """CommandError where no CSV may be written there, or it would replace what is read."""
    if out.suffix.lower() != ".csv":
        raise CommandError(say("bad_ending", path=out, endings=".csv"))
    if out.resolve() in {path.resolve() for path in read_from}:
        raise CommandError(say("place_over", path=out))
    check_writable(out, language=language())


def text_of(path: Path) -> str:
    """What stands in a file; CommandError where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CommandError(say("not_read", path=path, said=why(error))) from error
    except UnicodeDecodeError as error:
        raise CommandError(say("place_not_text", path=path)) from error


def tell_lines(lines: Sequence[str]) -> None:
    """The first of them, and how many more there are."""
    for line in lines[:_SHOWN]:
        tell(line)
    if len(lines) > _SHOWN:
        tell(say("more_remarks", n=len(lines) - _SHOWN))


def clock(seconds: float | None, told: Callable[[float], None]) -> Callable[[], bool]:
    """Whether the search may go on; the bar is told how far it is."""
    begun, asked = time.monotonic(), 0

    def go_on() -> bool:
        nonlocal asked
        asked += 1
        passed = time.monotonic() - begun
        told(min(1.0, passed / seconds if seconds else asked / _STAGES))
        return seconds is None or passed < seconds

    return go_on


class BestSoFar(Generic[_Made]):
    """Writes what gets better, so that whoever stops the command keeps the best so far and its bound."""

    def __init__(self, out: Path, text: Callable[[_Made], str]) -> None:
        self._out, self._text = out, text
        self._next = 0.0

    def on_the_way(self, made: _Made) -> None:
        """Now and then."""
        if time.monotonic() >= self._next:
            self.write(self._text(made))
            self._next = time.monotonic() + _BETWEEN

    def write(self, text: str) -> None:
        """At once."""
        with atomic_write(self._out, language=language()) as file:
            file.write(text.encode("utf-8"))
