# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``python -m bench [DATA]``: prints the figures of docs/reference/benchmarks.md as Markdown; about an hour.

DATA is the folder of open benchmark data with ``names/`` and ``lists/``; by default HAVRE_BENCH_DATA, else
``../shared/data``. Without it the scenario and the site alone are measured.
"""

import os
import sys
from pathlib import Path

from bench.coaches import bench_coaches
from bench.desk import bench_desk
from bench.lists import bench_lists, bench_scenario
from bench.name_pairs import bench_names
from bench.placement import bench_placement
from bench.replanning import bench_replanning
from bench.search import bench_search
from bench.site import bench_site
from bench.splink_rival import bench_splink
from bench.tables import machine, say, tell
from bench.veil import bench_veil

DATA = Path("../shared/data")


def main() -> None:
    """Measures everything, shortest first."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HAVRE_BENCH_DATA", "")
    data = Path(named or DATA)
    say(machine() + "\n")
    bench_scenario()
    bench_site()
    if not (data / "names").is_dir() or not (data / "lists").is_dir():
        tell(f"no benchmark data at {data}: name its folder as argument or in HAVRE_BENCH_DATA")
        sys.exit(1 if named else 0)
    bench_names(data / "names")
    bench_lists(data / "lists")
    bench_splink(data / "lists")
    bench_veil(data / "lists")
    if (data / "placement").is_dir():
        bench_placement(data / "placement")
        bench_replanning(data / "placement")
        bench_coaches(data / "placement" / "calais")
        bench_desk(data / "placement")
    if (data / "search").is_dir():
        bench_search(data / "search")


if __name__ == "__main__":
    main()
