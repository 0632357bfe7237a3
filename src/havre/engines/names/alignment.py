# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names made ready to be compared, and which word of one belongs to which word of the other.

The best assignment is found exactly: every subset of the second name's words is a state. Two neighbouring words may
stand for one (Ahmad Zai, Ahmadzai) or for two with the space elsewhere, one letter for a word, words may be left over,
and the order is free.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from itertools import chain

import numpy as np

from havre.engines.names.arrays import Floats, Indices, Small
from havre.engines.names.coded import MOST_TOKENS, NOTHING
from havre.engines.names.forms import Forms
from havre.engines.names.parse import words_of
from havre.engines.names.spelling import Alphabet, Lexicon

__all__ = ["NOTHING", "Alignments", "Names"]


@dataclass(frozen=True, slots=True)
class Alignments:
    """n pairs of names, aligned; word positions count from 0, ``NOTHING`` where there is no word.

    Slot k holds what word k of a (or the join of words k and k + 1) was aligned with.
    """

    to: Small
    """(n, slots): the word of b, the first of two in a join."""
    join: Small
    """(n, slots): how, see the kernel: ONE, TWO_FOR_ONE, ONE_FOR_TWO, TWO_FOR_TWO, INITIAL."""
    deficit: Floats
    """(n, slots): cost in bits, of the aligned words."""

    def at(self, rows: Indices) -> "Alignments":
        """Some of the pairs."""
        return Alignments(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


class Names:
    """Names made ready to be compared in bulk: each distinct spelling parsed once, each word coded once."""

    def __init__(
        self,
        names: Iterable[str],
        *,
        read: Callable[[str], str] | None = None,
        alphabet: Alphabet | None = None,
        forms: Forms | None = None,
    ) -> None:
        """``read`` may say under which other spelling a name is compared."""
        self.names = sorted(set(names))
        self.index = {name: i for i, name in enumerate(self.names)}
        self.words = words_of(self.names if read is None else [read(name) for name in self.names])
        self.lexicon = Lexicon(chain.from_iterable(self.words), alphabet, forms)
        self.count = np.fromiter(map(len, self.words), np.int32, len(self.words))
        index = self.lexicon.index
        flat = np.fromiter(map(index.__getitem__, chain.from_iterable(self.words)), np.int32)
        self.single = np.zeros((len(self.words), MOST_TOKENS), np.int32)
        """(names, MOST_TOKENS): index of each word in the lexicon."""
        self.single[np.arange(MOST_TOKENS) < self.count[:, None]] = flat
