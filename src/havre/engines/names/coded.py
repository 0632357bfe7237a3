# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words, costs and features as the numbers that the kernel reads; without the kernel, which takes a second to load."""

from typing import NamedTuple

import numpy as np

from havre.engines.names.arrays import Floats, Indices

MOST_UNITS = 20
"""Units of a word that are compared."""
MOST_TOKENS = 6
"""Words of a name that are compared."""
FORMS = 3
"""Native forms of a word that are kept."""
LONGEST = 2 * MOST_UNITS
REACH = 18.0
"""Bits of cost from which on two words are not taken for one."""
JOIN_COST = 0.5
MOVE_COST = 0.25
INITIAL_COST = 8.0
"""Of one letter that stands for a word (J. for Javad)."""
TYPED_SWAP = 5.0
"""Cost of two words of one script that differ by two neighbouring letters typed in the other order (Khan, Kahn)."""
NOTHING = -1
ONE, TWO_FOR_ONE, ONE_FOR_TWO, TWO_FOR_TWO, INITIAL = range(5)
"""How a word of a was aligned: with a word of b, it and the next with one, it with two, they with two; as initial."""
FAR = np.float32(1e6)
"""Cost of two words that were not aligned."""
TRIED = 6.0
"""A plain alignment whose words all cost less than this, with none left over, is not tried to be bettered by joins."""

KNOTS = np.array([-6.0, -3.0, 0.0, 2.0, 4.0, 6.0, 8.5, 11.0, 14.0, REACH], np.float32)
"""Costs between which a weight is drawn as a straight line."""
RARITY_KNOTS = np.array([0.0, 6.0, 12.0, 18.0, 27.0, 40.0], np.float32)
"""Bits of rarity of the words that agree."""
SHARED_KNOTS = np.array([0.0, 0.08, 0.3, 0.7, 1.0], np.float32)
"""How far the native forms of two words are the same ones."""
LENGTHS = ("short", "middle", "long")
SHORT, LONG = 4, 7
"""Units of the longer word: short up to the first, long from the second on."""
COMMON = 11.0
"""Bits of rarity below which a word is a common one."""
SUPPORTS = ("seen", "seen often")
OFTEN = 5
"""Times that the rarer of two words was seen with its native forms from which on it was seen often."""

FEATURES = (
    *(
        f"word {length} {kind} {knot:g}"
        for length in LENGTHS
        for kind in ("common", "rare")
        for knot in KNOTS
    ),
    *(f"worst {knot:g}" for knot in KNOTS),
    *(f"own {knot:g}" for knot in KNOTS),
    *(f"forms {support} {knot:g}" for support in SUPPORTS for knot in SHARED_KNOTS),
    *(f"rarity {knot:g}" for knot in RARITY_KNOTS),
    *(f"left rarity {knot:g}" for knot in RARITY_KNOTS),
    "own moved",
    "own missing",
    "left on both",
    "left on both twice",
    "left on one",
    "left on one twice",
    "left on one, one word",
    "left on one, common",
    "left on one, at the end",
    "joined",
    "shifted",
    "initial",
    "two aligned",
    "three aligned",
    "nothing aligned",
    "always",
)
"""What is observed of a pair of names: the columns of a row of features."""

WORST, OWN, SHARED, RARE, LEFT_RARE, FLAGS = (
    FEATURES.index(first)
    for first in ("worst -6", "own -6", "forms seen 0", "rarity 0", "left rarity 0", "own moved")
)
"""Where in a row of features each group begins; the features of words stand first."""
WIDTH = len(FEATURES)


class Costs(NamedTuple):
    """What each step between two words costs, in bits. U units, P units by place, G groups of two units."""

    placed: Indices
    """(U, 3): unit and place (initial, inside, final) to the unit by place."""
    change: Floats
    """(table, P, P): one unit for one."""
    left_out: Floats
    """(table, side, U, place): a unit for none."""
    group: Indices
    """(P, P): the group of two neighbouring units by place, 0 where there is none."""
    grouped: Floats
    """(table, side, G, P): the group on that side for one unit on the other."""
    swap: Floats
    """(1,): added where two neighbouring units are swapped."""


class Words(NamedTuple):
    """W words, coded."""

    units: Indices
    """(W, MOST_UNITS)"""
    lengths: Indices
    script: Indices
    """0 Latin, 1 Ethiopic, 2 Arabic."""
    heavy: Indices
    """(W,): the consonant classes of the word, a bit each."""
    strict: Indices
    """(W,): of these, the classes of units that have one class only, and that are not easily left out."""
    letters: Indices
    """(W, MOST_UNITS)"""
    letter_count: Indices
    letter_sum: Indices
    reading: Indices
    """Another reading of the word: a word; itself where there is none."""
    form: Indices
    """(W, FORMS): native forms of the word, NOTHING where there are fewer."""
    form_share: Floats
    seen: Floats
    """How often the word was seen with these forms."""
    rarity: Floats
    """Bits."""
