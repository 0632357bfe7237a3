# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The compiled inside of what is observed of two names that are aligned, see ``coded.FEATURES``."""

import numpy as np

from havre.engines.names.coded import (
    COMMON,
    FLAGS,
    FORMS,
    INITIAL,
    KNOTS,
    LEFT_RARE,
    LONG,
    OFTEN,
    ONE,
    ONE_FOR_TWO,
    OWN,
    RARE,
    RARITY_KNOTS,
    SHARED,
    SHARED_KNOTS,
    SHORT,
    TWO_FOR_ONE,
    TWO_FOR_TWO,
    WIDTH,
    WORST,
)  # fmt: skip
from havre.engines.names.kernel_words import compiled


@compiled()
def knot_below(knots, value):
    """Index of the last knot not above a value, but for the last knot: the line between it and the next is meant."""
    at = 0
    while at < len(knots) - 2 and value >= knots[at + 1]:
        at += 1
    return at


@compiled()
def add_hat(row, base, knots, value):
    """Adds to two neighbouring features how near a value is to the knots around it."""
    value = min(max(value, knots[0]), knots[len(knots) - 1])
    at = knot_below(knots, value)
    share = (value - knots[at]) / (knots[at + 1] - knots[at])
    row[base + at] += 1 - share
    row[base + at + 1] += share


@compiled()
def shared_forms(words, a, b):
    """How far two words write the same native names, from 0 to 1; below 0 where one of them is not known."""
    if words.form[a, 0] < 0 or words.form[b, 0] < 0:
        return np.float32(-1)
    shared = np.float32(0)
    for x in range(FORMS):
        for y in range(FORMS):
            if words.form[a, x] >= 0 and words.form[a, x] == words.form[b, y]:
                shared += np.sqrt(words.form_share[a, x] * words.form_share[b, y])
    return min(shared, np.float32(1))


@compiled()
def slot_length(words, wa, wb, s, k):
    """Units of the longer side of what was aligned at slot k."""
    j, kind = s.to[k], s.how[k]
    one = words.lengths[wa[k]]
    if kind in (TWO_FOR_ONE, TWO_FOR_TWO):
        one += words.lengths[wa[k + 1]]
    two = words.lengths[wb[j]]
    if kind in (ONE_FOR_TWO, TWO_FOR_TWO):
        two += words.lengths[wb[j + 1]]
    return max(one, two)


@compiled()
def word_features(length, rarity):
    """Where the features begin of aligned words that are so long and so rare."""
    size = 0 if length <= SHORT else 1 if length < LONG else 2
    return (2 * size + (rarity >= COMMON)) * len(KNOTS)


@compiled()
def observe(words, wa, m, wb, n, s):
    """Writes what is observed of an aligned pair into ``s.row``, see FEATURES."""
    row = s.row
    for k in range(WIDTH):
        row[k] = 0
    count = joined = shifted = initials = 0
    rare = np.float32(0)
    worst = KNOTS[0]
    for k in range(m):
        j = s.to[k]
        if j < 0:
            continue
        count += 1
        if s.how[k] == INITIAL:
            initials += 1
            continue
        length = slot_length(words, wa, wb, s, k)
        bits = min(words.rarity[wa[k]], words.rarity[wb[j]])
        add_hat(row, word_features(length, bits), KNOTS, s.cost[k])
        worst = max(worst, s.cost[k])
        rare += bits * min(max(1 - s.cost[k] / 8, 0), 1)
        if s.how[k] == ONE:
            if wa[k] != wb[j]:
                shared = shared_forms(words, wa[k], wb[j])
                if shared >= 0:
                    often = 1 if min(words.seen[wa[k]], words.seen[wb[j]]) >= OFTEN else 0
                    add_hat(row, SHARED + often * len(SHARED_KNOTS), SHARED_KNOTS, shared)
        elif s.how[k] == TWO_FOR_TWO:
            shifted = 1
        else:
            joined = 1
    left_a = left_b = common_left = at_end = 0
    for k in range(m):
        if s.left_a[k]:
            left_a += 1
            common_left += words.rarity[wa[k]] < COMMON
            at_end += k == m - 1
    for k in range(n):
        if s.left_b[k]:
            left_b += 1
            common_left += words.rarity[wb[k]] < COMMON
            at_end += k == n - 1
    real = count - initials
    if real:
        add_hat(row, WORST, KNOTS, worst)
        add_hat(row, RARE, RARITY_KNOTS, rare)
        if left_a + left_b:
            add_hat(row, LEFT_RARE, RARITY_KNOTS, rare)
    own = m > 0 and s.to[0] == 0
    moved = False
    if own and s.how[0] != INITIAL:
        add_hat(row, OWN, KNOTS, s.cost[0])
    if not own and m > 0 and s.to[0] >= 0:
        for k in range(m):
            moved = moved or s.to[k] == 0
    both, extra = min(left_a, left_b), abs(left_a - left_b)
    flags = row[FLAGS:]
    flags[0] = moved
    flags[1] = not own and not moved
    flags[2] = both >= 1
    flags[3] = both >= 2
    flags[4] = extra >= 1
    flags[5] = extra >= 2
    flags[6] = extra >= 1 and min(m, n) == 1
    flags[7] = both == 0 and extra >= 1 and common_left == extra
    flags[8] = both == 0 and extra == 1 and at_end == 1
    flags[9] = joined
    flags[10] = shifted
    flags[11] = initials > 0
    flags[12] = count >= 2
    flags[13] = count >= 3
    flags[14] = count == 0
    flags[15] = 1
