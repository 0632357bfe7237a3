# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site answers, gets up again whoever of it is killed, and leaves nothing behind when it is closed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from havre.conf.console import CommandError
from havre.conf.serving import check_port
from havre.core.database.cluster import Cluster

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
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}/cwd").exists()


def does(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return words[words.index("havre.conf.child") + 1] if "havre.conf.child" in words else ""


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@pytest.fixture(scope="module")
def served(site: Any, start: Callable[..., "subprocess.Popen[str]"]) -> Iterator[Served]:
    port = free_port()
    with start("serve", "--port", port) as process:
        found = Served(process, port)
        found.becomes("/readyz", 200)
        yield found
        process.kill()


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_it_answers_and_is_ready(served: Served) -> None:
    assert served.ask("/healthz") == (200, {"healthy": True})
    status, said = served.ask("/readyz")
    assert status == 200
    assert said == {"ready": True, "database": True, "migrations": True, "worker": True, "disk": True}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc")
def test_whoever_is_killed_gets_up_again(served: Served) -> None:
    before = served.children()
    assert set(before) == {"web", "jobs"}
    orphans = children_of(before["web"])
    assert orphans
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: all(map(is_gone, [*before.values(), *orphans])))
    served.becomes("/readyz", 200)
    assert set(served.children()) == {"web", "jobs"}


def test_a_database_that_is_killed_gets_up_again(served: Served, cluster: Cluster) -> None:
    before = (cluster.data / "postmaster.pid").read_text().split()[0]
    os.kill(int(before), signal.SIGKILL)
    wait_for(
        lambda: cluster.is_running() and (cluster.data / "postmaster.pid").read_text().split()[0] != before
    )
    served.becomes("/readyz", 200)


def test_a_port_that_is_taken_is_told_in_one_line(served: Served) -> None:
    with pytest.raises(CommandError, match=f"127.0.0.1, port {served.port}"):
        check_port("127.0.0.1", served.port)


def test_it_closes_when_it_is_asked_to_and_leaves_the_database_to_others(
    served: Served, cluster: Cluster
) -> None:
    children = served.children()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(40) == 0
    assert served.ask("/healthz") == (0, None)
    assert all(map(is_gone, children.values()))
    assert cluster.is_running()
    assert served.process.stderr is not None
    said = served.process.stderr.read()
    assert f"http://127.0.0.1:{served.port}" in said
    assert "Traceback" not in said


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc")
def test_a_site_that_is_killed_leaves_nobody_behind(
    site: Any, start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    with start("serve", "--port", free_port()) as process:
        served = Served(process, 0)
        wait_for(lambda: len(served.children()) == 2)
        children = served.children()
        process.kill()
    wait_for(lambda: all(map(is_gone, children.values())))
