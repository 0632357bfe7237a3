# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A process that ``havre serve`` starts and looks after: ``web HOST PORT``, or ``jobs``.

Its standard input is held open by whoever started it. When that ends, killed or not, the process ends too.
"""

import os
import signal
import sys
import threading

WORKERS, THREADS = 2, 4
"""Measured: two processes with four threads each serve a machine with two cores best."""
_PATIENCE = 10
"""Seconds that a page has to end when the server closes."""


def _end_with_parent() -> None:
    # The descriptor itself: a reader object would hold its lock when the web server forks.
    while os.read(0, 1024):
        continue
    os.kill(os.getpid(), signal.SIGTERM)


def _web(host: str, port: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "havre.conf.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=_PATIENCE,
        log_level=LogLevels.warning,
    ).serve()


def _jobs() -> None:
    from havre.conf.running import set_up

    set_up()
    from havre.core.jobs import work

    work()


def main() -> None:
    """Becomes what the command line says."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.argv[1] == "web":
        _web(*sys.argv[2:])
    else:
        _jobs()


if __name__ == "__main__":
    main()
