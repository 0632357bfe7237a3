# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is compared with whom, and in what: the blocks of evidence of each kind of pair."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from havre.engines.linkage.columns import ListColumns, Prepared
from havre.engines.linkage.evidence import (
    Block,
    Said,
    Sides,
    Spelled,
    best_spellings,
    birth_evidence,
    chain_evidence,
    name_evidence,
    nationality_evidence,
    other_day_evidence,
    own_evidence,
    phone_evidence,
    place_evidence,
    relation_evidence,
    relation_sex_evidence,
    sex_evidence,
)
from havre.engines.linkage.rarity import Rarities
from havre.engines.linkage.relations import relations
from havre.engines.linkage.texts import Texts
from havre.engines.names.arrays import Indices

# One more at the end, for a relation that was not said.
_FATHER_LINE = np.array([*(relation.shares_father_names for relation in relations().values()), False])


class Observer:
    """Observes pairs of two prepared lists with the given rarities.

    ``children_first`` says that list a is that of the children; by default the lists tell.
    """

    def __init__(
        self,
        prepared: Prepared,
        rarities: Rarities,
        *,
        children_first: bool | None = None,
        texts: tuple[Texts, Texts] | None = None,
    ) -> None:
        self._a, self._b = prepared.a, prepared.b
        self._prepared, self._rarities = prepared, rarities
        self.texts = texts or (Texts(prepared.names, rarities.names), Texts(prepared.places, rarities.places))
        self._names, self._places = self.texts
        self._nation_share = rarities.nation_shares(prepared)
        self.children_first = prepared.children_first if children_first is None else children_first

    def swapped(self) -> "Observer":
        """Observes the same lists the other way round."""
        return Observer(
            self._prepared.swapped(),
            self._rarities,
            children_first=not self.children_first,
            texts=self.texts,
        )

    def within(self, lst: ListColumns) -> "Observer":
        """Observes one of the two lists against itself."""
        return Observer(replace(self._prepared, a=lst, b=lst), self._rarities, texts=self.texts)

    def link_sides(self, i: Indices, j: Indices) -> Sides:
        """Who is compared with whom, for link i of a against link j of b."""
        declarant = (Said(self._a.of_people, self._a.declarant[i]), Said(self._b.of_links, j))
        described = (Said(self._a.of_links, i), Said(self._b.of_people, self._b.declarant[j]))
        return {"child": declarant, "relative": described} if self.children_first else {
            "child": described, "relative": declarant
        }  # fmt: skip

    def people_sides(self, i: Indices, k: Indices) -> Sides:
        """Who is compared with whom, for link i of a against person k of b; ``kin`` are declarant and person."""
        described, person = Said(self._a.of_links, i), Said(self._b.of_people, k)
        declarant = Said(self._a.of_people, self._a.declarant[i])
        return {
            "relative" if self.children_first else "child": (described, person),
            "kin": (declarant, person),
        }

    def same_sides(self, i: Indices, k: Indices) -> Sides:
        """Person i of a against person k of b."""
        return {"child": (Said(self._a.of_people, i), Said(self._b.of_people, k))}

    def links(self, i: Indices, j: Indices) -> Iterator[Block]:
        """Link i of a against link j of b: the child and the relative on both sides, and what each calls the other."""
        sides = self.link_sides(i, j)
        for who, (x, y) in sides.items():
            yield from self._person(x, y, who)
        yield self._nationality(sides.values())
        yield relation_evidence(self._a.relation[i], self._b.relation[j])
        yield relation_sex_evidence(
            self._a.relation[i], self._b.of_people.sex[self._b.declarant[j]], "relation sex a"
        )
        yield relation_sex_evidence(
            self._b.relation[j], self._a.of_people.sex[self._a.declarant[i]], "relation sex b"
        )

    def people(self, i: Indices, k: Indices) -> Iterator[Block]:
        """Link i of a against person k of b, who has perhaps named nobody."""
        sides = self.people_sides(i, k)
        kin = sides.pop("kin")
        for who, (x, y) in sides.items():
            yield from self._person(x, y, who)
        yield self._nationality((*sides.values(), kin))
        yield relation_sex_evidence(self._a.relation[i], self._b.of_people.sex[k], "relation sex a")
        yield self._place(*kin, "birthplace", "kin birthplace")

    def same(self, i: Indices, k: Indices) -> Iterator[Block]:
        """Person i of a against person k of b, who may be one person registered twice."""
        sides = self.same_sides(i, k)
        x, y = sides["child"]
        spelled = best_spellings(self._names, x, y)
        yield from self._person(x, y, "child", spelled)
        yield self._nationality(sides.values())
        yield own_evidence(self._names, spelled)
        yield other_day_evidence(x, y)

    def link_chain(self, i: Indices, j: Indices) -> Iterator[Block]:
        """The names that both declarants share, link i of a against link j of b."""
        related = _FATHER_LINE[self._a.relation[i]] | _FATHER_LINE[self._b.relation[j]]
        declarants = (
            Said(self._a.of_people, self._a.declarant[i]),
            Said(self._b.of_people, self._b.declarant[j]),
        )
        yield chain_evidence(self._names, *declarants, related)

    def people_chain(self, i: Indices, k: Indices) -> Iterator[Block]:
        """The names that the declarant of link i of a shares with person k of b."""
        declarant, person = self.people_sides(i, k)["kin"]
        yield chain_evidence(self._names, declarant, person, _FATHER_LINE[self._a.relation[i]])

    def relatives(self, i: Indices, j: Indices) -> Iterator[Block]:
        """What link i of a and link j of b, of one declarant perhaps, say of the relative."""
        yield from self._person(Said(self._a.of_links, i), Said(self._b.of_links, j), "relative")

    def _person(self, x: Said, y: Said, who: str, spelled: Spelled | None = None) -> Iterator[Block]:
        yield name_evidence(spelled or best_spellings(self._names, x, y), who)
        yield birth_evidence(x, y, who)
        yield sex_evidence(x, y, who)
        yield phone_evidence(x, y, who)
        yield self._place(x, y, "birthplace", f"{who} birthplace")
        yield self._place(x, y, "town", f"{who} town")

    def _place(self, x: Said, y: Said, field: str, what: str) -> Block:
        places = [getattr(said.columns, field)[said.at] for said in (x, y)]
        return place_evidence(self._places, places[0], places[1], what)

    def _nationality(self, sides: Iterable[tuple[Said, Said]]) -> Block:
        pairs = [[said.columns.nationality[said.at] for said in side] for side in sides]
        return nationality_evidence([x for x, _ in pairs], [y for _, y in pairs], self._nation_share)
