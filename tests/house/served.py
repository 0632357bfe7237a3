# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre serve`` in a process of its own, and the processes below it."""

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 120
"""Seconds. A busy machine takes its time to start four processes."""


@dataclass
class Served:
    """A site in a process of its own."""

    process: "subprocess.Popen[str]"
    port: int

    def ask(self, path: str) -> tuple[int, Any]:
        """The status and the JSON of a page; (0, None) where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            return 0, None
        finally:
            connection.close()

    def becomes(self, path: str, status: int) -> Any:
        """Waits until a page answers so."""
        until = time.monotonic() + PATIENCE
        while (answer := self.ask(path))[0] != status:
            assert time.monotonic() < until, f"{path} does not become {status} but {answer}"
            time.sleep(0.1)
        return answer[1]

    def children(self) -> dict[str, int]:
        """What each process that is looked after does, and its number."""
        return {kind: pid for pid in children_of(self.process.pid) if (kind := does(pid))}


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    """Whether the process has ended, buried or not."""
    return not Path(f"/proc/{pid}/cwd").exists()


def does(pid: int) -> str:
    """``web`` or ``jobs`` for a process that is looked after."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return words[words.index("havre.conf.child") + 1] if "havre.conf.child" in words else ""


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it holds."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
