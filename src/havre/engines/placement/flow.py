# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plan in which people of a party may part: an exact flow, its prices, and the first upper bound.

With beds each person counts for one, with rooms each party; then the flow is already the best plan. Where both kinds
stand in one part, a room of size z counts as z beds, which forbids nothing that a plan may do.
"""

from dataclasses import dataclass

import numpy as np

from havre.engines.placement.instance import Gains, Ints, Longs
from havre.engines.placement.kernel_bound import best_choices
from havre.engines.placement.kernel_flow import transport
from havre.engines.placement.parts import Part


@dataclass(frozen=True, slots=True)
class Flow:
    """What flows from types to places, in people (parties where the part is by rooms)."""

    price: Longs
    """(L,): of a bed (a room where the part is by rooms), not below 0."""
    types: Longs
    places: Longs
    amount: Longs
    bound: int
    """Points above waiting that no plan exceeds."""
    pivots: int


def flow_of(part: Part, unit_size: Ints) -> Flow:
    """The best flow; ``unit_size`` (L,) is that of the part's rooms."""
    weight = part.size if part.by_rooms else np.ones_like(part.size)
    supply = (part.count if part.by_rooms else part.count * part.size).astype(np.int64)
    room = part.units.astype(np.int64)
    if not part.by_rooms:
        room = np.where(part.is_room, room * unit_size, room)
    rows, columns = part.gain.shape
    gain: Gains = part.gain.astype(np.int32) * weight[:, None] if part.by_rooms else part.gain
    row_price, price = np.zeros(rows + 1, np.int64), np.zeros(columns + 1, np.int32)
    parent, amount = np.empty(rows + columns + 2, np.int32), np.empty(rows + columns + 2, np.int64)
    pivots = transport(
        gain, np.append(supply, room.sum()), np.append(room, supply.sum()), row_price, price, parent, amount
    )
    types, places, flows = _cells(parent, amount, rows, columns)
    prices = np.maximum(price[:columns], 0).astype(np.int64)
    best = np.empty(rows, np.int64)
    best_choices(part.gain, weight, np.zeros(rows, np.int64), prices[None], 1, best)
    bound = int((best * supply).sum() + (prices * room).sum())
    return Flow(prices, types, places, flows, bound, int(pivots))


def _cells(parent: Ints, amount: Longs, rows: int, columns: int) -> tuple[Longs, Longs, Longs]:
    """The cells of the tree that carry something from a type to a place."""
    nodes = np.flatnonzero((parent >= 0) & (amount > 0))
    is_row = nodes <= rows
    row = np.where(is_row, nodes, parent[nodes])
    column = np.where(is_row, parent[nodes], nodes) - rows - 1
    kept = (row < rows) & (column < columns)
    return row[kept], column[kept], amount[nodes][kept]
