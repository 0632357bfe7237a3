# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a match weighs with: learned weights, the rarity of words on these lists, how many pairs to expect."""

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from havre.engines.linkage.columns import Prepared
from havre.engines.linkage.evidence import Block
from havre.engines.linkage.rarity import Rarities
from havre.engines.names.arrays import Floats

PAIRED = 0.5
"""The share of the shorter list's links that are expected to have a partner."""
ALONE = 0.01
"""The share of links that are expected to speak of somebody who has not named the declarant."""
TWICE = 0.05
"""The share of people who are expected to be registered a second time."""

DIGITS = 4


@cache
def shipped() -> dict[str, Any]:
    """The learned weights that ship with Havre: ``evidence`` is feature to bits, ``prior`` kind of pair to bits."""
    data: dict[str, Any] = json.loads((files(__package__) / "weights.json").read_text("utf-8"))
    return data


@dataclass(frozen=True)
class Weights:
    """Everything that a match weighs with. With the same weights, a pair's evidence depends on its own people only.

    The shares are of all possible pairs of a kind: how likely one is true before anything is seen of it.
    """

    rarities: Rarities
    pairs: float
    """A link of a and a link of b."""
    alone_a: float
    """A link of a and a person of b who has not named the declarant back."""
    alone_b: float
    same_a: float
    """Two people of a, who are one registered twice."""
    same_b: float
    children_first: bool
    """List a is that of the children: the younger one."""

    @classmethod
    def start(cls, prepared: Prepared) -> "Weights":
        """Before anything is compared: shares of the lists, see the constants above."""
        a, b = prepared.a, prepared.b
        return cls(
            rarities=Rarities.of(prepared),
            pairs=PAIRED / max(1, len(a.links), len(b.links)),
            alone_a=ALONE / max(1, len(b.people)),
            alone_b=ALONE / max(1, len(a.people)),
            same_a=2 * TWICE / max(1, len(a.people)),
            same_b=2 * TWICE / max(1, len(b.people)),
            children_first=prepared.children_first,
        )

    def swapped(self) -> "Weights":
        """For the same lists given the other way round."""
        return replace(
            self,
            alone_a=self.alone_b,
            alone_b=self.alone_a,
            same_a=self.same_b,
            same_b=self.same_a,
            children_first=not self.children_first,
        )


def prior_bits(share: float, kind: str) -> float:
    """Bits before anything is seen of a pair: the share of possible pairs that are true, and the kind's constant."""
    constant: float = shipped()["prior"][kind]
    return float(np.log2(share)) + constant


def block_bits(block: Block) -> Floats:
    """(n,): the bits that a block adds, to ``DIGITS`` digits, so that a sum does not depend on its order."""
    learned = shipped()["evidence"]
    weights = np.array([learned[name] for name in block.names], np.float32)
    return np.asarray((weights[block.at] * block.share).sum(axis=1).round(DIGITS))
