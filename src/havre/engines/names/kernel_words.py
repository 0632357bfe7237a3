# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The compiled inside of the comparison of words: what it costs to take one word, or two, for another."""

from functools import partial
from typing import NamedTuple

import numpy as np
from numba import njit

from havre.engines.names.arrays import Floats, Indices
from havre.engines.names.coded import (
    FAR,
    LONGEST,
    MOST_TOKENS,
    NOTHING,
    REACH,
)  # fmt: skip

# Without reference counts, which cost several times what is computed: so a function here makes no array, but is handed
# the memory that it writes in.
compiled = partial(njit, cache=True, nogil=True, _nrt=False)

SLOTS = 4 * MOST_TOKENS
"""A word alone or with the next one as one, in one of two readings: ``slot``."""
MOST_SUBSTITUTED = 2
"""Consonants of one word without a counterpart in the other up to which the two are aligned at all."""
MOST_SUBSTITUTED_IN_JOIN = 1
MOST_UNITS_APART = 8
BEST_TO_COME = np.float32(6)
"""Bits that the rest of two words may win back at most."""


class Side(NamedTuple):
    """One name as it lies on one side of a comparison, S slots."""

    word: Indices
    """(S,): the word, and the next one in a join or NOTHING; NOTHING where there is no such reading."""
    next: Indices
    heavy: Indices
    """(S,): consonant classes, see ``Words``."""
    strict: Indices
    coded: Indices
    """(S,): for which table and side the units are coded, 0 for none."""
    length: Indices
    units: Indices
    """(S, LONGEST): units by place."""
    group: Indices
    """(S, LONGEST): the group that a unit forms with the one before it, or 0."""
    out: Floats
    """(S, LONGEST): cost of leaving the unit out."""


def new_side() -> Side:
    """Memory for one side."""
    of_slots, of_units = np.zeros((6, SLOTS), np.int32), np.zeros((2, SLOTS, LONGEST), np.int32)
    return Side._make([*of_slots, *of_units, np.zeros((SLOTS, LONGEST), np.float32)])


@compiled(inline="always")
def table_of(script_a, script_b):
    """The table for two scripts; Ethiopic is read into Latin units, so that it can stand on the Latin side."""
    if script_a == script_b:
        return 3 if script_a == 2 else 0
    return 1 if script_a == 2 or script_b == 2 else 2


@compiled()
def lay(words, name, count, side):
    """Puts the words of a name, their joins and other readings into the slots of a side."""
    for i in range(count):
        for join in range(2):
            for reading in range(2):
                slot = 4 * i + 2 * join + reading
                word, after = name[i], NOTHING
                side.coded[slot] = 0
                side.word[slot] = NOTHING
                if join and i + 1 == count:
                    continue
                if join:
                    after = name[i + 1]
                    if reading:  # the article of the second word may have been left out
                        after = words.reading[after]
                        if after == name[i + 1]:
                            continue
                elif reading:
                    word = words.reading[word]
                    if word == name[i]:
                        continue
                side.word[slot], side.next[slot] = word, after
                side.heavy[slot], side.strict[slot] = words.heavy[word], words.strict[word]
                if join:
                    side.heavy[slot] |= words.heavy[after]
                    side.strict[slot] |= words.strict[after]


@compiled()
def code_slot(words, costs, side, slot, table, at):
    """Codes the units of a slot for one side (0 or 1) of a table."""
    units, out, group = side.units, side.out, side.group
    total = 0
    for part in range(2):
        word = side.next[slot] if part else side.word[slot]
        if word < 0:
            continue
        for k in range(words.lengths[word]):
            unit = words.units[word, k]
            if total == 0 or units[slot, total - 1] != unit:
                units[slot, total] = unit
                total += 1
    for k in range(total):
        place = 0 if k == 0 else 2 if k == total - 1 else 1
        unit = units[slot, k]
        out[slot, k] = costs.left_out[table, at, unit, place]
        units[slot, k] = costs.placed[unit, place]
        group[slot, k] = costs.group[units[slot, k - 1], units[slot, k]] if k else 0
    side.length[slot] = total
    side.coded[slot] = 1 + 2 * table + at


@compiled(inline="always")
def bit_count(mask):
    """How many bits are set."""
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@compiled(inline="always")
def far_apart(one, x, two, y, allowed):
    """Whether two slots share so few consonants that aligning their units is not worth while.

    ``allowed``: consonants of one without a counterpart in the other.
    """
    missing = bit_count(one.strict[x] & ~two.heavy[y])
    back = bit_count(two.strict[y] & ~one.heavy[x])
    shared = bit_count(one.heavy[x] & two.heavy[y])
    most = max(missing, back)
    return most > allowed or (most == MOST_SUBSTITUTED and shared < 2) or (most > 0 and shared == 0)


@compiled()
def fill(change, grouped, swap, units_a, group_a, out_a, n, units_b, group_b, out_b, m, best):
    """The cheapest cost of n units for m units in one table; fills (n + 1, m + 1) of ``best``. Plain arrays: fast."""
    best[0, 0] = 0
    for j in range(m):
        best[0, j + 1] = best[0, j] + out_b[j]
    for i in range(1, n + 1):
        u, out_u, group_u = units_a[i - 1], out_a[i - 1], group_a[i - 1]
        best[i, 0] = best[i - 1, 0] + out_u
        least = best[i, 0]
        before = np.float32(0)
        for j in range(1, m + 1):
            v = units_b[j - 1]
            changed = change[u, v]
            cost = min(best[i - 1, j - 1] + changed, best[i - 1, j] + out_u, best[i, j - 1] + out_b[j - 1])
            if group_u:
                cost = min(cost, best[i - 2, j - 1] + grouped[0, group_u, v])
            if j > 1:
                if group_b[j - 1]:
                    cost = min(cost, best[i - 1, j - 2] + grouped[1, group_b[j - 1], u])
                if i > 1 and best[i - 2, j - 2] + before + swap < cost + 2:
                    crossed = before + change[units_a[i - 2], v] + swap
                    cost = min(cost, best[i - 2, j - 2] + crossed)
            before = changed
            best[i, j] = cost
            least = min(least, cost)
        if least > REACH + BEST_TO_COME:
            return FAR
    return best[n, m]


@compiled()
def typed_swap(words, a, b):
    """Whether two words are the same but for two neighbouring letters in the other order."""
    n = words.letter_count[a]
    if words.script[a] != words.script[b] or n != words.letter_count[b] or a == b:
        return False
    if words.letter_sum[a] != words.letter_sum[b]:
        return False
    k = 0
    while k < n and words.letters[a, k] == words.letters[b, k]:
        k += 1
    if k + 1 >= n:
        return False
    if words.letters[a, k] != words.letters[b, k + 1] or words.letters[a, k + 1] != words.letters[b, k]:
        return False
    k += 2
    while k < n and words.letters[a, k] == words.letters[b, k]:
        k += 1
    return k >= n


@compiled(inline="always")
def slot_cost(words, costs, a, x, b, y, best):
    """Cost of slot x of name a for slot y of name b."""
    script_a, script_b = words.script[a.word[x]], words.script[b.word[y]]
    table = table_of(script_a, script_b)
    first = 1 if script_a > script_b else 0
    if a.coded[x] != 1 + 2 * table + first:
        code_slot(words, costs, a, x, table, first)
    if b.coded[y] != 2 + 2 * table - first:
        code_slot(words, costs, b, y, table, 1 - first)
    if abs(a.length[x] - b.length[y]) > MOST_UNITS_APART:
        return FAR
    one, x, two, y = (b, y, a, x) if first else (a, x, b, y)
    return fill(
        costs.change[table], costs.grouped[table], costs.swap[0],
        one.units[x], one.group[x], one.out[x], one.length[x],
        two.units[y], two.group[y], two.out[y], two.length[y], best,
    )  # fmt: skip


@compiled()
def is_initial(words, costs, a, b):
    """Whether exactly one of two words is one letter, and may begin the other."""
    if (words.letter_count[a] == 1) == (words.letter_count[b] == 1):
        return False
    if words.lengths[a] == 0 or words.lengths[b] == 0:
        return False
    u, v = costs.placed[words.units[a, 0], 0], costs.placed[words.units[b, 0], 0]
    script_a, script_b = words.script[a], words.script[b]
    table = table_of(script_a, script_b)
    return (costs.change[table, u, v] if script_a <= script_b else costs.change[table, v, u]) < 1.0
