# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which rows of one table share keys with a row of another, and which of them share most: an index, walked in a kernel.

Rows hold keys as whole numbers. Rows that share a key meet; a key that many rows hold makes nobody meet, but two such
keys together do. So the work grows with the rows, not with their square. Bits are counted in thousandths, as whole
numbers, so that a sum does not depend on the order in which it was taken.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from havre.engines.linkage.meeting import best_of
from havre.engines.names.arrays import Flags, Indices

COMMON = 300
"""Rows that hold a key, above which it makes nobody meet alone."""
MOST_MET = 2000
"""How often a row meets others at most, first by the keys that the fewest hold: so its work does not grow."""
_CHUNK = 1 << 13


@dataclass(frozen=True, slots=True)
class Rows:
    """n rows, each with distinct keys in rising order, and what else is known of it.

    The keys of row r are ``keys[start[r] : start[r + 1]]``.
    """

    start: Indices
    keys: Indices
    facts: Indices
    """(n, Fact.WIDTH) int32, see ``Fact``."""

    def __len__(self) -> int:
        return len(self.start) - 1


def rows_of(n: int, row: Indices, key: Indices, facts: Indices) -> Rows:
    """From (row, key) in any order, some perhaps twice."""
    order = np.lexsort((key, row))
    row, key = row[order], key[order]
    first = np.ones(len(row), bool)
    first[1:] = (np.diff(row) != 0) | (np.diff(key) != 0)
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(row[first], minlength=n), out=start[1:])
    return Rows(start, key[first].astype(np.int32), np.ascontiguousarray(facts, np.int32))


def best(
    a: Rows, b: Rows, weights: Indices, fits: Indices, *, least: int, most: int
) -> tuple[Indices, Indices]:
    """Pairs (row of a, row of b), sorted: for each row of a the ``most`` rows of b with the highest sum.

    The sum is of the ``weights`` of shared keys, at least ``least``, and of what the facts say, with it at least
    ``least`` again; ``fits[x, y]`` is what relations x and y say. What ties with the last one kept is kept too, unless
    that makes more than twice ``most``: then nothing picks among them.
    """
    meet_a, meet_b = _meeting(a, b)
    by_key, holders = _postings(meet_b)
    weigh_a, weigh_b = (_only(table, weights > 0) for table in (a, b))
    found = [
        best_of(low, min(low + _CHUNK, len(a)), (meet_a.start, meet_a.keys), (by_key, holders),
                 _columns(weigh_a), _columns(weigh_b), weights, fits, least, most, MOST_MET)
        for low in range(0, len(a), _CHUNK)
    ]  # fmt: skip
    if not found:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    i, j = np.concatenate(found, axis=1).astype(np.intp)
    order = np.lexsort((j, i))
    return i[order], j[order]


def _columns(table: Rows) -> tuple[Indices, Indices, Indices]:
    return table.start, table.keys, table.facts


def _only(table: Rows, wanted: Flags) -> Rows:
    """The table with some of its keys."""
    kept = wanted[table.keys]
    return Rows(
        np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])[table.start], table.keys[kept], table.facts
    )


def _meeting(a: Rows, b: Rows) -> tuple[Rows, Rows]:
    """Both tables with the keys by which rows meet: those that few rows of b hold, and pairs of the others."""
    size = 1 + int(max(a.keys.max(initial=0), b.keys.max(initial=0)))
    held = np.bincount(b.keys, minlength=size)
    common = held > COMMON
    if not common.any():
        return a, b
    pairs = [_key_pairs(table.start, table.keys, common, size) for table in (a, b)]
    known, count = np.unique(pairs[1][1], return_counts=True)
    known = known[count <= COMMON]
    tables = []
    for table, (row, pair) in zip((a, b), pairs, strict=True):
        at = np.searchsorted(known, pair)
        there = known[np.minimum(at, len(known) - 1)] == pair if len(known) else np.zeros(len(pair), bool)
        rare = ~common[table.keys]
        rows = np.repeat(np.arange(len(table)), np.diff(table.start))
        tables.append(
            rows_of(
                len(table),
                np.concatenate([rows[rare], row[there]]),
                np.concatenate([table.keys[rare], size + at[there]]),
                table.facts,
            )
        )
    return tables[0], tables[1]


@njit(cache=True, nogil=True)
def _key_pairs(start: Any, keys: Any, common: Any, size: int) -> Any:
    """(row, number of the pair) for each two common keys of a row."""
    total = 0
    for row in range(len(start) - 1):
        held = 0
        for at in range(start[row], start[row + 1]):
            held += common[keys[at]]
        total += held * (held - 1) // 2
    rows, pairs = np.empty(total, np.int32), np.empty(total, np.int64)
    n = 0
    for row in range(len(start) - 1):
        for at in range(start[row], start[row + 1]):
            if common[keys[at]]:
                for other in range(at + 1, start[row + 1]):
                    if common[keys[other]]:
                        rows[n], pairs[n] = row, keys[at] * size + keys[other]
                        n += 1
    return rows, pairs


def _postings(table: Rows) -> tuple[Indices, Indices]:
    """Where the holders of each key begin, and the rows that hold it, in order."""
    rows = np.repeat(np.arange(len(table), dtype=np.int32), np.diff(table.start))
    order = np.argsort(table.keys, kind="stable")
    count = np.bincount(table.keys)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(count)]), rows[order]
