# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people of the scenario as they truly are: families with chains of fathers, children, relatives abroad."""

from dataclasses import dataclass
from datetime import date, timedelta

from havre.engines.linkage.records import BirthKind, Sex
from havre.scenario.births import years_before
from havre.scenario.chance import Dice, Weighted
from havre.scenario.phones import Phones
from havre.scenario.tables import Kind, NameWord, Nationality, Place, Shore, Stock, Tables

CHAIN = 5
"""How many fathers of a family are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Being:
    """Somebody, as they truly are."""

    own: NameWord
    own2: NameWord
    """A second own name, said by people whose shape has one."""
    fathers: tuple[NameWord, ...]
    """Father, grandfather and so on."""
    family: NameWord | None
    nickname: NameWord | None
    sex: Sex
    birth: date
    birth_known: BirthKind
    nationality: Nationality
    stock: Stock
    shape: tuple[str, ...]
    birthplace: Place
    shore: Shore
    """Where the person is now."""
    town: Place
    phone: str

    def words(self, shape: tuple[str, ...]) -> list[NameWord]:
        """The words of the name in ``shape``; what the person does not have is left out."""
        slots: dict[str, NameWord | None] = {
            "own": self.own,
            "own2": self.own2,
            "family": self.family,
            **dict(zip(("father", "grandfather", "great"), self.fathers, strict=False)),
        }
        return [word for slot in shape if (word := slots.get(slot)) is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Parents' lines, and the children who are on the way."""

    nationality: Nationality
    stock: Stock
    birthplace: Place
    paternal: tuple[NameWord, ...]
    """Father, grandfather and so on."""
    maternal: tuple[NameWord, ...]
    """The mother's father, his father and so on."""
    family: NameWord | None
    mother_family: NameWord | None
    eldest: date


class Families:
    """Makes people. Each call draws from the same stream, so that the order of calls is part of the result."""

    def __init__(self, tables: Tables, phones: Phones, dice: Dice) -> None:
        self._tables, self._phones, self._dice = tables, phones, dice
        self._children = Weighted((each, each.children) for each in tables.nationalities)
        self._camp = Weighted((each, each.camp) for each in tables.nationalities)
        self._birth_known = _birth_known(tables)

    def family(self, like: Family | None = None) -> Family:
        """A new family; ``like`` another one it shares family name, father's name and province by chance."""
        dice = self._dice
        nationality = like.nationality if like else dice.draw(self._children)
        stock = like.stock if like else dice.draw(nationality.stocks)
        paternal = self._chain(stock)
        if like and dice.chance(0.5):
            paternal = (like.paternal[0], *paternal[1:])
        family = like.family if like else self._family_name(stock)
        same = dice.chance(self._tables.rates["same_family_name"])
        return Family(
            nationality=nationality,
            stock=stock,
            birthplace=like.birthplace if like else dice.draw(nationality.places),
            paternal=paternal,
            maternal=self._chain(stock),
            family=family,
            mother_family=family if same else self._family_name(stock),
            eldest=self._born_at_age(dice.draw(self._tables.world.ages)),
        )

    def children(self, family: Family, number: int) -> list[Being]:
        """``number`` children of ``family``, the eldest first, no two with one own name."""
        children: list[Being] = []
        birth = family.eldest
        for _ in range(number):
            taken = {family.paternal[0], *(child.own for child in children)}
            children.append(self._child(family, birth, taken))
            later = birth + timedelta(days=self._dice.between(330, 1100))
            # Nobody comes to Calais alone at six: who would be that young is a twin.
            birth = later if later <= years_before(self._tables.world.day, 8) else birth
        return children

    def _child(self, family: Family, birth: date, taken: set[NameWord]) -> Being:
        sex = Sex.MALE if self._dice.chance(self._tables.rates["boy"]) else Sex.FEMALE
        return self._being(
            family,
            own=self._own(family.stock, sex, taken),
            fathers=family.paternal,
            name=family.family,
            sex=sex,
            birth=birth,
            shore=Shore.FRANCE,
        )

    def relative(self, family: Family, kind: Kind, taken: frozenset[NameWord] = frozenset()) -> Being:
        """An adult in Britain who is ``kind`` to the children of ``family``; no own name of ``taken``."""
        sex, dice = Sex(kind.sex), self._dice
        own, fathers, name = self._line(family, kind.kin, sex, taken)
        earlier = dice.between(kind.older[0] * 365, kind.older[1] * 366)
        grown = years_before(self._tables.world.day, 18) - timedelta(days=dice.between(30, 900))
        return self._being(
            family,
            own=own,
            fathers=fathers,
            name=name,
            sex=sex,
            birth=min(family.eldest - timedelta(days=earlier), grown),
            shore=Shore.BRITAIN,
        )

    def camp_adult(self) -> Being:
        """An adult of the camp, without links."""
        dice = self._dice
        nationality = dice.draw(self._camp)
        stock = dice.draw(nationality.stocks)
        sex = Sex.FEMALE if dice.chance(self._tables.rates["woman_in_camp"]) else Sex.MALE
        alone = Family(
            nationality=nationality,
            stock=stock,
            birthplace=dice.draw(nationality.places),
            paternal=self._chain(stock),
            maternal=(),
            family=self._family_name(stock),
            mother_family=None,
            eldest=self._born_at_age(18 + min(dice.below(18), dice.below(30))),
        )
        return self._being(
            alone,
            own=self._own(stock, sex, {alone.paternal[0]}),
            fathers=alone.paternal,
            name=alone.family,
            sex=sex,
            birth=alone.eldest,
            shore=Shore.FRANCE,
        )

    def _line(
        self, family: Family, kin: str, sex: Sex, taken: frozenset[NameWord]
    ) -> tuple[NameWord, tuple[NameWord, ...], NameWord | None]:
        """Own name, fathers and family name of the ``kin`` of the children."""
        paternal, maternal = family.paternal, family.maternal
        if kin == "father":
            return paternal[0], paternal[1:], family.family
        if kin == "grandfather":
            return paternal[1], paternal[2:], family.family
        ours = kin.startswith("father") or kin == "sibling"
        name = family.family if ours else family.mother_family
        fathers = {"sibling": paternal, "father's sibling": paternal[1:]}.get(kin, maternal)
        if kin == "father's sibling's child":
            fathers = (self._own(family.stock, Sex.MALE, set(paternal[:2])), *paternal[1:])
        elif kin == "mother's sibling's child":
            fathers = (self._own(family.stock, Sex.MALE, {maternal[0]}), *maternal)
        return self._own(family.stock, sex, {fathers[0], paternal[0], *taken}), fathers, name

    def _being(
        self,
        family: Family,
        *,
        own: NameWord,
        fathers: tuple[NameWord, ...],
        name: NameWord | None,
        sex: Sex,
        birth: date,
        shore: Shore,
    ) -> Being:
        dice, rates, stock = self._dice, self._tables.rates, family.stock
        town = self._town(shore)
        return Being(
            own=own,
            own2=self._own(stock, sex, {own}),
            fathers=fathers,
            family=name,
            nickname=self._own(stock, sex, {own}) if dice.chance(rates["nickname"]) else None,
            sex=sex,
            birth=birth,
            birth_known=dice.draw(self._birth_known),
            nationality=family.nationality,
            stock=stock,
            shape=dice.draw(stock.shapes),
            birthplace=family.birthplace,
            shore=shore,
            town=town,
            phone=self._phones.of_child() if shore is Shore.FRANCE else self._phones.of_adult(town.name),
        )

    def _town(self, shore: Shore) -> Place:
        towns = self._tables.towns[shore]
        if shore is Shore.FRANCE and self._dice.chance(self._tables.rates["in_calais"]):
            return self._dice.pick(towns.things[:2])
        return self._dice.draw(towns)

    def _born_at_age(self, age: int) -> date:
        """A birth date of somebody who is ``age`` on the day of the scenario."""
        latest = years_before(self._tables.world.day, age)
        return latest - timedelta(days=self._dice.below(365))

    def _own(self, stock: Stock, sex: Sex, but: set[NameWord]) -> NameWord:
        words = stock.female if sex is Sex.FEMALE else stock.male
        word = self._dice.draw(words)
        for _ in range(8):  # a father's name is not given to his son, nor a brother's to a brother
            if word not in but:
                break
            word = self._dice.draw(words)
        return word

    def _chain(self, stock: Stock) -> tuple[NameWord, ...]:
        chain: list[NameWord] = []
        for _ in range(CHAIN):
            chain.append(self._own(stock, Sex.MALE, set(chain[-1:])))
        return tuple(chain)

    def _family_name(self, stock: Stock) -> NameWord | None:
        return self._dice.draw(stock.family) if stock.family else None


def _birth_known(tables: Tables) -> Weighted[BirthKind]:
    kinds = (BirthKind.DAY, BirthKind.FIRST_OF_JANUARY, BirthKind.YEAR)
    shares = [tables.rates[f"birth_{kind}"] for kind in kinds]
    return Weighted([*zip(kinds, shares, strict=True), (BirthKind.AGE, 1 - sum(shares))])
