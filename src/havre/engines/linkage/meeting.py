# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kernel of ``postings``: whom a row meets, and what speaks for and against each of them."""

from typing import Any

import numpy as np
from numba import njit

from havre.engines.names.kernel_words import compiled

NOBODY = -1


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


@compiled()
def _said(a: Any, row: int, b: Any, other: int, fits: Any) -> int:
    """Thousandths of a bit that the facts of two rows say for their being one, or against it."""
    bits = fits[a[row, _RELATION], b[other, _RELATION]]
    for at in (0, _EACH):
        x, y = a[row, at], b[other, at]
        if x and y:
            bits += SEX_AGREES if x == y else -SEX_DIFFERS
        x, y = a[row, at + 1], b[other, at + 1]
        if x and y:
            bits += AGE_AGREES - min(MOST_APART, max(0, abs(x - y) - DAYS_FREE) * DAY_APART)
        x, y = a[row, at + 2], b[other, at + 2]
        if x and y and x != y:
            wrong = 0
            while x != y and wrong < 3:
                wrong += x % 10 != y % 10
                x //= 10
                y //= 10
            if wrong > 2:
                bits -= PHONE_DIFFERS
    known, common = False, False
    for at in (3, _EACH + 3):
        x = a[row, at]
        for too in (3, _EACH + 3):
            y = b[other, too]
            if x and y:
                known = True
                common = common or x == y
    return int(bits - (NATION_DIFFERS if known and not common else 0))


@compiled()
def _floor(sums: Any, count: int, least: int, highest: Any) -> int:
    """The lowest sum that is kept; ``highest`` has a place for each that is to be kept, ties apart."""
    for place in range(len(highest)):
        highest[place] = least
    for at in range(count):
        bits = sums[at]
        place = 0
        while place < len(highest) and bits > highest[place]:
            place += 1
        if place:
            for lower in range(place - 1):
                highest[lower] = highest[lower + 1]
            highest[place - 1] = bits
    floor, kept = highest[0], 0
    for at in range(count):
        kept += sums[at] >= floor
    return int(floor + 1 if kept > 2 * len(highest) else floor)


@compiled()
def _turns(row: int, meet: Any, begin: Any, turn: Any, many: Any) -> int:
    """Writes the keys by which a row meets others into ``turn``, those first that the fewest hold; says how many."""
    start, keys = meet
    count = 0
    for at in range(start[row], start[row + 1]):
        key = keys[at]
        if key + 1 >= len(begin):
            continue
        held = begin[key + 1] - begin[key]
        place = count
        while place and many[place - 1] > held:
            turn[place], many[place] = turn[place - 1], many[place - 1]
            place -= 1
        turn[place], many[place] = key, held
        count += 1
    return count


@compiled()
def _meet(row: int, turns: int, turn: Any, postings: Any, most_met: int, seen: Any, met: Any) -> int:
    """Writes which rows of b the row meets, each once; says how many."""
    begin, holders = postings
    count = visits = 0
    for at in range(turns):
        first, end = begin[turn[at]], begin[turn[at] + 1]
        visits += end - first
        if visits > most_met:
            break
        for holder in range(first, end):
            other = holders[holder]
            met[count] = other
            count += seen[other] != row
            seen[other] = row
    return count


@compiled()
def _weigh(
    row: int, a: Any, b: Any, held: Any, fits: Any, least: int, met: Any, count: int, sums: Any
) -> int:
    """Keeps of those whom a row met the ones with a sum of at least ``least``, and writes it; says how many."""
    _, _, facts_a = a
    start, keys, facts_b = b
    # One step for all who were met and then the next, not all steps for each: the processor waits less for memory.
    for at in range(count):
        bits = 0
        for k in range(start[met[at]], start[met[at] + 1]):
            bits += held[keys[k]]
        sums[at] = bits
    kept = 0
    for at in range(count):
        if sums[at] >= least:
            bits = sums[at] + _said(facts_a, row, facts_b, met[at], fits)
            if bits >= least:
                met[kept], sums[kept] = met[at], bits
                kept += 1
    return kept


@njit(cache=True, nogil=True)
def best_of(
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
    most_met: int,
) -> Any:
    """``postings.best`` for the rows low .. high - 1 of a."""
    start, keys, _ = a
    size = len(b[0]) - 1
    seen = np.full(size, NOBODY, np.int32)
    met, sums, highest = np.empty(size + 1, np.int32), np.empty(size, np.int32), np.empty(most, np.int32)
    longest = np.diff(meet[0][low : high + 1]).max()
    turn, many = np.empty(longest, np.int64), np.empty(longest, np.int64)
    # The weight of each key that the row holds, 0 for the others: what two rows share is then a sum without a question.
    held = np.zeros(len(weights), np.int32)
    out = np.empty((2, (high - low) * 2 * most), np.int32)
    written = 0
    for row in range(low, high):
        turns = _turns(row, meet, postings[0], turn, many)
        count = _meet(row, turns, turn, postings, most_met, seen, met)
        for at in range(start[row], start[row + 1]):
            held[keys[at]] = weights[keys[at]]
        count = _weigh(row, a, b, held, fits, least, met, count, sums)
        for at in range(start[row], start[row + 1]):
            held[keys[at]] = 0
        floor = _floor(sums, count, least, highest)
        for k in range(count):
            if sums[k] >= floor:
                out[0, written], out[1, written] = row, met[k]
                written += 1
    return out[:, :written].copy()
