# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which family links from two lists speak of the same two people: with reasons, in bits, for people to decide."""

from havre.engines.linkage.matching import estimate_weights, match, match_self
from havre.engines.linkage.pairs import Band, Bits, Pair, Reason
from havre.engines.linkage.records import FamilyLink, Person, ShoreList
from havre.engines.linkage.weights import Weights

__all__ = [
    "Band",
    "Bits",
    "FamilyLink",
    "Pair",
    "Person",
    "Reason",
    "ShoreList",
    "Weights",
    "estimate_weights",
    "match",
    "match_self",
]
