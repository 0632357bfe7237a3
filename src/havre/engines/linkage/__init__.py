# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which family links from two lists speak of the same two people: with reasons, in bits, for people to decide."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from havre.engines.linkage.pairs import Band, Bits, Pair, Reason
from havre.engines.linkage.records import FamilyLink, Person, ShoreList

if TYPE_CHECKING:
    from havre.engines.linkage.matching import estimate_weights, match, match_self
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
_LATER = {"Weights": "weights", "estimate_weights": "matching", "match": "matching", "match_self": "matching"}
"""What matches and its weights: with a compiler that takes seconds to load, while many only read a list."""


def __getattr__(name: str) -> Any:
    """Loaded by whoever first asks for it; AttributeError for what there is not."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
