# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which word of one name belongs to which word of the other, for many pairs of names at once.

The best assignment is found exactly: every subset of the second name's words is a state. Two neighbouring words may
stand for one (Ahmad Zai, Ahmadzai), words may be left over, and the order is free.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np

from havre.engines.names.arrays import Flags, Floats, Indices, Small
from havre.engines.names.encode import variants
from havre.engines.names.parse import MOST_TOKENS, name_words
from havre.engines.names.spelling import Lexicon, SpellingWeights

REACH = 18.0
"""Bits of deficit from which on two words are not taken for one."""
JOIN_COST = 0.5
MOVE_COST = 0.25
_CHUNK = 1 << 17
NOTHING = -1


@dataclass(frozen=True, slots=True)
class Alignments:
    """n pairs of names, aligned; word positions count from 0, ``NOTHING`` where there is no word.

    Slot k holds what word k of a (or the join of words k and k + 1) was aligned with.
    """

    words_a: Small
    """(n,): how many words the name has."""
    words_b: Small
    to: Small
    """(n, slots): the word of b, the first of two in a join."""
    join: Small
    """(n, slots): 0 one word for one; 1 this and the next word of a for one of b; 2 one word of a for two of b."""
    deficit: Floats
    """(n, slots): bits, of the aligned words."""
    left_a: Small
    """(n,): words of a that nothing stands for."""
    left_b: Small

    def at(self, rows: Indices) -> "Alignments":
        """Some of the pairs."""
        return Alignments(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


class Names:
    """Names made ready to be compared in bulk: each distinct spelling parsed once, each word coded once."""

    def __init__(
        self,
        names: Iterable[str],
        weights: SpellingWeights | None = None,
        *,
        read: Callable[[str], str] = str,
    ) -> None:
        """``read`` may say under which other spelling a name is compared."""
        self.names = sorted(set(names))
        self.index = {name: i for i, name in enumerate(self.names)}
        self.words = [name_words(read(name)) for name in self.names]
        joined = [[x + y for x, y in pairwise(words)] for words in self.words]
        every = {word for row in (*self.words, *joined) for word in row}
        self.lexicon = Lexicon({variant for word in every for variant in variants(word)}, weights)
        self.count = np.array([len(words) for words in self.words], np.intp)
        self.single = self._table(self.words, MOST_TOKENS)
        self.joined = self._table(joined, MOST_TOKENS - 1)

    def _table(self, rows: Sequence[Sequence[str]], width: int) -> Indices:
        """(names, width, 2): each word and its variant without an article (or the word again), as lexicon indices."""
        table = np.zeros((len(rows), width, 2), np.intp)
        for i, row in enumerate(rows):
            for k, word in enumerate(row):
                readings = variants(word)
                table[i, k] = self.lexicon.index[readings[0]], self.lexicon.index[readings[-1]]
        return table

    def units_at(self, name: Indices, word: Indices, joined: Flags) -> Indices:
        """How many units a word of a name has (or the join of that word and the next); 0 where there is none."""
        at = np.clip(word, 0, MOST_TOKENS - 1)
        rows = name[:, None]
        alone = self.lexicon.lengths[self.single[rows, at, 0]]
        both = self.lexicon.lengths[self.joined[rows, np.minimum(at, MOST_TOKENS - 2), 0]]
        return np.where(word < 0, 0, np.where(joined, both, alone))

    def align(self, a: Indices, b: Indices) -> Alignments:
        """Align name a[i] with name b[i] (indices into ``names``)."""
        n = len(a)
        out: dict[str, Any] = {
            "words_a": self.count[a].astype(np.int8),
            "words_b": self.count[b].astype(np.int8),
            "to": np.full((n, MOST_TOKENS), NOTHING, np.int8),
            "join": np.zeros((n, MOST_TOKENS), np.int8),
            "deficit": np.zeros((n, MOST_TOKENS), np.float32),
            "left_a": np.zeros(n, np.int8),
            "left_b": np.zeros(n, np.int8),
        }
        for start in range(0, n, _CHUNK):
            part = np.arange(start, min(start + _CHUNK, n))
            shape = self.count[a[part]] * (MOST_TOKENS + 1) + self.count[b[part]]
            order = part[np.argsort(shape, kind="stable")]
            cuts = np.flatnonzero(np.diff(np.sort(shape))) + 1
            self._align_chunk(a, b, np.split(order, cuts), out)
        return Alignments(**out)

    def _align_chunk(self, a: Indices, b: Indices, groups: list[Indices], out: dict[str, Any]) -> None:
        """Each group holds rows of names with equally many words; the words of all groups are scored in one go."""
        asked = [codes for rows in groups for codes in self._word_pairs(a[rows], b[rows])]
        flat = np.concatenate([codes.ravel() for codes in asked])
        distinct, back = np.unique(flat, return_inverse=True)
        _, deficit = self.lexicon.score(
            distinct // len(self.lexicon.words), distinct % len(self.lexicon.words)
        )
        ends = np.cumsum([codes.size for codes in asked])[:-1]
        answers = [
            part.reshape(codes.shape).min(axis=(-1, -2))
            for part, codes in zip(np.split(deficit[back], ends), asked, strict=True)
        ]
        for k, rows in enumerate(groups):
            _align_same_shape(answers[3 * k : 3 * k + 3], rows, out)

    def _word_pairs(self, a: Indices, b: Indices) -> list[Indices]:
        """Codes of the word pairs to score, (rows, m, n, 2, 2): word for word, two for one, one for two."""
        m, n = int(self.count[a[0]]), int(self.count[b[0]])
        one_a, one_b = self.single[a, :m, None, :, None], self.single[b, None, :n, None, :]
        two_a, two_b = (
            self.joined[a, : max(m - 1, 0), None, :, None],
            self.joined[b, None, : max(n - 1, 0), None, :],
        )
        size = len(self.lexicon.words)
        return [one_a * size + one_b, two_a * size + one_b, one_a * size + two_b]


def _align_same_shape(deficit: list[Floats], rows: Indices, out: dict[str, Any]) -> None:
    m, n = deficit[0].shape[1:]
    if m == 0 or n == 0:
        out["left_a"][rows], out["left_b"][rows] = m, n
        return
    moved = (np.arange(m)[:, None] == 0) != (np.arange(n)[None, :] == 0)
    gain = [REACH - deficit[0] - MOVE_COST * moved]
    gain += [REACH - each - JOIN_COST for each in deficit[1:]]
    _walk_back(_best_subset(gain, m, n), deficit, rows, out, m, n)


def _best_subset(gain: list[Floats], m: int, n: int) -> list[Small]:
    """Per word of a and set of used words of b: which way was best. 0 leaves the word; 1 + 3 j + join takes word j."""
    size, states = len(gain[0]), 1 << n
    best = [np.full((size, states), -np.inf, np.float32)]
    best[0][:, 0] = 0
    choice = []
    for i in range(m):
        here = best[i].copy()
        how = np.zeros((size, states), np.int8)
        for state in range(states):
            for j in range(n):
                ways = [(0, 1 << j, best[i], gain[0][:, i, j])]
                if i:
                    ways.append((1, 1 << j, best[i - 1], gain[1][:, i - 1, j]))
                if j + 1 < n:
                    ways.append((2, 3 << j, best[i], gain[2][:, i, j]))
                for kind, used, source, bits in ways:
                    if state & used == used:
                        reached = source[:, state ^ used] + bits
                        better = reached > here[:, state]
                        here[better, state] = reached[better]
                        how[better, state] = 1 + 3 * j + kind
        best.append(here)
        choice.append(how)
    choice.append(best[m].argmax(axis=1).astype(np.int8))
    return choice


def _walk_back(
    choice: list[Small], deficit: list[Floats], rows: Indices, out: dict[str, Any], m: int, n: int
) -> None:
    state = choice[m].astype(np.intp)
    each = np.arange(len(rows))
    left_b = n - np.array([s.bit_count() for s in range(1 << n)], np.int8)[state]
    left_a = np.zeros(len(rows), np.int8)
    skip = np.zeros(len(rows), bool)
    for i in range(m - 1, -1, -1):
        how = np.where(skip, 0, choice[i][each, state])
        left_a += (how == 0) & ~skip
        j, kind = (how - 1) // 3, (how - 1) % 3
        skip = np.zeros(len(rows), bool)
        for which, used, width in ((0, 1, 0), (1, 1, 1), (2, 3, 0)):
            taken = (how > 0) & (kind == which)
            if not taken.any():
                continue
            slot, word = i - width, j[taken]
            out["to"][rows[taken], slot] = word
            out["join"][rows[taken], slot] = which
            out["deficit"][rows[taken], slot] = deficit[which][each[taken], slot, word]
            state[taken] ^= used << word
            skip |= taken & (width == 1)
    out["left_a"][rows], out["left_b"][rows] = left_a, left_b
