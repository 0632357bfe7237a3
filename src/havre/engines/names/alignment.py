# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names made ready to be compared, and which word of one belongs to which word of the other.

The best assignment is found exactly: every subset of the second name's words is a state. Two neighbouring words may
stand for one (Ahmad Zai, Ahmadzai) or for two with the space elsewhere, one letter for a word, words may be left over,
and the order is free.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from havre.engines.names.arrays import Floats, Indices, Small, numbered
from havre.engines.names.coded import MOST_TOKENS, NOTHING
from havre.engines.names.forms import Forms
from havre.engines.names.parse import parse
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
        """``read`` may say under which other spelling a name is compared.

        Neighbours in the alphabet that lie side by side in memory are compared faster: give long lists sorted.
        """
        self.index, self.given = numbered(names)
        """Name to its place in ``names``; and the place of each name as given, repeated ones too."""
        self.names = list(self.index)
        """Each once, in the order in which they first come."""
        parsed = parse(self.names if read is None else [read(name) for name in self.names])
        self.lexicon = Lexicon(parsed.words, alphabet, forms)
        self.count = parsed.count.astype(np.int32)
        index = np.fromiter(map(self.lexicon.index.__getitem__, parsed.words), np.int32)
        self.single = np.zeros((len(self.names), MOST_TOKENS), np.int32)
        """(names, MOST_TOKENS): index of each word in the lexicon."""
        self.single[np.arange(MOST_TOKENS) < self.count[:, None]] = index[parsed.flat]
        self._parsed = parsed

    @cached_property
    def words(self) -> list[tuple[str, ...]]:
        """The words of each name that are compared."""
        return self._parsed.of_names()
