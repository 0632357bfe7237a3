# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site answers, gets up again whoever of it is killed, and leaves nothing behind when it is closed."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from house.served import Served, children_of, free_port, is_gone, wait_for

from havre.conf.console import CommandError
from havre.conf.serving import check_port
from havre.core.database.cluster import Cluster


@pytest.fixture(scope="module")
def served(site: Any, start: Callable[..., "subprocess.Popen[str]"]) -> Iterator[Served]:
    port = free_port()
    with start("serve", "--port", port) as process:
        found = Served(process, port)
        found.becomes("/readyz", 200)
        yield found
        process.kill()


def test_it_answers_and_is_ready(served: Served) -> None:
    assert served.ask("/healthz") == (200, {"healthy": True})
    status, said = served.ask("/readyz")
    assert status == 200
    assert said == {"ready": True, "database": True, "migrations": True, "worker": True, "disk": True}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc")
@pytest.mark.soak
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
