# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts of people, made fit to be shown: small ones are hidden, and so is what would give them away."""

import tomllib
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib.resources import files
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Sums = Sequence[tuple[Key, Sequence[Key]]]
"""Totals, each with its parts; a total of both rows and columns stands there twice."""
Node = int
OUTSIDE: Node = -1
"""Where a value leads that stands in one sum only."""


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

    - every hidden value could be another one as well, for somebody who knows all that is shown, that counts are whole
      and never less than nought, and of the values that were hidden first which they are: from 1 to ``LEAST`` - 1, or
      at least 1 for those of ``few``;
    - in no sum do the hidden parts come to less than ``LEAST`` where the total is shown.

    The first is the usual demand on suppressed tables (Hundepool and others, Statistical Disclosure Control, Wiley
    2012, chapters 4 and 5), asked exactly: in a table of rows and columns, or of groups within groups, whole values
    that fit differ from those that are true by circles of one more here and one less there, so it is enough to look
    for such a circle. The second keeps the group of hidden parts from being a small cell itself. Where nothing is left
    to hide, that a hidden value is at least 1 may still tell it.

    It hides more than need be at times: the values to hide are chosen greedily. It does not protect against two tables
    of different days or of different organisations that are laid side by side. ValueError where a value stands in more
    than two sums, or these are not such a table.
    """
    table = _Table(values, sums, few)
    while weak := table.weak():
        table.hide(weak)
    return {key: None if key in table.gone else value for key, value in values.items()}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A value as a way between two sums: one more of it goes ``up`` to ``down``, one less the other way."""

    up: Node
    down: Node


class _Table(Generic[Key]):
    """Values, their sums, and what is hidden by now."""

    def __init__(self, values: Mapping[Key, int], sums: Sums[Key], few: Set[Key]) -> None:
        self.values, self.sums, self.few = values, sums, few
        self.places = {key: place for place, key in enumerate(values)}
        self.totals = {total for total, _ in sums}
        self.small = {key for key, value in values.items() if 0 < value < LEAST}
        self.gone = self.small | {key for key in few if key in values}
        self.edges = _edges(sums)

    def hide(self, some: Set[Key]) -> None:
        """Hides one more of them."""
        self.gone.add(min(some, key=self._order))

    def _order(self, key: Key) -> tuple[bool, bool, int, int]:
        return not self.values[key], key in self.totals, self.values[key], self.places[key]

    def weak(self) -> set[Key]:
        """What is still shown in the sums that give something away; empty where nothing is, or nothing is left."""
        told = {key for key in self.gone if not self._could_differ(key)}
        return self._shown_beside(told) or self._shown_around(told)

    def _shown_beside(self, told: set[Key]) -> set[Key]:
        """What is shown in the sums of these, and in those whose hidden parts are a small count together."""
        found: set[Key] = set()
        for total, parts in self.sums:
            away = sum(self.values[part] for part in parts if part in self.gone)
            if (total not in self.gone and 0 < away < LEAST) or not told.isdisjoint((total, *parts)):
                found.update((total, *parts))
        return found - self.gone

    def _shown_around(self, told: set[Key]) -> set[Key]:
        """What is shown in any sum that hangs together with these by what is hidden."""
        reached: set[Key] = set()
        around = set(told)
        while more := (around & self.gone) - reached:
            reached |= more
            for total, parts in self.sums:
                if not reached.isdisjoint(here := {total, *parts}):
                    around |= here
        return around - self.gone

    def _could_differ(self, key: Key) -> bool:
        """Whether one more or one less of a hidden value fits what is shown."""
        edge = self.edges.get(key)
        if edge is None:
            return True
        more, less = self._room(key)
        ways = self._ways(without=key)
        return (more and _leads(edge.down, edge.up, ways)) or (less and _leads(edge.up, edge.down, ways))

    def _room(self, key: Key) -> tuple[bool, bool]:
        """Whether a hidden value could be one more, and one less, by itself."""
        value = self.values[key]
        return (
            key not in self.small or value < LEAST - 1,
            value > (1 if key in self.small or key in self.few else 0),
        )

    def _ways(self, without: Key) -> dict[Node, set[Node]]:
        """From each sum those to which one more or one less of a hidden value leads."""
        ways = defaultdict[Node, set[Node]](set)
        for key in self.gone - {without}:
            if edge := self.edges.get(key):
                more, less = self._room(key)
                if more:
                    ways[edge.up].add(edge.down)
                if less:
                    ways[edge.down].add(edge.up)
        return ways


def _leads(begin: Node, end: Node, ways: Mapping[Node, Set[Node]]) -> bool:
    """Whether one comes from ``begin`` to ``end``."""
    seen, open_ = {begin}, [begin]
    while open_:
        node = open_.pop()
        if node == end:
            return True
        following = ways.get(node, set()) - seen
        seen |= following
        open_ += following
    return False


def _edges(sums: Sums[Key]) -> dict[Key, _Edge]:
    """Each value as a way between the sums in which it stands; ValueError where that cannot be."""
    stands = defaultdict[Key, list[tuple[Node, int]]](list)
    for node, (total, parts) in enumerate(sums):
        stands[total].append((node, -1))
        for part in parts:
            stands[part].append((node, 1))
    if any(len(nodes) > 2 for nodes in stands.values()):
        raise ValueError("a value stands in more than two sums")
    turned = _turned([nodes for nodes in stands.values() if len(nodes) == 2])
    edges = {}
    for key, nodes in stands.items():
        signs = {node: sign * turned.get(node, 1) for node, sign in nodes}
        up = next((node for node, sign in signs.items() if sign > 0), OUTSIDE)
        down = next((node for node, sign in signs.items() if sign < 0), OUTSIDE)
        edges[key] = _Edge(up, down)
    return edges


def _turned(pairs: Sequence[Sequence[tuple[Node, int]]]) -> dict[Node, int]:
    """1 or -1 for each sum, by which it is multiplied, so that each value comes into one and goes out of another."""
    beside = defaultdict[Node, list[tuple[Node, int]]](list)
    for (one, sign), (other, other_sign) in pairs:
        beside[one].append((other, -sign * other_sign))
        beside[other].append((one, -sign * other_sign))
    turned: dict[Node, int] = {}
    for begin in beside:
        open_ = [] if begin in turned else [begin]
        turned.setdefault(begin, 1)
        while open_:
            node = open_.pop()
            for other, times in beside[node]:
                if other not in turned:
                    open_.append(other)
                if turned.setdefault(other, turned[node] * times) != turned[node] * times:
                    raise ValueError("these sums are no table of rows and columns, nor of groups")
    return turned
