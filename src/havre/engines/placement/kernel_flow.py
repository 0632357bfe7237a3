# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The transportation problem, exactly: a network simplex whose arcs are the cells of a dense table.

Rows send, columns take; a last row sends what stays empty and a last column takes who waits, both for nothing, so that
the tree "all wait, all empty" is a first feasible one. No cell outside the tree carries anything, so nothing but the
tree is kept. Strongly feasible trees (Cunningham 1976) keep it from cycling.
"""

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def transport(gain: Any, supply: Any, room: Any, row_price: Any, price: Any, parent: Any, flow: Any) -> Any:
    """Fills the prices of rows and columns, and the tree: for each node its parent and what flows between the two.

    ``gain`` is a table of short or long whole numbers, without that last row and column; ``supply`` (rows,) and
    ``room`` (columns,) are with them, and their sums are equal. Node numbers: rows first, then columns; the last
    column is the root. Returns the number of pivots.
    """
    rows, columns = len(supply), len(room)
    nodes = rows + columns
    root, empty = nodes - 1, rows - 1
    depth = np.zeros(nodes, np.int32)
    child, after, before = (
        np.full(nodes, -1, np.int32),
        np.full(nodes, -1, np.int32),
        np.full(nodes, -1, np.int32),
    )
    stack = np.empty(nodes, np.int32)
    parent[root], flow[root] = -1, 0
    for node in range(nodes - 1):
        above = root if node < rows else empty
        parent[node] = above
        flow[node] = supply[node] if node < rows else room[node - rows]
        depth[node] = 1 if node < rows else 2
        _hang(child, after, before, node, above)
    flow[empty] = 0
    row_price[:], price[:] = 0, 0
    block = max(8, min(64, rows // 40))
    cursor, pivots, idle = 0, 0, 0
    while idle < rows:
        best, best_row = 0, -1
        for _ in range(block):
            row = cursor
            cursor = cursor + 1 if cursor + 1 < rows else 0
            most = np.int32(0)
            if row == empty:
                for column in range(columns - 1):
                    most = max(most, np.int32(-price[column]))
            else:
                for column in range(columns - 1):
                    most = max(most, np.int32(np.int32(gain[row, column]) - price[column]))
            idle += 1
            if most - row_price[row] > best:
                best, best_row = most - row_price[row], row
            if idle >= rows:
                break
        if best_row < 0:
            continue
        idle = 0
        wanted, into = np.int32(best + row_price[best_row]), 0
        while (
            into < columns - 1 and (0 if best_row == empty else gain[best_row, into]) - price[into] != wanted
        ):
            into += 1
        pivots += 1
        u, v = best_row, rows + into
        # What can be sent round the cycle, and where it runs dry: the last such place along the cycle from the join.
        a, b, least, leaves, on_u = u, v, np.int64(1) << 60, -1, True
        while a != b:
            if depth[a] >= depth[b]:
                if a < rows and flow[a] < least:
                    least = flow[a]
                a = parent[a]
            else:
                if b >= rows and flow[b] < least:
                    least = flow[b]
                b = parent[b]
        join = a
        a = u
        while a != join:
            if a < rows and flow[a] == least:
                leaves = a
                break
            a = parent[a]
        b = v
        while b != join:
            if b >= rows and flow[b] == least:
                leaves, on_u = b, False
            b = parent[b]
        a = u
        while a != join:
            flow[a] += -least if a < rows else least
            a = parent[a]
        b = v
        while b != join:
            flow[b] += least if b < rows else -least
            b = parent[b]
        top, above = (u, v) if on_u else (v, u)
        shift = best if on_u else -best
        # The part that comes loose is hung up by the end of the cell that enters.
        node, new_above, carried = top, above, least
        while True:
            old_above, old_carried = parent[node], flow[node]
            _unhang(child, after, before, node, old_above)
            parent[node], flow[node] = new_above, carried
            _hang(child, after, before, node, new_above)
            if node == leaves:
                break
            node, new_above, carried = old_above, node, old_carried
        # Its prices move: rows by +shift and columns by -shift.
        stack[0], height = top, 1
        while height:
            height -= 1
            node = stack[height]
            depth[node] = depth[parent[node]] + 1
            if node < rows:
                row_price[node] += shift
            else:
                price[node - rows] -= shift
            below = child[node]
            while below >= 0:
                stack[height] = below
                height += 1
                below = after[below]
    return pivots


@njit(cache=True, nogil=True)
def _hang(child: Any, after: Any, before: Any, node: Any, above: Any) -> None:
    first = child[above]
    after[node], before[node], child[above] = first, -1, node
    if first >= 0:
        before[first] = node


@njit(cache=True, nogil=True)
def _unhang(child: Any, after: Any, before: Any, node: Any, above: Any) -> None:
    left, right = before[node], after[node]
    if left >= 0:
        after[left] = right
    else:
        child[above] = right
    if right >= 0:
        before[right] = left
