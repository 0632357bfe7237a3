# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who a pair speaks of: the two people, each as the one list and as the other describes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from havre.engines.linkage.pairs import Pair
from havre.engines.linkage.records import Description, FamilyLink, Person, ShoreList


@dataclass(frozen=True, slots=True)
class Described:
    """One of the two people of a pair: what list a says and what list b says, None where it says nothing."""

    a: Description | None
    b: Description | None
    registered_on_a: bool

    @property
    def called(self) -> str:
        """Names to call the person by: those of their own registration, else those that the other list gives."""
        order = (self.a, self.b) if self.registered_on_a else (self.b, self.a)
        return next((said.names for said in order if said and said.names), "")


@dataclass(frozen=True, slots=True)
class Sides:
    """Two lists, ready to look up what a pair speaks of."""

    people_a: Mapping[str, Person]
    people_b: Mapping[str, Person]
    links_a: Mapping[str, FamilyLink]
    links_b: Mapping[str, FamilyLink]
    children_on_a: bool
    """Whether list a is the list of the younger people, who are called the children."""

    @classmethod
    def of(cls, a: ShoreList, b: ShoreList) -> "Sides":
        """The two lists by id."""
        return cls(
            {person.person_id: person for person in a.people},
            {person.person_id: person for person in b.people},
            {link.link_id: link for link in a.links},
            {link.link_id: link for link in b.links},
            _middle_birth(a) >= _middle_birth(b),
        )

    def links(self, pair: Pair) -> tuple[FamilyLink | None, FamilyLink | None]:
        """The two links of a pair; None where it has none."""
        return self.links_a.get(pair.link_a), self.links_b.get(pair.link_b)

    def child(self, pair: Pair) -> Described:
        """The one who is on the list of the children."""
        return self._on_a(pair) if self.children_on_a else self._on_b(pair)

    def relative(self, pair: Pair) -> Described:
        """The one who is on the other list."""
        return self._on_b(pair) if self.children_on_a else self._on_a(pair)

    def child_id(self, pair: Pair) -> str:
        """The id of the child's registration."""
        return pair.person_a if self.children_on_a else pair.person_b

    def relative_id(self, pair: Pair) -> str:
        """The id of the relative on their own list."""
        return pair.person_b if self.children_on_a else pair.person_a

    def is_registered_twice(self, pair: Pair) -> bool:
        """Whether the pair says that two registrations are of one person: it has no links."""
        return not pair.link_a and not pair.link_b

    def same(self, pair: Pair) -> Described:
        """The one person of a pair without links."""
        return Described(self.people_a[pair.person_a].described, self.people_b[pair.person_b].described, True)

    def _on_a(self, pair: Pair) -> Described:
        link = self.links_b.get(pair.link_b)
        return Described(self.people_a[pair.person_a].described, link.described if link else None, True)

    def _on_b(self, pair: Pair) -> Described:
        link = self.links_a.get(pair.link_a)
        return Described(link.described if link else None, self.people_b[pair.person_b].described, False)


def _middle_birth(people: ShoreList) -> date:
    births = [person.described.birth.earliest for person in people.people if person.described.birth]
    return median_low(births) if births else date.min
