# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The arrays that pass between the parts of the engines."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
Small = NDArray[np.int8]
Indices = NDArray[np.integer[Any]]

NEW_LINE = ord("\n")


def code_points(text: str) -> Indices:
    """(letters,): the code point of each letter."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def numbered(texts: Iterable[str]) -> tuple[dict[str, int], Indices]:
    """Each text once with its number, in the order in which they first come; and the number of each text given."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    given = np.fromiter(map(numbers.__getitem__, texts), np.int64)
    numbers.default_factory = None
    return numbers, given
