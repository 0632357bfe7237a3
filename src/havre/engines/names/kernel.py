# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The compiled inside of the comparison of names: which word is which, at what cost, and what is observed of it.

Numbers only, one pair of names after the other, in memory that does not grow. What the numbers mean is said in
``coded``. Symmetric in the two names to the bit, because
callers put the lower index first.
"""

from functools import partial
from typing import NamedTuple

import numpy as np
from numba import njit

from havre.engines.names.arrays import Flags, Floats, Indices
from havre.engines.names.coded import (
    COMMON,
    FAR,
    FLAGS,
    FORMS,
    INITIAL,
    INITIAL_COST,
    JOIN_COST,
    KNOTS,
    LEFT_RARE,
    LONG,
    LONGEST,
    MOST_TOKENS,
    MOVE_COST,
    NOTHING,
    OFTEN,
    ONE,
    ONE_FOR_TWO,
    OWN,
    RARE,
    RARITY_KNOTS,
    REACH,
    SHARED,
    SHARED_KNOTS,
    SHORT,
    TRIED,
    TWO_FOR_ONE,
    TWO_FOR_TWO,
    TYPED_SWAP,
    WIDTH,
    WORST,
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


def _side() -> Side:
    return Side(
        np.zeros(SLOTS, np.int32),
        np.zeros(SLOTS, np.int32),
        np.zeros(SLOTS, np.int32),
        np.zeros(SLOTS, np.int32),
        np.zeros(SLOTS, np.int32),
        np.zeros(SLOTS, np.int32),
        np.zeros((SLOTS, LONGEST), np.int32),
        np.zeros((SLOTS, LONGEST), np.int32),
        np.zeros((SLOTS, LONGEST), np.float32),
    )


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
    return _side(), _side(), scratch


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
        join_a, join_b = kind & 1, kind >> 1
        allowed = MOST_SUBSTITUTED_IN_JOIN if kind else MOST_SUBSTITUTED
        for i in range(m):
            for j in range(n):
                s.gain[kind, i, j] = -1
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
        if kind == 0:
            for other in range(1, 4):
                for i in range(m):
                    for j in range(n):
                        s.gain[other, i, j] = -1
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
def add_hat(row, base, knots, value, by):
    """Adds to two neighbouring features how near a value is to the knots around it; returns the lower knot."""
    last = len(knots) - 1
    value = min(max(value, knots[0]), knots[last])
    at = 0
    while at < last - 1 and value >= knots[at + 1]:
        at += 1
    share = (value - knots[at]) / (knots[at + 1] - knots[at])
    row[base + at] += by * (1 - share)
    row[base + at + 1] += by * share
    return at


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
        size = 0 if length <= SHORT else 1 if length < LONG else 2
        bits = min(words.rarity[wa[k]], words.rarity[wb[j]])
        common = 0 if bits < COMMON else 1
        add_hat(row, (2 * size + common) * len(KNOTS), KNOTS, s.cost[k], 1)
        worst = max(worst, s.cost[k])
        rare += bits * min(max(1 - s.cost[k] / 8, 0), 1)
        if s.how[k] == ONE:
            if wa[k] != wb[j]:
                shared = shared_forms(words, wa[k], wb[j])
                if shared >= 0:
                    often = 1 if min(words.seen[wa[k]], words.seen[wb[j]]) >= OFTEN else 0
                    add_hat(row, SHARED + often * len(SHARED_KNOTS), SHARED_KNOTS, shared, 1)
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
        add_hat(row, WORST, KNOTS, worst, 1)
        add_hat(row, RARE, RARITY_KNOTS, rare, 1)
        if left_a + left_b:
            add_hat(row, LEFT_RARE, RARITY_KNOTS, rare, 1)
    own = m > 0 and s.to[0] == 0
    moved = False
    if own and s.how[0] != INITIAL:
        add_hat(row, OWN, KNOTS, s.cost[0], 1)
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


@compiled()
def compare_rows(
    words, costs, weights, name_words, count, order, a, b, bits, missing, left, to, how, cost, one, two, s
):
    """Compares name a[i] with name b[i]; the arrays behind ``b`` are written: see ``compare.Compared``."""
    for i in order:
        wa, wb, m, n = name_words[a[i]], name_words[b[i]], count[a[i]], count[b[i]]
        align_names(words, costs, wa, m, wb, n, one, two, s)
        observe(words, wa, m, wb, n, s)
        total = 0.0
        for k in range(WIDTH):
            total += s.row[k] * weights[k]
        bits[i] = total
        missing[i] = s.row[FLAGS + 1] > 0
        left[i] = s.row[FLAGS + 2] > 0
        for k in range(MOST_TOKENS):
            to[i, k], how[i, k], cost[i, k] = s.to[k], s.how[k], s.cost[k]


@compiled()
def observe_rows(words, costs, name_words, count, a, b, features, one, two, s):
    """Writes the features of each pair, (n, WIDTH)."""
    for i in range(len(a)):
        wa, wb, m, n = name_words[a[i]], name_words[b[i]], count[a[i]], count[b[i]]
        align_names(words, costs, wa, m, wb, n, one, two, s)
        observe(words, wa, m, wb, n, s)
        for k in range(WIDTH):
            features[i, k] = s.row[k]
