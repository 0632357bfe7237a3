# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far it is by road, as far as nobody has measured it."""

import math
from typing import Any

import numpy as np
from numba import njit

from havre.engines.placement.kernel_distance import EARTH_KM


@njit(cache=True, nogil=True)
def road_km(towns: Any, factor: float) -> Any:
    """(n, n) whole km between towns (n, 2) in degrees: the great circle (haversine) times the factor."""
    n = len(towns)
    km = np.zeros((n, n), np.int64)
    for i in range(n):
        lat, lon = math.radians(towns[i, 0]), math.radians(towns[i, 1])
        for j in range(n):
            to_lat, to_lon = math.radians(towns[j, 0]), math.radians(towns[j, 1])
            s = (
                math.sin((to_lat - lat) / 2) ** 2
                + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
            )
            km[i, j] = math.floor(EARTH_KM * math.asin(min(1.0, math.sqrt(s))) * factor + 0.5)
    return km
