# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether coordinates lie in the sea: by a coarse grid of the world, so that no coast or island is taken for it."""

import csv
import math
from functools import cache
from importlib.resources import files

CELLS = 4
"""Of the grid, to a degree."""


def at_sea(lat: float, lon: float) -> bool:
    """Whether no land lies near: more than 10 km off for certain, and up to a cell (28 km) farther unnoticed."""
    band = min(math.floor((lat + 90) * CELLS), 180 * CELLS - 1)
    cell = math.floor((lon + 180) * CELLS) % (360 * CELLS)
    return not any(first <= cell < behind for first, behind in _land().get(band, ()))


@cache
def _land() -> dict[int, list[tuple[int, int]]]:
    """Stretches of land in each band."""
    text = (files(__package__) / "land.csv").read_text("utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    next(rows)
    found = {}
    for band, stretches in rows:
        edges = [int(edge) for edge in stretches.split()]
        found[int(band)] = list(zip(edges[::2], edges[1::2], strict=True))
    return found
