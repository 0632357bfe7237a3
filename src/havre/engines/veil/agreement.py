# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many bits two codes have in common, and the evidence that it says."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from havre.engines.names.arrays import Doubles, Indices
from havre.engines.veil.codes import BITS, Bytes
from havre.engines.veil.weights import WHOLE

_ROWS = 256
"""Codes of a that are compared with all of b at once."""
_AT_HAND = 32
"""Codes of b that stay in the processor's cache meanwhile."""
Words = NDArray[np.uint64]


def evidence(agreeing: NDArray[np.integer]) -> Doubles:
    """Bits of evidence of two codes that agree in so many places."""
    return np.asarray(WHOLE * np.cos(np.pi * (1 - agreeing / BITS)), np.float64)


def agreeing(bits: float) -> int:
    """In how many places two codes of so much evidence agree."""
    return int(BITS * (1 - np.arccos(np.clip(bits / WHOLE, -1, 1)) / np.pi))


def near(
    a: Bytes, b: Bytes, least: float, progress: Callable[[float], None]
) -> tuple[Indices, Indices, Doubles]:
    """Every code of a and code of b with at least so many bits of evidence, by a and then b; and that evidence."""
    one, two = (np.ascontiguousarray(each).view(np.uint64) for each in (a, b))
    bound = agreeing(least)
    found = [(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.intp))]
    for start in range(0, len(one), _ROWS):
        same = _agreeing(one[start : start + _ROWS], two)
        i, j = np.nonzero(same >= bound)
        found.append((i + start, j, same[i, j].astype(np.intp)))
        progress(min(1.0, (start + _ROWS) / max(1, len(one))))
    i, j, same = (np.concatenate(each) for each in zip(*found, strict=True))
    return i, j, evidence(same)


def _count(_: Any, word: types.Type) -> Any:
    """The ones of a word of 64 bits, counted by the processor."""

    def code(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(word), code


_ones: Any = intrinsic(_count)


@numba.njit(cache=True, nogil=True)
def _agreeing(a: Words, b: Words) -> NDArray[np.uint16]:  # pragma: no cover - compiled
    """(a, b): places in which the two rows are the same."""
    out = np.empty((len(a), len(b)), np.uint16)
    for start in range(0, len(b), _AT_HAND):
        for i in range(len(a)):
            for j in range(start, min(start + _AT_HAND, len(b))):
                apart = np.uint64(0)
                for k in range(a.shape[1]):
                    apart += _ones(a[i, k] ^ b[j, k])
                out[i, j] = a.shape[1] * 64 - apart
    return out
