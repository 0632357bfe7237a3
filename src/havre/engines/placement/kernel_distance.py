# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Points that fall with distance."""

import math
from typing import Any

import numpy as np
from numba import njit

EARTH_KM = 12742.0
"""The diameter."""


@njit(cache=True, nogil=True)
def near(towns: Any, centres: Any, most: float, km: float) -> Any:
    """(towns, centres) int32: round(most * exp(-distance / km)); both (n, 2) in degrees. Great circles (haversine)."""
    points = np.empty((len(towns), len(centres)), np.int32)
    for i in range(len(towns)):
        lat, lon = math.radians(towns[i, 0]), math.radians(towns[i, 1])
        for j in range(len(centres)):
            to_lat, to_lon = math.radians(centres[j, 0]), math.radians(centres[j, 1])
            s = (
                math.sin((to_lat - lat) / 2) ** 2
                + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
            )
            points[i, j] = np.rint(most * math.exp(-EARTH_KM * math.asin(min(1.0, math.sqrt(s))) / km))
    return points
