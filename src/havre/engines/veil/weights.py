# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each attribute weighs: learned, shipped, and the same on both shores or nothing is compared."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from havre.engines.veil.features import Feature, Features
from havre.engines.veil.speaker import Speaker

WHOLE = 75.0
"""Bits of evidence of a link with itself: each one is filled up to this, so that nobody sees how much was said."""


@dataclass(frozen=True)
class Weights:
    """Bits of each attribute, and of the start; see ``bench/train_veil.py``."""

    evidence: dict[str, float]
    """Below nought: what two links that both say something begin with, before it agrees."""
    start: float
    """Added to the evidence of a pair, beside the share of pairs that are true."""


@cache
def shipped() -> Weights:
    """The learned weights that ship with Havre."""
    data = json.loads((files(__package__) / "weights.json").read_text("utf-8"))
    return Weights(data["evidence"], data["start"])


@cache
def edition() -> str:
    """A short name for everything that both shores must have alike: the weights and the sounds of letters."""
    parts = [(files(__package__) / name).read_bytes() for name in ("weights.json", "sounds.toml")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def weighted(features: Features, speaker: Speaker, evidence: dict[str, float]) -> dict[Feature, float]:
    """The features with strengths of which strength times strength, summed over both links, is bits of evidence."""
    found = {}
    for (attribute, value), strength in features.items():
        if bits := evidence.get(attribute, 0.0):
            sign = -1.0 if bits < 0 and speaker is Speaker.RELATIVES else 1.0
            found[attribute, value] = strength * sign * abs(bits) ** 0.5
    return found
