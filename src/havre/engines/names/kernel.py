# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The compiled inside of the comparison of names: which word is which, at what cost, and what is observed of it.

Numbers only, one pair of names after the other, in memory that does not grow. What the numbers mean is said in
``coded``. Symmetric in the two names to the bit, because callers put the lower index first.
"""

from typing import NamedTuple

import numpy as np

from havre.engines.names.arrays import Flags, Floats, Indices
from havre.engines.names.coded import (
    FAR,
    FLAGS,
    INITIAL,
    INITIAL_COST,
    JOIN_COST,
    LONGEST,
    MOST_TOKENS,
    MOVE_COST,
    NOTHING,
    ONE,
    ONE_FOR_TWO,
    REACH,
    TRIED,
    TWO_FOR_ONE,
    TWO_FOR_TWO,
    TYPED_SWAP,
    WIDTH,
)  # fmt: skip
from havre.engines.names.kernel_features import observe
from havre.engines.names.kernel_words import (
    MOST_SUBSTITUTED,
    MOST_SUBSTITUTED_IN_JOIN,
    Side,
    compiled,
    far_apart,
    is_initial,
    lay,
    new_side,
    slot_cost,
    typed_swap,
)  # fmt: skip


class Scratch(NamedTuple):
    """Memory for one pair of names; ``to``, ``how``, ``cost``, ``left_a``, ``left_b`` and ``row`` hold the result."""

    table: Floats
    """The cheapest cost of each pair of beginnings of two words."""
    gain: Floats
    """(4, i, j): of aligning word i (or i and the next one) with word j, one for one, two for one, ..."""
    costs: Floats
    kinds: Indices
    best: Floats
    ways: Indices
    to: Indices
    how: Indices
    cost: Floats
    left_a: Flags
    left_b: Flags
    row: Floats


def memory() -> tuple[Side, Side, Scratch]:
    """What one thread compares pairs of names in."""
    shape = (4, MOST_TOKENS, MOST_TOKENS)
    scratch = Scratch(
        np.zeros((LONGEST + 1, LONGEST + 1), np.float32),
        np.zeros(shape, np.float32),
        np.zeros(shape, np.float32),
        np.zeros((MOST_TOKENS, MOST_TOKENS), np.int8),
        np.zeros((MOST_TOKENS + 1, 1 << MOST_TOKENS), np.float32),
        np.zeros((MOST_TOKENS, 1 << MOST_TOKENS), np.int16),
        np.zeros(MOST_TOKENS, np.int8),
        np.zeros(MOST_TOKENS, np.int8),
        np.zeros(MOST_TOKENS, np.float32),
        np.zeros(MOST_TOKENS, np.bool_),
        np.zeros(MOST_TOKENS, np.bool_),
        np.zeros(WIDTH, np.float32),
    )
    return new_side(), new_side(), scratch


@compiled()
def best_subset(gain, m, n, best, how):
    """The most that can be gained, by words of a done and set of used words of b; exact."""
    states = 1 << n
    for state in range(states):
        best[0, state] = -FAR
    best[0, 0] = 0
    for i in range(m):
        for state in range(states):
            top, way = best[i, state], 0
            for j in range(n):
                if not state >> j & 1:
                    continue
                g = gain[0, i, j]
                if g > 0 and best[i, state ^ (1 << j)] + g > top:
                    top, way = best[i, state ^ (1 << j)] + g, 1 + 5 * j
                if i > 0:
                    g = gain[1, i - 1, j]
                    if g > 0 and best[i - 1, state ^ (1 << j)] + g > top:
                        top, way = best[i - 1, state ^ (1 << j)] + g, 1 + 5 * j + TWO_FOR_ONE
                if j + 1 < n and state >> (j + 1) & 1:
                    without = state ^ (3 << j)
                    g = gain[2, i, j]
                    if g > 0 and best[i, without] + g > top:
                        top, way = best[i, without] + g, 1 + 5 * j + ONE_FOR_TWO
                    if i > 0:
                        g = gain[3, i - 1, j]
                        if g > 0 and best[i - 1, without] + g > top:
                            top, way = best[i - 1, without] + g, 1 + 5 * j + TWO_FOR_TWO
            best[i + 1, state] = top
            how[i, state] = way
    top, at = best[m, 0], 0
    for state in range(1, states):
        if best[m, state] > top:
            top, at = best[m, state], state
    return at


@compiled()
def walk_back(how, state, m, n, gain_kind, cost, s):
    """Writes the alignment into the scratch: ``to``, ``how``, ``cost``, ``left_a``, ``left_b``."""
    for k in range(MOST_TOKENS):
        s.to[k] = NOTHING
        s.how[k] = ONE
        s.cost[k] = 0
        s.left_a[k] = k < m
        s.left_b[k] = k < n
    i = m - 1
    while i >= 0:
        way = how[i, state]
        if way == 0:
            i -= 1
            continue
        j, kind = (way - 1) // 5, (way - 1) % 5
        slot = i - 1 if kind in (TWO_FOR_ONE, TWO_FOR_TWO) else i
        s.to[slot] = j
        s.how[slot] = gain_kind[slot, j] if kind == ONE else kind
        s.cost[slot] = cost[kind, slot, j]
        s.left_a[slot] = False
        s.left_a[i] = False
        s.left_b[j] = False
        state ^= 1 << j
        if kind in (ONE_FOR_TWO, TWO_FOR_TWO):
            s.left_b[j + 1] = False
            state ^= 1 << (j + 1)
        i = slot - 1


@compiled()
def align_names(words, costs, wa, m, wb, n, a, b, s):
    """Aligns two names, the indices of their words in ``wa[:m]`` and ``wb[:n]``; the result is in the scratch."""
    lay(words, wa, m, a)
    lay(words, wb, n, b)
    for kind in range(4):
        for i in range(m):
            for j in range(n):
                s.gain[kind, i, j] = -1
    for kind in range(4):
        join_a, join_b = kind & 1, kind >> 1
        allowed = MOST_SUBSTITUTED_IN_JOIN if kind else MOST_SUBSTITUTED
        for i in range(m):
            for j in range(n):
                if i + join_a >= m or j + join_b >= n:
                    continue
                least = FAR
                for reading in range(4):
                    x, y = 4 * i + 2 * join_a + (reading & 1), 4 * j + 2 * join_b + (reading >> 1)
                    if a.word[x] >= 0 and b.word[y] >= 0 and not far_apart(a, x, b, y, allowed):
                        least = min(least, slot_cost(words, costs, a, x, b, y, s.table))
                if kind == 0:
                    s.kinds[i, j] = ONE
                    if least > TYPED_SWAP and typed_swap(words, wa[i], wb[j]):
                        least = np.float32(TYPED_SWAP)
                    elif least > INITIAL_COST and is_initial(words, costs, wa[i], wb[j]):
                        least = np.float32(INITIAL_COST)
                        s.kinds[i, j] = INITIAL
                    s.gain[kind, i, j] = REACH - least - (MOVE_COST if (i == 0) != (j == 0) else 0.0)
                else:
                    # Two for two is worth it only where the space stands elsewhere: else each pair gains by itself.
                    s.gain[kind, i, j] = REACH - least - JOIN_COST * (join_a + join_b)
                s.costs[kind, i, j] = least
        if kind == 0 or kind == 3:
            walk_back(s.ways, best_subset(s.gain, m, n, s.best, s.ways), m, n, s.kinds, s.costs, s)
        if kind == 0 and not worth_joining(m, n, s):
            return


@compiled()
def worth_joining(m, n, s):
    """Whether a word was left over or is far from its partner, and there is one to join it with."""
    loose = False
    for k in range(MOST_TOKENS):
        loose = loose or s.left_a[k] or s.left_b[k] or s.cost[k] > TRIED
    return loose and (m > 1 or n > 1)


@compiled()
def see(words, costs, name_words, count, a, b, one, two, s):
    """Aligns name a with name b and observes them; the result is in the scratch."""
    wa, wb, m, n = name_words[a], name_words[b], count[a], count[b]
    align_names(words, costs, wa, m, wb, n, one, two, s)
    observe(words, wa, m, wb, n, s)


@compiled()
def weighed(row, weights):
    """Bits of a row of features."""
    total = 0.0
    for k in range(WIDTH):
        total += row[k] * weights[k]
    return total


@compiled()
def compare_rows(
    words, costs, weights, name_words, count, order, a, b, bits, missing, left, to, how, cost, one, two, s
):
    """Compares name a[i] with name b[i]; the arrays behind ``b`` are written: see ``compare.Compared``."""
    for i in order:
        see(words, costs, name_words, count, a[i], b[i], one, two, s)
        bits[i] = weighed(s.row, weights)
        missing[i] = s.row[FLAGS + 1] > 0
        left[i] = s.row[FLAGS + 2] > 0
        for k in range(MOST_TOKENS):
            to[i, k], how[i, k], cost[i, k] = s.to[k], s.how[k], s.cost[k]


@compiled()
def observe_rows(words, costs, name_words, count, a, b, features, one, two, s):
    """Writes the features of each pair, (n, WIDTH)."""
    for i in range(len(a)):
        see(words, costs, name_words, count, a[i], b[i], one, two, s)
        for k in range(WIDTH):
            features[i, k] = s.row[k]
