# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes ``land.csv`` of the placement engine from Natural Earth's land at 1:10 million.

    python -m bench.make_land frontend/node_modules/world-atlas/land-10m.json > src/havre/engines/placement/land.csv

A cell of the grid is land if some land lies in it or nearer than MARGIN to it.
"""

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from havre.engines.placement.land import CELLS

MARGIN = 10 / 111
"""Degrees of latitude: 10 km."""
_STEP = 0.02
"""Degrees between two points of a coast that are looked at, at most."""
_NULL = 0.1
"""Degrees around 0, 0: there Natural Earth has an island for coordinates gone wrong."""
_HEAD = """\
# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: CC0-1.0
#
# Where there is land: the world in cells of a quarter of a degree. A row is a band of latitude, counted from the
# south pole; then pairs of the first cell of a stretch of land and the first behind it, counted eastward from 180 W.
# Land of Natural Earth (public domain) at 1:10 million, and what lies within 10 km of it. Made by bench/make_land.py.
band,stretches
"""
Line = npt.NDArray[np.float64]


def main() -> None:
    """The table goes to standard output."""
    land = grid(rings(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
    sys.stdout.write(_HEAD)
    for band, row in enumerate(land):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
        if len(edges):
            sys.stdout.write(f"{band},{' '.join(str(edge) for edge in edges)}\n")


def rings(atlas: dict[str, Any]) -> Iterator[Line]:
    """Every ring of the TopoJSON as (n, 2) longitudes and latitudes."""
    scale, origin = np.array(atlas["transform"]["scale"]), np.array(atlas["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in atlas["arcs"]]
    for each in atlas["objects"]["land"]["geometries"]:
        for polygon in each["arcs"]:
            for ring in polygon:
                line = np.vstack([arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring])
                if np.abs(line).max() > _NULL:
                    yield line


def grid(lines: Iterator[Line]) -> npt.NDArray[np.bool_]:
    """(bands, cells): inside by the parity of crossings at the middle of each cell, and what is near a coast."""
    bands, around = 180 * CELLS, 360 * CELLS
    crossed = np.zeros((bands, around + 1), np.int64)
    near = np.zeros((bands, around), np.bool_)
    for line in lines:
        for (x, y), (to_x, to_y) in pairwise(line):
            low, high = sorted(((y + 90) * CELLS - 0.5, (to_y + 90) * CELLS - 0.5))
            for band in range(math.ceil(low), math.ceil(high)):
                at = x + ((band + 0.5) / CELLS - 90 - y) / (to_y - y) * (to_x - x)
                crossed[band, min(around, max(0, math.ceil((at + 180) * CELLS - 0.5)))] += 1
            for share in np.linspace(0, 1, 2 + int(math.dist((x, y), (to_x, to_y)) / _STEP)):
                _mark(near, x + share * (to_x - x), y + share * (to_y - y))
    return near | (np.cumsum(crossed, axis=1)[:, :-1] % 2 == 1)


def _mark(near: npt.NDArray[np.bool_], lon: float, lat: float) -> None:
    wide = min(90.0, MARGIN / max(0.01, math.cos(math.radians(lat))))
    south, north = (math.floor((each + 90) * CELLS) for each in (lat - MARGIN, lat + MARGIN))
    west, east = (math.floor((each + 180) * CELLS) for each in (lon - wide, lon + wide))
    near[max(0, south) : north + 1, np.arange(west, east + 1) % near.shape[1]] = True


if __name__ == "__main__":
    main()
