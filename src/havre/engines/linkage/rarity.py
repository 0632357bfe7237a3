# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How rare a name word or a place is on these lists, in bits: two people who share a rare one share more."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from havre.engines.linkage.columns import Prepared, Spellings
from havre.engines.names.arrays import Floats, Indices
from havre.engines.names.encode import keys
from havre.engines.names.forms import shipped_forms

AS_KNOWN = 200
"""Texts that what is known of names in general counts for."""
WORDS = 2.5
"""Words of a name, about."""


@cache
def known_shares() -> dict[str, float]:
    """Key to the share of names that hold it, among those that Havre knows."""
    count: dict[str, float] = defaultdict(float)
    counts = shipped_forms().counts
    for word, seen in counts.items():
        for key in keys(word):
            count[key] += seen
    total = sum(counts.values())
    return {key: WORDS * n / total for key, n in count.items()}


@dataclass(frozen=True)
class Rarity:
    """Bits of each key: log2 of one over the share of texts that hold it. A key never seen counts as seen once."""

    bits: dict[str, float]
    unseen: float

    @classmethod
    def of(
        cls, spellings: Spellings, used: Sequence[int] | Indices, known: Mapping[str, float] | None = None
    ) -> "Rarity":
        """From the texts in use: ``used`` holds an index into the spellings for every time one was written.

        ``known``: key to its share in general, which counts like ``AS_KNOWN`` more texts, because a short list says
        little of what is rare.
        """
        counts = np.bincount(
            spellings.keys_at(np.asarray(used, np.intp))[1], minlength=len(spellings.vocabulary)
        )
        found = zip(spellings.vocabulary, counts.tolist(), strict=True)
        more = AS_KNOWN if known else 0
        shares = known or {}
        total = max(1, len(used) + more)
        bits = {
            key: float(np.log2((total + 1) / (n + 0.5 + more * shares.get(key, 0.0))))
            for key, n in found
            if n
        }
        return cls(bits, float(np.log2((total + 1) / 1.5)))

    def of_key(self, key: str) -> float:
        """Bits of one key."""
        return self.bits.get(key, self.unseen)

    def of_word(self, word: str) -> float:
        """Bits of a word: of its most common key."""
        return min((self.of_key(key) for key in keys(word)), default=0.0)


@dataclass(frozen=True)
class Rarities:
    """The rarity of name words, places and nationalities on two lists."""

    names: Rarity
    places: Rarity
    nations: dict[str, float]
    """The share of descriptions with each nationality."""

    @classmethod
    def of(cls, prepared: Prepared) -> "Rarities":
        """From both lists together, so that neither side weighs more."""
        columns = [each for lst in (prepared.a, prepared.b) for each in (lst.of_people, lst.of_links)]
        names = np.concatenate([each.names[:, 0] for each in columns])
        places = np.concatenate([kind for each in columns for kind in (each.birthplace, each.town)])
        nations = np.concatenate([each.nationality for each in columns])
        count = np.bincount(nations[nations >= 0], minlength=len(prepared.nations)) + 0.5
        shares = dict(zip(prepared.nations, (count / count.sum()).tolist(), strict=True))
        return cls(
            Rarity.of(prepared.names, names[names >= 0], known_shares()),
            Rarity.of(prepared.places, places[places >= 0]),
            shares,
        )

    def nation_shares(self, prepared: Prepared) -> Floats:
        """The shares in the order of the columns; a nationality never seen counts as rare."""
        return np.array([self.nations.get(nation, 1e-3) for nation in prepared.nations] or [1.0], np.float32)
