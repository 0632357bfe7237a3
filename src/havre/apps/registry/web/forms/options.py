# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a field offers to choose from."""

from enum import StrEnum
from typing import Protocol

from havre.apps.registry.enums import (
    AgeMethod,
    ConsentFor,
    ConsentGiver,
    ConsentHow,
    ContactKind,
    LegalBasis,
    NameKind,
    Writer,
)
from havre.apps.registry.web.languages import spoken
from havre.apps.registry.web.words import WORDS
from havre.core.exchange.vocabulary import sexes, unsaid_terms
from havre.engines.linkage.records import Unsaid
from havre.engines.linkage.relations import relations
from havre.words import Language

Pairs = list[tuple[str, str]]


class _Labelled(Protocol):
    """A word of the registry."""

    @property
    def value(self) -> str:
        """As it is kept."""
        ...

    def label(self, language: Language) -> str:
        """In words."""
        ...


def _labels(*words: _Labelled, language: Language) -> Pairs:
    return [(word.value, word.label(language)) for word in words]


def sex(language: Language) -> Pairs:
    """The published words for sex."""
    return [(term.key, term.label(language)) for term in sexes()]


def unsaid(language: Language) -> Pairs:
    """Why a value is not there."""
    return [(term.key, term.label(language)) for term in unsaid_terms() if term.key in set(Unsaid)]


def sex_or_why_not(language: Language) -> Pairs:
    """A sex, or why none was said."""
    return [*sex(language), *unsaid(language)]


def relation(language: Language) -> Pairs:
    """The published vocabulary of family relations."""
    return [(each.key, each.label(language)) for each in relations().values()]


def languages(language: Language) -> Pairs:
    """Languages in which people are asked."""
    return spoken(language)


def consent_for(language: Language) -> Pairs:
    """What a consent may allow."""
    return _labels(*ConsentFor, language=language)


def consent_giver(language: Language) -> Pairs:
    """Who may be asked."""
    return _labels(*ConsentGiver, language=language)


def consent_how(language: Language) -> Pairs:
    """How somebody may be asked."""
    return _labels(*ConsentHow, language=language)


def legal_basis(language: Language) -> Pairs:
    """On what the processing may rest."""
    return _labels(*LegalBasis, language=language)


def name_kind(language: Language) -> Pairs:
    """What a name may be to a person."""
    return _labels(*NameKind, language=language)


def writer(language: Language) -> Pairs:
    """Whose hand a spelling may be from, as far as a member can know it."""
    return _labels(Writer.PERSON, Writer.MEMBER, Writer.INTERPRETER, Writer.DOCUMENT, language=language)


def age_method(language: Language) -> Pairs:
    """How an age may be known."""
    return _labels(*AgeMethod, language=language)


def contact_kind(language: Language) -> Pairs:
    """How somebody may be reached."""
    return _labels(*ContactKind, language=language)


class Answer(StrEnum):
    """What somebody said when asked."""

    YES = "yes"
    NO = "no"


def answer(language: Language) -> Pairs:
    """Yes or no; that nobody asked is neither."""
    return [(each.value, WORDS.say(language, f"answer_{each.value}")) for each in Answer]
