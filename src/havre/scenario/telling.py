# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list says of somebody: told by themselves, or by a relative, to a clerk who writes it down."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex, Unsaid
from havre.scenario import phones
from havre.scenario.births import age_on, interval, of_age, years_before
from havre.scenario.chance import Dice
from havre.scenario.families import Being
from havre.scenario.spelling import Speller, mistyped, usual
from havre.scenario.tables import Kind, NameWord, Place, Shore, Tables

_EXPLAINED = ("nationality", "birthplace", "phone", "town", "birth", "sex")


_THEMSELVES, _ANOTHER = "", "told_"
"""Before the name of a rate: of whom is told."""


class Clerk:
    """A clerk of one shore, at a level of noise."""

    def __init__(self, shore: Shore, tables: Tables, noise: float, dice: Dice) -> None:
        self._shore, self._tables, self._dice = shore, tables, dice
        self._speller = Speller(shore, tables)
        self._errors = {key: min(0.95, rate * noise) for key, rate in tables.errors.items()}

    def own_words(self, being: Being, day: date) -> Description:
        """What is written when ``being`` registers on ``day``."""
        return self._describe(being, _THEMSELVES, self._own_birth(being, day), self._phone(being.phone))

    def of_relative(self, being: Being, day: date) -> Description:
        """What is written when a relative describes ``being`` on ``day``."""
        phone = being.phone if self._dice.chance(self._tables.rates["told_phone"]) else ""
        return self._describe(being, _ANOTHER, self._told_birth(being, day), self._phone(phone))

    def relation(self, kind: Kind) -> str:
        """What a child calls a relative of ``kind``, or by chance something vaguer, something wrong, or nothing."""
        if self._slips("relation_unsaid"):
            return ""
        if self._slips("relation_wrong"):
            return kind.wrong
        return kind.vague if self._slips("relation_vague") else kind.relation

    def inverse(self, kind: Kind, child: Being) -> str:
        """What a relative of ``kind`` calls the child, with the same slips."""
        said = kind.inverse[child.sex is Sex.FEMALE]
        if self._slips("relation_unsaid"):
            return ""
        if self._slips("relation_wrong"):
            return "cousin" if said != "cousin" else "brother"
        return "other relative" if self._slips("inverse_vague") else said

    def _happens(self, what: str) -> bool:
        return self._dice.chance(self._tables.rates[what])

    def _slips(self, error: str) -> bool:
        return self._dice.chance(self._errors[error])

    def _says(self, said: str, what: str) -> bool:
        return self._happens(said + what)

    def _describe(self, being: Being, said: str, birth: BirthInterval | None, phone: str) -> Description:
        names, other_names = self._names(being, said)
        described = Description(
            names=names,
            other_names=other_names,
            sex=self._sex(being) if self._says(said, "sex") else None,
            birth=birth,
            nationality=self._nationality(being) if self._says(said, "nationality") else "",
            birthplace=self._birthplace(being) if self._says(said, "birthplace") else "",
            phone=phone,
            town=self._town(being, said) if self._says(said, "town") else "",
            country="FR" if being.shore is Shore.FRANCE else "GB",
        )
        return self._explained(described)

    def _explained(self, described: Description) -> Description:
        """``described`` with, by chance, the reason why a value is not there."""
        rate = self._tables.rates["why_unsaid"]
        missing = [key for key in _EXPLAINED if not getattr(described, key) and self._dice.chance(rate)]
        if not missing:
            return described
        reasons = {key: self._dice.pick(tuple(Unsaid)) for key in missing}
        return replace(described, unsaid=MappingProxyType(reasons))

    def _names(self, being: Being, said: str) -> tuple[str, str]:
        """Names as written, and other names."""
        own_shape = self._dice.chance(self._tables.rates["own_shape"])
        shape = being.shape if own_shape else self._dice.draw(being.stock.shapes)
        words = being.words(shape)
        drop = self._errors[said + "drop_part"]
        words = words[:1] + [word for word in words[1:] if not self._dice.chance(drop)]
        if being.nickname and said == _ANOTHER and self._slips("other_own_name"):
            words[0] = being.nickname
        other = [being.nickname] if being.nickname and words[0] is not being.nickname else []
        if not other and self._slips("respelled"):
            other = words[:1]
        return self._written(words), " ".join(self._word(word) for word in other)

    def _written(self, words: list[NameWord]) -> str:
        if self._happens("all_native"):
            return " ".join(word.native for word in words)
        parts = [self._part(word) for word in words]
        if len(parts) > 1 and self._happens("capitals"):
            parts[-1] = parts[-1].upper()
        if len(parts) > 1 and self._slips("invert"):
            parts = [*parts[1:], parts[0]]
        return ("" if self._slips("join") else " ").join(parts)

    def _part(self, word: NameWord) -> str:
        if self._happens("one_native"):
            return word.native
        text = self._word(word)
        return mistyped(text, self._dice) if self._slips("typo") else text

    def _word(self, word: NameWord) -> str:
        if not self._slips("other_spelling"):
            return usual(word)
        if self._slips("by_ear"):
            return self._speller.by_ear(word, self._dice)
        return self._speller.as_others(word, self._dice)

    def _sex(self, being: Being) -> Sex:
        other = Sex.FEMALE if being.sex is Sex.MALE else Sex.MALE
        return other if self._slips("sex_off") else being.sex

    def _nationality(self, being: Being) -> str:
        off = self._slips("nationality_off")
        return self._dice.pick(self._tables.nationalities).code if off else being.nationality.code

    def _birthplace(self, being: Being) -> str:
        if self._slips("place_off"):
            return self._place(self._dice.draw(being.nationality.places))
        return self._place(being.birthplace)

    def _place(self, place: Place) -> str:
        if place.native and self._happens("place_native"):
            return place.native
        spellings = place.spellings(self._shore)
        return self._dice.pick(spellings) if self._slips("place_variant") else spellings[0]

    def _town(self, being: Being, said: str) -> str:
        off = self._slips(said + "town_off")
        town = self._dice.draw(self._tables.towns[being.shore]) if off else being.town
        spellings = town.spellings(self._shore)
        return self._dice.pick(spellings) if self._slips("town_variant") else spellings[0]

    def _phone(self, number: str) -> str:
        if number and self._slips("phone_off"):
            number = phones.mistyped(number, self._dice)
        return phones.written(number, self._dice) if number else ""

    def _own_birth(self, being: Being, day: date) -> BirthInterval:
        birth = being.birth
        if self._slips("birth_year_off"):
            shifted = years_before(birth, self._dice.pick((-1, 1)))
            grown = years_before(self._tables.world.day, 18)
            # An error does not make an adult of a child, nor a child of an adult.
            birth = shifted if (shifted > grown) == (birth > grown) else birth
        return interval(birth, being.birth_known, day)

    def _told_birth(self, being: Being, day: date) -> BirthInterval | None:
        rates, share = self._tables.rates, self._dice.below(10_000) / 10_000
        for kind in (BirthKind.DAY, BirthKind.FIRST_OF_JANUARY, BirthKind.YEAR, BirthKind.AGE):
            rate = rates[f"told_birth_{kind}"]
            if share < rate:
                return self._told_as(being, kind, day)
            share -= rate
        return None

    def _told_as(self, being: Being, kind: BirthKind, day: date) -> BirthInterval:
        off = 0
        if kind is not BirthKind.DAY and self._slips("told_age_off"):
            off = self._dice.pick((-2, -1, -1, 1, 1, 2))
        if kind is BirthKind.AGE:
            return of_age(max(1, age_on(being.birth, day) + off), day)
        return interval(years_before(being.birth, off), kind, day)
