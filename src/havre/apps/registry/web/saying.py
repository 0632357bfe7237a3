# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Births, ages, countries and relations in the reader's language."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from havre.apps.registry.models import AgeEvidence, Registration
from havre.apps.registry.queries import MAJORITY, best_birth
from havre.apps.registry.web.words import WORDS
from havre.core.clock import today
from havre.core.exchange.reading.ages import years_before
from havre.core.exchange.vocabulary import find_country, sexes, unsaid_terms
from havre.core.ui.telling import day, month
from havre.engines.linkage.records import BirthInterval, BirthKind
from havre.engines.linkage.relations import relations
from havre.words import Language


class Minority(StrEnum):
    """Whether somebody is under 18 on a day, as far as births leave it open."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {"certain": "attention", "possible": "info", "excluded": "quiet"}[self.value]


def minority(births: Iterable[BirthInterval], on: date) -> Minority | None:
    """Certain where all births say under 18, excluded where none does; None where there are none."""
    limit = years_before(on, MAJORITY)
    may = [(birth.latest > limit, birth.earliest > limit) for birth in births]
    if not may:
        return None
    if all(surely for _, surely in may):
        return Minority.CERTAIN
    return Minority.POSSIBLE if any(possibly for possibly, _ in may) else Minority.EXCLUDED


def minority_of(ages: Iterable[AgeEvidence]) -> Minority | None:
    """Of somebody today: by what is not disputed, and by all where everything is."""
    known = list(ages)
    heard = [age for age in known if not age.disputed] or known
    return minority((interval(age) for age in heard), today())


def interval(age: AgeEvidence) -> BirthInterval:
    """What an element of evidence says of the birth."""
    return BirthInterval(age.earliest, age.latest, BirthKind(age.kind))


def years(birth: date, on: date) -> int:
    """The age in whole years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_said(birth: BirthInterval, language: Language) -> str:
    """The age today: one, or two, or from one to another."""
    low, high = years(birth.latest, today()), years(birth.earliest, today())
    if low == high:
        return WORDS.say(language, "age_one", n=low)
    return WORDS.say(language, "age_two" if high == low + 1 else "age_range", low=low, n=high)


def birth_said(birth: BirthInterval, language: Language) -> str:
    """The birth as exactly as it is known, and no more."""
    if birth.earliest == birth.latest:
        return day(birth.earliest, language)
    if birth.kind is BirthKind.MONTH:
        return month(birth.earliest, language)
    if birth.kind in (BirthKind.YEAR, BirthKind.FIRST_OF_JANUARY):
        return str(birth.earliest.year)
    return WORDS.say(
        language, "born_between", first=day(birth.earliest, language), last=day(birth.latest, language)
    )


def age_of(registration: Registration, language: Language) -> str:
    """The age of somebody today, by the evidence that is used to compare; empty where there is none."""
    birth = best_birth(registration.ages.all())
    return age_said(birth, language) if birth else ""


def country_said(code: str, language: Language) -> str:
    """A country by its code."""
    found = find_country(code) if code else None
    return found.label(language) if found else code


def sex_said(sex: str, language: Language) -> str:
    """A sex in the published words."""
    return next((term.label(language) for term in sexes() if term.key == sex), "")


def relation_said(key: str, language: Language) -> str:
    """A relation in the published words; that none was said, where none was."""
    known = relations().get(key)
    return known.label(language) if known else WORDS.say(language, "no_relation_said")


def unsaid_said(registration: Registration, field: str, language: Language) -> str:
    """Why a field holds nothing: unknown, refused, not asked; empty where nobody said."""
    return reason_said(registration.unsaid.get(field, ""), language)


def reason_said(why: str, language: Language) -> str:
    """Why a value is not there, in the published words."""
    return next((term.label(language) for term in unsaid_terms() if term.key == why), "")
