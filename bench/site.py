# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site at a hundred thousand people: what its main pages cost, and an import.

``python -m bench.site [FOLDER]`` prints this section alone. A private PostgreSQL with the settings of a first run is
made in FOLDER and kept there, so that a page can be measured again; without FOLDER it is thrown away.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.tables import machine, say, table, tell
from havre.core.database.cluster import SUPERUSER, Cluster
from havre.scenario.scenario import scenario_day


def bench_site() -> None:
    """Prints the section on the site; in a process of its own, whose settings are not those of whoever calls."""
    subprocess.run([sys.executable, "-m", "bench.site", "--section"], check=True)


def main() -> None:
    """Fills a site, if the folder holds none, and measures it."""
    asked = sys.argv[1:]
    if "--section" not in asked:
        say(machine() + "\n")
    with ExitStack() as stack:
        kept = [name for name in asked if name != "--section"]
        var = Path(kept[0] if kept else stack.enter_context(tempfile.TemporaryDirectory())).absolute()
        for name in [name for name in os.environ if name.startswith("HAVRE_")]:
            del os.environ[name]
        os.environ |= {
            "HAVRE_VAR": str(var),
            "HAVRE_TODAY": scenario_day().isoformat(),
            "DJANGO_SETTINGS_MODULE": "havre.conf.settings",
        }
        _measure(var)


def _measure(var: Path) -> None:
    from havre.conf.running import running_site
    from havre.core.ui.assets import static

    with running_site() as server:
        static("havre/mark.svg")  # says so at once where the pages' styles are not built
        if not isinstance(server, Cluster):
            raise TypeError("the site is measured on its own PostgreSQL")
        if not (var / "filled").exists():
            _fill(server)
            (var / "filled").touch()
        _print(server.url(SUPERUSER))


def _fill(server: Cluster) -> None:
    from bench.site_cases import lead
    from bench.site_pages import caseworkers
    from bench.site_states import decide
    from bench.site_world import fill
    from havre.conf.migrating import bring_up_to_date

    began = time.monotonic()
    bring_up_to_date(server)
    fill()
    tell("site: decisions")
    decide(server.url(SUPERUSER))
    tell("site: cases")
    lead(server.url(SUPERUSER), caseworkers()[0])
    tell(f"site: filled in {time.monotonic() - began:.0f} s")


def _print(superuser: str) -> None:
    from bench.site_import import import_table, imported
    from bench.site_pages import caseworkers, opened, pages_table
    from bench.site_states import counts

    say("## The site\n")
    found = counts(superuser)
    say(table(tuple(found), [tuple(f"{n:,}" for n in found.values())]))
    members = caseworkers()
    say(pages_table(list(opened(members))))
    say(import_table(imported(members[0], superuser)))


if __name__ == "__main__":
    main()
