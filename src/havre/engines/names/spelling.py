# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words made ready for the kernel, and what each step between two of them costs, in bits.

Each step of an alignment (a unit for a unit, two units for one, a unit left out, two units swapped) has a cost that was
learned; the costs depend on the two scripts. The sum over the cheapest alignment is about 0 for an ordinary other
spelling of a name, below 0 for the same letters, and grows with how seldom two clerks differ so: 15 bits and more say
another name.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import numpy as np

from havre.engines.names.arrays import NEW_LINE, Floats, Indices, code_points
from havre.engines.names.coded import MOST_UNITS, Costs, Words
from havre.engines.names.encode import CLASSES, code_lines, other_readings, unit_of
from havre.engines.names.forms import Forms, shipped_forms
from havre.engines.names.normalise import RANGES, Script

TABLES = ("latin-latin", "latin-arabic", "latin-ethiopic", "arabic-arabic")
RANKS = {Script.LATIN: 0, Script.ETHIOPIC: 1, Script.ARABIC: 2}
HUNDREDTHS = 100
"""Bits are written as whole hundredths."""
READ_AS_TWO = np.float32(0.5)
"""Cost of reading two letters as the one unit that they may write, or one such unit as two."""
_BITS = {letter: 1 << i for i, letter in enumerate(sorted({c for each in CLASSES.values() for c in each}))}
_SOFT = frozenset("hw")
"""Classes that come and go with a vowel: no reason not to look at two words."""


@cache
def data() -> dict[str, Any]:
    """The learned weights that ship with Havre."""
    read: dict[str, Any] = json.loads((files(__package__) / "weights.json").read_text("utf-8"))
    return read


class Alphabet:
    """Units, and units by place: a vowel or a breath is another thing at the beginning and at the end of a word."""

    def __init__(self, units: Sequence[str], placed: Sequence[str]) -> None:
        self.units = list(units)
        """Index to unit; index 0 is any other unit."""
        self.index = {unit: i for i, unit in enumerate(units)}
        self.names = [*units, *(f"^{unit}" for unit in placed), *(f"{unit}$" for unit in placed)]
        """Index to unit by place; the first ones are the units inside a word, or anywhere."""
        at = {name: i for i, name in enumerate(self.names)}
        self.placed = np.array(
            [[at.get(f"^{unit}", i), i, at.get(f"{unit}$", i)] for i, unit in enumerate(units)], np.int32
        )


def costs_of(written: dict[str, Any]) -> tuple[Alphabet, Costs]:
    """From the spelling part of ``weights.json``."""
    alphabet = Alphabet(written["units"], written["placed"])
    size, groups = len(alphabet.names), written["groups"]
    group = np.zeros((size, size), np.int32)
    for g, (one, two) in enumerate(groups, 1):
        group[np.ix_(alphabet.placed[one], alphabet.placed[two])] = g
    change, left_out = (
        (np.array(written[key]) / HUNDREDTHS).astype(np.float32) for key in ("change", "left_out")
    )
    grouped = usual_groups(change, left_out, alphabet, groups)
    for table, side, g, unit, bits in written["grouped"]:
        grouped[table, side, g, unit] = bits / HUNDREDTHS
    swap = np.array([written["swap"] / HUNDREDTHS], np.float32)
    return alphabet, Costs(alphabet.placed, change, left_out, group, grouped, swap)


def usual_groups(
    change: Floats, left_out: Floats, alphabet: Alphabet, groups: Sequence[Sequence[int]]
) -> Floats:
    """What two units for one cost where nothing was learned.

    One of them changed and the other left out; or read as one unit that is written with two letters (k and h as kh); or
    the one of the other side read as two such letters, each changed (th for t and h).
    """
    grouped = np.zeros((len(TABLES), 2, len(groups) + 1, len(alphabet.names)), np.float32)
    both = {unit: alphabet.index.get(unit) for unit in map("".join, product(alphabet.units, repeat=2))}
    letters = {
        p: [alphabet.index.get(letter, 0) for letter in name.strip("^$")]
        for p, name in enumerate(alphabet.names)
        if len(name.strip("^$")) == 2
    }
    for side in range(2):
        to = change if side == 0 else change.transpose(0, 2, 1)
        out = left_out[:, side, :, 1]
        for g, (one, two) in enumerate(groups, 1):
            cost = np.minimum(to[:, one] + out[:, two, None], to[:, two] + out[:, one, None])
            if read := both[alphabet.units[one] + alphabet.units[two]]:
                cost = np.minimum(cost, to[:, read] + READ_AS_TWO)
            for p, (first, second) in letters.items():
                cost[:, p] = np.minimum(cost[:, p], to[:, one, first] + to[:, two, second] + READ_AS_TWO)
            grouped[:, side, g] = cost
    return grouped


@cache
def shipped() -> tuple[Alphabet, Costs]:
    """The alphabet and the costs that ship with Havre."""
    return costs_of(data()["spelling"])


def _table(lines: str, width: int) -> tuple[Indices, Indices]:
    """Code points of each line, (n, width), and their lengths, both cut at the width."""
    points = code_points(lines)
    ends = np.append(np.flatnonzero(points == NEW_LINE), len(points))
    starts = np.append(0, ends[:-1] + 1)
    lengths = np.minimum(ends - starts, width)
    table = np.zeros((len(ends), width), np.int32)
    first = np.cumsum(lengths) - lengths
    inside = np.arange(width) < lengths[:, None]
    table[inside] = points[np.repeat(starts - first, lengths) + np.arange(lengths.sum())]
    return table, lengths


def _ranks(letters: Indices, lengths: Indices) -> Indices:
    """(n,): the script of each word, see ``RANKS`` and ``encode.script``, from its letters, (n, MOST_UNITS)."""
    arabic, ethiopic = (
        ((letters >= low) & (letters < high)).sum(axis=1)
        for low, high in (RANGES[Script.ARABIC], RANGES[Script.ETHIOPIC])
    )
    latin = lengths - arabic - ethiopic
    other = np.where(ethiopic >= arabic, RANKS[Script.ETHIOPIC], RANKS[Script.ARABIC])
    return np.where(latin >= np.maximum(arabic, ethiopic), RANKS[Script.LATIN], other).astype(np.uint8)


@cache
def _class_bits(unit: str) -> tuple[int, int]:
    """The consonant classes of a unit as bits; and those that must have a counterpart, none where it has several."""
    classes = CLASSES.get(unit, "")
    heavy = sum(_BITS[each] for each in set(classes))
    strict = heavy if len(set(classes)) == 1 and not _SOFT & set(classes) else 0
    return heavy, strict


class Lexicon:
    """Words made ready to be compared in bulk: each coded once; the empty one too."""

    def __init__(
        self,
        words: Iterable[str],
        alphabet: Alphabet | None = None,
        forms: Forms | None = None,
    ) -> None:
        alphabet = alphabet or shipped()[0]
        forms = shipped_forms() if forms is None else forms
        every = dict.fromkeys(["", *words])
        other = other_readings(every)
        self.words = list(every | dict.fromkeys(other.values()))
        self.index = dict(zip(self.words, range(len(self.words)), strict=True))
        lines = "\n".join(self.words)
        coded, lengths = _table(code_lines(lines), MOST_UNITS)
        letters, letter_count = _table(lines, MOST_UNITS)
        points = np.flatnonzero(np.bincount(coded.ravel()))
        names = [unit_of(chr(point)) for point in points]
        at = np.zeros(points[-1] + 1, np.int32)
        at[points] = np.arange(len(points))
        back = at[coded]
        inside = np.arange(MOST_UNITS) < lengths[:, None]
        bits = np.array([_class_bits(name) for name in names], np.int32).reshape(-1, 2)
        masks = [np.bitwise_or.reduce(np.where(inside, bits[:, k][back], 0), axis=1) for k in (0, 1)]
        form, share, seen, rarity = forms.of(self.words)
        reading = np.arange(len(self.words), dtype=np.int32)
        reading[[self.index[word] for word in other]] = [self.index[word] for word in other.values()]
        # Narrow columns: a kernel that jumps from word to word waits for memory more than it computes.
        self.coded = Words(
            units=np.array([alphabet.index.get(name, 0) for name in names], np.uint8)[back],
            lengths=lengths.astype(np.uint8),
            script=_ranks(letters, letter_count),
            heavy=masks[0].astype(np.uint16),
            strict=masks[1].astype(np.uint16),
            letters=letters.astype(np.uint16),
            letter_count=letter_count.astype(np.uint8),
            letter_sum=letters.sum(axis=1, dtype=np.int32),
            reading=reading,
            form=form,
            form_share=share,
            seen=seen,
            rarity=rarity,
        )
