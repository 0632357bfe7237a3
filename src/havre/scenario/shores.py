# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Both lists as they fill: who registers, who is named, who only looks like it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from havre.engines.linkage.records import FamilyLink, Person, ShoreList
from havre.scenario.chance import Dice
from havre.scenario.families import Being, Families, Family
from havre.scenario.tables import Kind, Shore, Tables
from havre.scenario.telling import Clerk
from havre.scenario.truth import Truth

_ONLY_ONE = frozenset({"father", "mother", "grandfather"})
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class Ids:
    """Opaque ids of eight letters, none twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice, self._given = dice, set[str]()

    def new(self) -> str:
        """An id that has not been given."""
        while (made := "".join(self._dice.pick(_LETTERS) for _ in range(8))) in self._given:
            pass
        self._given.add(made)
        return made


@dataclass(slots=True)
class Draft:
    """A list on the way."""

    people: list[Person] = field(default_factory=list)
    links: list[FamilyLink] = field(default_factory=list)

    def shuffled(self, dice: Dice) -> ShoreList:
        """The list in an order that says nothing."""
        return ShoreList(dice.shuffled(self.people), dice.shuffled(self.links))


@dataclass(frozen=True, slots=True)
class Named:
    """A relative whom a child of ``family`` has named: what others may resemble."""

    family: Family
    child: Being
    relative: Being


class Shores:
    """Fills both lists, family by family."""

    def __init__(self, tables: Tables, families: Families, noise: float, seed: int) -> None:
        self._tables, self._families, self._rates = tables, families, tables.rates
        self._dice, self._order = Dice(seed, "shores"), Dice(seed, "order")
        self._clerks = {shore: Clerk(shore, tables, noise, Dice(seed, f"clerk {shore}")) for shore in Shore}
        self._ids = Ids(Dice(seed, "ids"))
        self._drafts = {shore: Draft() for shore in Shore}
        self._pairs: list[tuple[str, str]] = []
        self._people: list[tuple[str, str]] = []
        self._same: list[tuple[str, str]] = []
        self._named: list[Named] = []

    def france(self) -> ShoreList:
        """France's list, shuffled; call once at the end."""
        return self._drafts[Shore.FRANCE].shuffled(self._order)

    def britain(self) -> ShoreList:
        """Britain's list, shuffled; call once at the end."""
        return self._drafts[Shore.BRITAIN].shuffled(self._order)

    def truth(self) -> Truth:
        """What is true of the lists so far."""
        return Truth(tuple(sorted(self._pairs)), tuple(sorted(self._people)), tuple(sorted(self._same)))

    def adults(self) -> int:
        """How many people stand on Britain's list."""
        return len(self._drafts[Shore.BRITAIN].people)

    def camp_person(self, being: Being) -> Person:
        """An adult of the camp, registered in France; on neither list."""
        return self._person(Shore.FRANCE, being, self._day())

    def add_family(self, children: int) -> None:
        """A family with ``children`` in the camp: their registrations, their relatives, the links of both."""
        like = self._dice.chance(self._rates["like_an_earlier_family"]) and self._named
        family = self._families.family(self._dice.pick(self._named).family if like else None)
        registered = [(being, self._register(being)) for being in self._families.children(family, children)]
        taken, kinds = {being.own for being, _ in registered}, list[Kind]()
        for _ in range(self._how_many_relatives()):
            kinds.append(self._kind(kinds))
            relative = self._families.relative(family, kinds[-1], frozenset(taken))
            taken.add(relative.own)
            self._add_relative(family, kinds[-1], relative, registered)

    def add_other_adult(self) -> None:
        """An adult on Britain's list who is nobody's relative here, alike to one or not."""
        seeker, children, kind = self._other()
        person = self._add_person(Shore.BRITAIN, seeker)
        if self._dice.chance(self._rates["seeks_nobody"]):
            return
        for child in children:
            self._link(Shore.BRITAIN, person, kind, child)

    def _other(self) -> tuple[Being, list[Being], Kind]:
        """A seeker, the children who are sought, and how they are related."""
        kind = self._dice.draw(self._tables.world.kinds)
        share = self._dice.below(10_000) / 10_000
        model = self._dice.pick(self._named) if self._named else None
        look_alike = self._rates["look_alike_family"]
        namesake = look_alike + self._rates["namesake_of_relative"]
        family = self._families.family(model.family if model and share < look_alike else None)
        seeker = self._families.relative(family, kind)
        children = self._families.children(family, 1 + self._dice.chance(self._rates["seeks_two"]))
        if model and look_alike <= share < namesake:
            seeker = _namesake(seeker, model.relative)
        elif model and namesake <= share < namesake + self._rates["namesake_of_child"]:
            children[0] = _namesake(children[0], model.child)
        return seeker, children, kind

    def _how_many_relatives(self) -> int:
        share = self._dice.below(10_000) / 10_000
        three = self._rates["three_relatives"]
        return 3 if share < three else 2 if share < three + self._rates["two_relatives"] else 1

    def _kind(self, before: list[Kind]) -> Kind:
        """A kind of relative; nobody has two fathers."""
        kind = self._dice.draw(self._tables.world.kinds)
        while kind.kin in _ONLY_ONE and kind in before:
            kind = self._dice.draw(self._tables.world.kinds)
        return kind

    def _add_relative(
        self, family: Family, kind: Kind, relative: Being, children: list[tuple[Being, list[Person]]]
    ) -> None:
        """A relative: named by the first child and mostly by the others; on Britain's list by chance."""
        person = (
            self._add_person(Shore.BRITAIN, relative)
            if self._dice.chance(self._rates["relative_on_list"])
            else None
        )
        looks = person is not None and self._dice.chance(self._rates["relative_names_child"])
        for place, (child, registrations) in enumerate(children):
            if place and not self._dice.chance(self._rates["sibling_names_too"]):
                continue
            links = list(self._tell(registrations, kind, relative))
            self._named.append(Named(family, child, relative))
            if person is None:
                continue
            if looks and (not place or self._dice.chance(self._rates["sibling_names_too"])):
                back = self._link(Shore.BRITAIN, person, kind, child)
                self._pairs += [(link.link_id, back.link_id) for link in links]
            else:
                self._people += [(link.link_id, person.person_id) for link in links]

    def _tell(self, registrations: list[Person], kind: Kind, relative: Being) -> Iterator[FamilyLink]:
        """The link as the child tells it at each registration."""
        for place, person in enumerate(registrations):
            if not place or self._dice.chance(self._rates["link_told_again"]):
                yield self._link(Shore.FRANCE, person, kind, relative)

    def _register(self, child: Being) -> list[Person]:
        """One registration, or several by different organisations."""
        dice, rates = self._dice, self._rates
        times = 1 + dice.chance(rates["second_registration"] + rates["third_registration"])
        if times == 2 and dice.chance(rates["third_registration"] / rates["second_registration"]):
            times = 3
        organisations = dice.shuffled(self._tables.world.organisations[Shore.FRANCE])[:times]
        people = [self._add_person(Shore.FRANCE, child, organisation) for organisation in organisations]
        ids = sorted(person.person_id for person in people)
        self._same += [(one, other) for place, one in enumerate(ids) for other in ids[place + 1 :]]
        return people

    def _add_person(self, shore: Shore, being: Being, organisation: str = "") -> Person:
        person = self._person(shore, being, self._day(), organisation)
        self._drafts[shore].people.append(person)
        return person

    def _person(self, shore: Shore, being: Being, day: date, organisation: str = "") -> Person:
        return Person(
            person_id=self._ids.new(),
            described=self._clerks[shore].own_words(being, day),
            recorded_on=day,
            organisation=organisation or self._dice.pick(self._tables.world.organisations[shore]),
        )

    def _day(self) -> date:
        world = self._tables.world
        days = (world.last_registration - world.first_registration).days
        return world.first_registration + timedelta(days=self._dice.between(0, days))

    def _link(self, shore: Shore, person: Person, kind: Kind, told: Being) -> FamilyLink:
        """What ``person``, on ``shore``, says of ``told``."""
        clerk, day = self._clerks[shore], person.recorded_on or self._tables.world.day
        relation = clerk.relation(kind) if shore is Shore.FRANCE else clerk.inverse(kind, told)
        link = FamilyLink(
            link_id=self._ids.new(),
            person_id=person.person_id,
            relation=relation,
            described=clerk.of_relative(told, day),
        )
        self._drafts[shore].links.append(link)
        return link


def _namesake(being: Being, model: Being) -> Being:
    """``being`` with the own name, father's and family name of ``model``, of the same people; no other tie."""
    return replace(
        being,
        own=model.own,
        own2=model.own2,
        fathers=(*model.fathers[:1], *being.fathers[1:]),
        family=model.family,
        sex=model.sex,
        nationality=model.nationality,
        stock=model.stock,
        shape=model.shape,
    )
