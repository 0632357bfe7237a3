# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts of people, made fit to be shown: small ones are hidden, and so is what would give them away."""

import tomllib
from collections.abc import Hashable, Mapping, Sequence, Set
from importlib.resources import files
from typing import TypeVar

import numpy as np

Key = TypeVar("Key", bound=Hashable)
Sums = Sequence[tuple[Key, Sequence[Key]]]
"""Totals, each with its parts; a total of both rows and columns stands there twice."""


def _least() -> int:
    return int(tomllib.loads((files(__package__) / "hiding.toml").read_text("utf-8"))["least"])


LEAST = _least()
"""The smallest count that is shown."""


def hidden(values: Mapping[Key, int], sums: Sums[Key], few: Set[Key] = frozenset()) -> dict[Key, int | None]:
    """``values`` with None for what is hidden.

    ``sums`` says which of them are totals, and of what; ``few`` names values behind which fewer than ``LEAST`` people
    stand although they count more things. First, these are hidden, and whatever is below ``LEAST``, but nought:
    nobody is in it. Then (complementary, or secondary, suppression) more of a sum are hidden one by one, the smallest
    part first, then the total, and nought last, until

    - no hidden value follows from the shown ones: none is determined by the equations total = parts, taken together;
    - in no sum do the hidden parts come to less than ``LEAST`` where the total is shown.

    The first is the usual demand on suppressed tables (Hundepool and others, Statistical Disclosure Control, Wiley
    2012, chapters 4 and 5), asked exactly and not by a pattern; the second keeps the group of hidden parts from being
    a small cell itself. It hides more than need be at times: the values to hide are chosen greedily. It does not
    protect against two tables of different days or of different organisations that are laid side by side.
    """
    keys = list(values)
    gone = {key for key in keys if 0 < values[key] < LEAST or key in few}
    totals = {total for total, _ in sums}
    while weak := _weak(values, sums, gone) - gone:
        gone.add(min(weak, key=lambda key: (not values[key], key in totals, values[key], keys.index(key))))
    return {key: None if key in gone else values[key] for key in keys}


def _weak(values: Mapping[Key, int], sums: Sums[Key], gone: set[Key]) -> set[Key]:
    """All that stands in a sum which gives something away."""
    given = _determined(sums, gone)
    found: set[Key] = set()
    for total, parts in sums:
        away = [part for part in parts if part in gone]
        small = total not in gone and 0 < sum(values[part] for part in away) < LEAST
        if small or given & {total, *parts}:
            found |= {total, *parts}
    return found


def _determined(sums: Sums[Key], gone: set[Key]) -> set[Key]:
    """Hidden values that the equations leave only one choice: their unit vector lies in the span of the equations."""
    unknown = sorted(gone, key=repr)
    if not unknown or not sums:
        return set()
    lines = [
        [(key in parts) - (key == total) for key in unknown]
        for total, parts in sums
        if gone & {total, *parts}
    ]
    if not lines:
        return set()
    equations = np.array(lines, dtype=float)
    rank = np.linalg.matrix_rank(equations)
    return {
        key
        for unit, key in zip(np.eye(len(unknown)), unknown, strict=True)
        if np.linalg.matrix_rank(np.vstack([equations, unit])) == rank
    }
