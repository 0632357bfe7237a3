# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a cell may say, and the value it stands for. Every look-up gives None for a word that is not published."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from havre.core.exchange.vocabulary.countries import Country, countries
from havre.core.exchange.vocabulary.folding import fold, squash
from havre.engines.linkage.records import Sex, Unsaid
from havre.engines.linkage.relations import relations
from havre.words import Language

NOTHING = "nothing"
UNREAD_CALENDAR = "unread"


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a small vocabulary, with the words for it."""

    key: str
    en: str
    fr: str
    aliases: tuple[str, ...]

    def label(self, language: Language) -> str:
        """The value in words."""
        return self.fr if language is Language.FRENCH else self.en

    def spellings(self) -> tuple[str, ...]:
        """All that a cell may write for it."""
        return (self.key, self.en, self.fr, *self.aliases)


@cache
def _terms(file: str) -> tuple[Term, ...]:
    data = tomllib.loads((files(__package__) / file).read_text("utf-8"))
    return tuple(Term(key, entry["en"], entry["fr"], tuple(entry["aliases"])) for key, entry in data.items())


def sexes() -> tuple[Term, ...]:
    """The published words for sex."""
    return _terms("sexes.toml")


def unsaid_terms() -> tuple[Term, ...]:
    """The published words for values that are not there, and the marks that say nothing (key ``nothing``)."""
    return _terms("unsaid.toml")


def calendar_terms() -> tuple[Term, ...]:
    """The marks of calendars; key ``unread`` for the one that is known but not converted."""
    return _terms("calendars.toml")


def answers() -> tuple[Term, ...]:
    """The published words for an answer to a request."""
    return _terms("answers.toml")


@cache
def _answers() -> Mapping[str, str]:
    return {fold(word): term.key for term in answers() for word in term.spellings()}


@cache
def _sexes() -> Mapping[str, Sex]:
    return {fold(word): Sex(term.key) for term in sexes() for word in term.spellings()}


@cache
def _unsaid() -> Mapping[str, Unsaid | str]:
    # Not folded: "-" and "?" are nothing but signs, and this is asked of every cell of a list.
    return {
        spelling: "" if term.key == NOTHING else Unsaid(term.key)
        for term in unsaid_terms()
        for word in term.spellings()
        if word != NOTHING
        for spelling in (word.casefold(), fold(word))
        if spelling
    }


@cache
def _calendars() -> Mapping[str, str]:
    return {squash(word): term.key for term in calendar_terms() for word in term.spellings()}


@cache
def _relations() -> Mapping[str, str]:
    return {
        fold(word): relation.key
        for relation in relations().values()
        for word in (relation.key, relation.en, relation.fr, *relation.aliases)
    }


def _spellings(country: Country) -> Iterable[str]:
    # A code first, so that no alias of a later country can take it: see the test that no two share a word.
    return filter(None, (country.alpha_2, country.alpha_3, country.en, country.fr, *country.aliases))


@cache
def _countries() -> Mapping[str, Country]:
    return {fold(word): country for country in countries() for word in _spellings(country)}


def find_sex(text: str) -> Sex | None:
    """The sex that a cell says."""
    return _sexes().get(fold(text))


def find_answer(text: str) -> str | None:
    """The key of the answer that a cell says."""
    return _answers().get(fold(text))


def find_unsaid(text: str) -> Unsaid | str | None:
    """Why a cell holds no value; ``""`` for a mark that says nothing; None where the cell holds a value."""
    return _unsaid().get(text.casefold())


def find_calendar(text: str) -> str | None:
    """The key of the calendar that a mark names, ``unread`` included."""
    return _calendars().get(squash(text))


def find_relation(text: str) -> str | None:
    """The key of the relation that a cell says."""
    return _relations().get(fold(text))


def find_country(text: str) -> Country | None:
    """The country that a code, a name or an adjective says."""
    return _countries().get(fold(text))


def nearest_country(text: str) -> Country | None:
    """The country whose spelling comes nearest, as a question to the reader; never taken for the value."""
    near = get_close_matches(fold(text[:60]), _countries(), n=1, cutoff=0.8)
    return _countries()[near[0]] if near else None


def nearest_relation(text: str) -> str | None:
    """The key of the relation whose spelling comes nearest, as a question to the reader."""
    near = get_close_matches(fold(text[:60]), _relations(), n=1, cutoff=0.75)
    return _relations()[near[0]] if near else None
