# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The search before registering: whom it finds among two hundred thousand people, how long it takes among a million.

``python -m bench.search DATA [FOLDER]`` prints this section alone; DATA is the folder of the open register. A private
PostgreSQL is made in FOLDER and kept there; without FOLDER it is thrown away.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.tables import machine, say
from havre.core.database.cluster import SUPERUSER, Cluster

MILLION = 1_000_000
TIMED = 200
"""Requests of each kind that are measured."""


def bench_search(data: Path) -> None:
    """Prints the section on the search; in a process of its own, whose settings are not those of whoever calls."""
    subprocess.run([sys.executable, "-m", "bench.search", str(data), "--section"], check=True)


def main() -> None:
    """Fills a site and measures it twice: with the open register, and with a million."""
    data, *more = [name for name in sys.argv[1:] if name != "--section"]
    if "--section" not in sys.argv:
        say(machine() + "\n")
    with ExitStack() as stack:
        var = Path(more[0] if more else stack.enter_context(tempfile.TemporaryDirectory())).absolute()
        for name in [name for name in os.environ if name.startswith("HAVRE_")]:
            del os.environ[name]
        os.environ |= {"HAVRE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "havre.conf.settings"}
        _measure(Path(data).absolute(), var)


def _measure(data: Path, var: Path) -> None:
    from havre.conf.migrating import bring_up_to_date
    from havre.conf.running import running_site

    with running_site() as server:
        if not isinstance(server, Cluster):
            raise TypeError("the search is measured on its own PostgreSQL")
        from bench.search_found import found_table
        from bench.search_peers import peers_table
        from bench.search_times import times_table
        from bench.search_world import (
            belonging,
            caseworkers,
            make_members,
            queries,
            register,
            strangers,
            write,
        )

        url, people, asked = server.url(SUPERUSER), register(data), queries(data)
        if not (var / "members").exists():
            bring_up_to_date(server)
            make_members()
            (var / "members").touch()
        members = caseworkers()
        if not (var / "register").exists():
            write(url, people, lambda _: members[0], len(people), "search: the open register")
            (var / "register").touch()
        if not (var / "found").exists():
            (var / "found").write_text(found_table(data, members[0]), "utf-8")
        if not (var / "million").exists():
            more = MILLION - len(people)
            write(url, strangers(people, more), belonging(members[0]), more, "search: a million")
            (var / "million").touch()
        say("## The search\n")
        say((var / "found").read_text("utf-8"))
        say(times_table(members, asked[: TIMED + 1]))
        say(peers_table(url, data, asked[: TIMED + 1]))


if __name__ == "__main__":
    main()
