# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who goes to one centre on one day, as loads: whole coaches first, and who travels together in one of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from havre.engines.placement.coaches.model import Load, Policy
from havre.engines.placement.coaches.ways import ways_of


@dataclass(frozen=True, slots=True)
class Traveller:
    """A party with a place."""

    id: str
    people: int
    centre: str
    day: str
    line: int
    """Where it stands among the parties."""


@dataclass(frozen=True, slots=True)
class Centre:
    """Where a coach stops."""

    id: str
    lat: float
    lon: float
    opens: int
    closes: int
    line: int


Refuse = Callable[[int, str], None]
"""Told of what cannot be: the line of the party, and the problem."""
Atom = tuple[Traveller, ...]
"""Parties of one centre and day that travel together."""
_Cell = tuple[str, str]
_PAIR = 2


def loads_of(
    bands: Sequence[Sequence[Traveller]], centres: Mapping[str, Centre], policy: Policy, refuse: Refuse
) -> tuple[Load, ...]:
    """The loads of all travellers; ``bands`` are those who travel together, or one party alone.

    Who is to live in one centre rides in one coach, if it has the seats. Else as many as fit fill a coach, as often
    as need be. A band between two centres brings the whole of both into one coach; where that is too many, or too
    far, or where bands join more centres, only the bands themselves.
    """
    return _Loading(centres, policy, refuse).loads(bands)


class _Loading:
    def __init__(self, centres: Mapping[str, Centre], policy: Policy, refuse: Refuse) -> None:
        self.centres, self.policy, self.refuse = centres, policy, refuse
        self.groups = 0

    def loads(self, bands: Sequence[Sequence[Traveller]]) -> tuple[Load, ...]:
        atoms: defaultdict[_Cell, list[Atom]] = defaultdict(list)
        between: list[list[Atom]] = []
        for band in bands:
            parts = _by_cell(band)
            for cell, part in parts.items():
                atoms[cell].append(part)
            if len(parts) > 1:
                between.append(list(parts.values()))
        found: list[Load] = []
        for cluster in _clusters(between):
            found += self._bound(cluster, atoms)
        for cell, each in sorted(atoms.items()):
            found += self._fill(cell, each)
        return tuple(found)

    def _bound(self, cluster: list[list[Atom]], atoms: dict[_Cell, list[Atom]]) -> list[Load]:
        """The loads of bands between centres, which are taken out of ``atoms``."""
        cells = sorted({_cell(atom) for band in cluster for atom in band})
        whole = [self._load(cell, atoms[cell], self.groups) for cell in cells]
        if len(whole) == _PAIR and self._goes(whole):
            self.groups += 1
            for cell in cells:
                del atoms[cell]
            return whole
        found: list[Load] = []
        for band in cluster:
            apart = [self._load(_cell(atom), [atom], self.groups) for atom in band]
            if not self._goes(apart):
                self.refuse(band[0][0].line, "together_far")
            self.groups += 1
            found += apart
            for atom in band:
                atoms[_cell(atom)].remove(atom)
        return found

    def _load(self, cell: _Cell, atoms: Iterable[Atom], group: int = -1) -> Load:
        who = sorted((party for atom in atoms for party in atom), key=lambda party: party.line)
        at = self.centres[cell[0]]
        return Load(
            centre=at.id,
            lat=at.lat,
            lon=at.lon,
            parties=tuple(party.id for party in who),
            sizes=tuple(party.people for party in who),
            day=cell[1],
            opens=at.opens,
            closes=at.closes,
            group=group,
        )

    def _goes(self, loads: Sequence[Load]) -> bool:
        if len(loads) > self.policy.stops:
            return False
        return ways_of(loads, self.policy, self.policy.stops).together(range(len(loads))) is not None

    def _fill(self, cell: _Cell, atoms: list[Atom]) -> list[Load]:
        """Coaches as full as they get, and what is left."""
        left = sorted(atoms, key=lambda atom: (-_people(atom), atom[0].line))
        found = []
        while sum(map(_people, left)) > self.policy.places:
            full = _fullest(left, self.policy.places)
            found.append(self._load(cell, full))
            left = [atom for atom in left if atom not in full]
        return [*found, self._load(cell, left)] if left else found


def _cell(atom: Atom) -> _Cell:
    return atom[0].centre, atom[0].day


def _people(atom: Atom) -> int:
    return sum(party.people for party in atom)


def _by_cell(band: Sequence[Traveller]) -> dict[_Cell, Atom]:
    parts: defaultdict[_Cell, list[Traveller]] = defaultdict(list)
    for party in band:
        parts[party.centre, party.day].append(party)
    return {cell: tuple(part) for cell, part in sorted(parts.items())}


def _clusters(between: list[list[Atom]]) -> list[list[list[Atom]]]:
    """Bands that share a centre and day, put together."""
    clusters: list[tuple[set[_Cell], list[list[Atom]]]] = []
    for band in between:
        cells, bands = {_cell(atom) for atom in band}, [band]
        apart = []
        for other_cells, other_bands in clusters:
            if cells & other_cells:
                cells, bands = cells | other_cells, [*other_bands, *bands]
            else:
                apart.append((other_cells, other_bands))
        clusters = [*apart, (cells, bands)]
    return [bands for _, bands in clusters]


def _fullest(atoms: Sequence[Atom], places: int) -> set[Atom]:
    """Atoms of most people that fit; of sums already reached the first way is kept."""
    reached: dict[int, tuple[Atom, ...]] = {0: ()}
    for atom in atoms:
        for people, chosen in sorted(reached.items(), reverse=True):
            if (more := people + _people(atom)) <= places and more not in reached:
                reached[more] = (*chosen, atom)
    return set(reached[max(reached)])
