# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Siblings together: children whose pairs point to the same relative on the other list stand as one family."""

from collections import defaultdict
from collections.abc import Sequence

from havre.apps.tracing.report.sides import Sides
from havre.engines.linkage.pairs import Band, Pair

TOGETHER = frozenset({Band.STRONG, Band.LIKELY})
"""Below these, two children at one relative are more often rivals than siblings."""


def families(pairs: Sequence[Pair], sides: Sides) -> list[list[Pair]]:
    """``pairs`` in groups, in the order of each group's first pair.

    A group of several holds one pair each of two or more children, likely or strong, with one relative; every
    other pair is a group of its own.
    """
    by_relative: defaultdict[str, dict[str, Pair]] = defaultdict(dict)
    for pair in pairs:
        if pair.band in TOGETHER and not sides.is_registered_twice(pair):
            by_relative[sides.relative_id(pair)].setdefault(sides.child_id(pair), pair)
    group_of = {
        id(pair): list(children.values())
        for children in by_relative.values()
        if len(children) > 1
        for pair in children.values()
    }
    groups: list[list[Pair]] = []
    seen: set[int] = set()
    for pair in pairs:
        if id(pair) not in seen:
            group = group_of.get(id(pair), [pair])
            seen.update(id(member) for member in group)
            groups.append(group)
    return groups
