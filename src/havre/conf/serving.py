# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre serve``: the database, the web server and a worker for jobs, looked after until Ctrl-C or SIGTERM."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from havre.conf.console import CommandError, say, tell, why
from havre.conf.migrating import check_up_to_date
from havre.conf.running import running_site
from havre.core.database.cluster import Cluster
from havre.core.database.server import OwnServer

_LOOK = 0.2
_PATIENCE = 25.0
"""Seconds that a process has to end by itself."""
_LONGEST_WAIT = 30.0
"""A process that dies at once again and again is started again after so many seconds at most."""


@contextmanager
def site() -> Iterator[Cluster | OwnServer]:
    """The database runs inside of the block and is up to date; CommandError where it is not."""
    with running_site() as server:
        check_up_to_date()
        yield server


def serve(host: str, port: int) -> None:
    """Serves until it is told to stop; CommandError where it cannot begin."""
    with site() as server:
        serve_on(server, host, port)


def serve_on(server: Cluster | OwnServer, host: str, port: int) -> None:
    """Serves from a database that runs, until it is told to stop."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    check_port(host, port)
    crew = Crew(server, [Child("web", (host, str(port))), Child("jobs")])
    try:
        crew.start()
        wait_for_answer(host, port, crew)
        crew.look_after()
    except KeyboardInterrupt:
        tell(say("closing"))
    finally:
        crew.stop()


def check_port(host: str, port: int) -> None:
    """CommandError where nobody can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise CommandError(say("port_taken", host=host, port=port, why=why(error))) from error


def wait_for_answer(host: str, port: int, crew: "Crew") -> None:
    """Says the address once somebody answers there."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - where it listens is asked of us
    while not _answers(asked, port):
        crew.look()
        time.sleep(_LOOK)
    shown = f"[{asked}]" if ":" in asked else asked
    tell(say("serving", address=f"http://{shown}:{port}"))


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@dataclass
class Child:
    """One process, and when it may be started again."""

    name: str
    arguments: tuple[str, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    deaths: int = 0

    def start(self) -> None:
        """Starts the process, in a session of its own so that Ctrl-C reaches only us."""
        command = [sys.executable, "-m", "havre.conf.child", self.name, *self.arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
        self.started = time.monotonic()

    @property
    def lives(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def look(self) -> None:
        """Starts the process again if it has died; the sooner it died, the later."""
        if self.lives:
            return
        now = time.monotonic()
        if self.process is not None:
            self.deaths = self.deaths + 1 if now - self.started < _LONGEST_WAIT else 1
            tell(say("child_died", name=self.name))
            self.process.stdin.close() if self.process.stdin else None
            self.process, self.started = None, now + min(2.0 ** (self.deaths - 1) - 1, _LONGEST_WAIT)
        if now >= self.started:
            self.start()

    def signal(self, number: int) -> None:
        """Sends a signal, if there is anybody to hear it."""
        if self.process is not None and self.lives:
            self.process.send_signal(number)


@dataclass
class Crew:
    """The processes, and the private server below them."""

    server: Cluster | OwnServer
    children: list[Child] = field(default_factory=list)
    _looked: float = 0.0

    def start(self) -> None:
        """Starts everybody."""
        for child in self.children:
            child.start()

    def look_after(self) -> None:
        """Starts again whoever dies, for ever."""
        while True:
            self.look()
            time.sleep(_LOOK)

    def look(self) -> None:
        """Starts again whoever has died."""
        if isinstance(self.server, Cluster) and time.monotonic() - self._looked > 1.0:
            if not self.server.is_running():
                tell(say("database_died"))
                self.server.start()
            self._looked = time.monotonic()
        for child in self.children:
            child.look()

    def stop(self) -> None:
        """Ends everybody: asks first, and kills whoever has not ended after a while or a second Ctrl-C."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + _PATIENCE
        try:
            while any(child.lives for child in self.children) and time.monotonic() < until:
                time.sleep(0.05)
        except KeyboardInterrupt:
            tell(say("killing"))
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
