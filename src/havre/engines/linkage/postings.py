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

from havre.engines.names.arrays import Indices

COMMON = 300
"""Rows that hold a key, above which it makes nobody meet alone."""
NOBODY = -1
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


class Fact:
    """Columns of ``Rows.facts``: four for each of two people, and what one calls the other; 0 is not known."""

    SEX, BIRTH, PHONE, NATION = range(4)
    """Sex from 1; the middle of the birth interval, an ordinal; the last nine digits; nationality from 1."""
    EACH = 4
    PEOPLE = 2
    RELATION = EACH * PEOPLE
    """From 1."""
    WIDTH = RELATION + 1


# What else speaks for or against a pair that shares keys, in thousandths of a bit: roughly as the learned weights have
# it. It only orders candidates.
SEX_AGREES = 1000
SEX_DIFFERS = 2000
NATION_DIFFERS = 3000
PHONE_DIFFERS = 3000
AGE_AGREES = 2000
DAYS_FREE = 300
"""Days between the middles of two birth intervals up to which the ages agree."""
DAY_APART = 3
MOST_APART = 7000
_EACH, _RELATION = Fact.EACH, Fact.RELATION


def rows_of(n: int, row: Indices, key: Indices, facts: Indices) -> Rows:
    """From (row, key) in any order, some perhaps twice."""
    order = np.lexsort((key, row))
    row, key = row[order], key[order]
    first = np.ones(len(row), bool)
    first[1:] = (np.diff(row) != 0) | (np.diff(key) != 0)
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(row[first], minlength=n), out=start[1:])
    return Rows(start, key[first].astype(np.int64), np.ascontiguousarray(facts, np.int32))


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
    found = [
        _best_of(low, min(low + _CHUNK, len(a)), (meet_a.start, meet_a.keys), (by_key, holders),
                 (a.start, a.keys, a.facts), (b.start, b.keys, b.facts), weights, fits, least, most)
        for low in range(0, len(a), _CHUNK)
    ]  # fmt: skip
    if not found:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    i, j = np.concatenate(found, axis=1).astype(np.intp)
    order = np.lexsort((j, i))
    return i[order], j[order]


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


@njit(cache=True, nogil=True)
def _said(a: Any, b: Any, fits: Any) -> int:
    """Thousandths of a bit that the facts of two rows say for their being one, or against it."""
    bits = int(fits[a[_RELATION], b[_RELATION]])
    known, common = 0, False
    for at in range(0, _RELATION, _EACH):
        if a[at] and b[at]:
            bits += SEX_AGREES if a[at] == b[at] else -SEX_DIFFERS
        if a[at + 1] and b[at + 1]:
            apart = abs(a[at + 1] - b[at + 1]) - DAYS_FREE
            bits += AGE_AGREES - min(MOST_APART, max(0, apart) * DAY_APART)
        if a[at + 2] and b[at + 2]:
            one, two, wrong = a[at + 2], b[at + 2], 0
            while one or two:
                wrong += one % 10 != two % 10
                one //= 10
                two //= 10
            if wrong > 2:
                bits -= PHONE_DIFFERS
    for x in range(3, _RELATION, _EACH):
        for y in range(3, _RELATION, _EACH):
            if a[x] and b[y]:
                known += 1
                common |= a[x] == b[y]
    return bits - (NATION_DIFFERS if known and not common else 0)


@njit(cache=True, nogil=True)
def _together(
    start_a: Any, keys_a: Any, row: int, start_b: Any, keys_b: Any, other: int, weights: Any
) -> int:
    """The weights of the keys that a row of a shares with one of b."""
    bits = 0
    x, y = start_a[row], start_b[other]
    while x < start_a[row + 1] and y < start_b[other + 1]:
        if keys_a[x] == keys_b[y]:
            bits += weights[keys_a[x]]
            x += 1
            y += 1
        elif keys_a[x] < keys_b[y]:
            x += 1
        else:
            y += 1
    return bits


@njit(cache=True, nogil=True)
def _floor(sums: Any, least: int, highest: Any) -> int:
    """The lowest sum that is kept; ``highest`` has a place for each that is to be kept, ties apart."""
    highest[:] = least
    for bits in sums:
        place = 0
        while place < len(highest) and bits > highest[place]:
            place += 1
        if place:
            highest[: place - 1] = highest[1:place]
            highest[place - 1] = bits
    floor, kept = highest[0], 0
    for bits in sums:
        kept += bits >= floor
    return int(floor + 1 if kept > 2 * len(highest) else floor)


@njit(cache=True, nogil=True)
def _best_of(
    low: int,
    high: int,
    meet: Any,
    postings: Any,
    a: Any,
    b: Any,
    weights: Any,
    fits: Any,
    least: int,
    most: int,
) -> Any:
    """``best`` for the rows low .. high - 1 of a."""
    (meet_start, meet_keys), (begin, holders) = meet, postings
    (start_a, keys_a, facts_a), (start_b, keys_b, facts_b) = a, b
    seen = np.full(len(start_b) - 1, NOBODY, np.int64)
    met, sums, highest = (
        np.empty(len(seen), np.int32),
        np.empty(len(seen), np.int32),
        np.empty(most, np.int32),
    )
    out = np.empty((2, (high - low) * 2 * most), np.int32)
    written = 0
    for row in range(low, high):
        count = 0
        for key in meet_keys[meet_start[row] : meet_start[row + 1]]:
            if key + 1 >= len(begin):
                continue
            for other in holders[begin[key] : begin[key + 1]]:
                if seen[other] == row:
                    continue
                seen[other] = row
                bits = _together(start_a, keys_a, row, start_b, keys_b, other, weights)
                if bits >= least:
                    bits += _said(facts_a[row], facts_b[other], fits)
                    met[count], sums[count] = other, bits
                    count += bits >= least
        floor = _floor(sums[:count], least, highest)
        for k in range(count):
            if sums[k] >= floor:
                out[0, written], out[1, written] = row, met[k]
                written += 1
    return out[:, :written].copy()
