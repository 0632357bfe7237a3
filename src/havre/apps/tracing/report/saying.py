# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the report writes probabilities, bits and birth intervals in each language."""

from math import floor

from havre.core.ui.telling import day, month, percent
from havre.engines.linkage.records import BirthInterval, BirthKind
from havre.words import Language, Words

WORDS = Words("havre.apps.tracing.report")
MINUS = "\u2212"


def probability(value: float, language: Language) -> str:
    """A probability in whole percent, cut and never rounded up, so that 89.9 % is not shown as a strong 90 %."""
    # 0.29 * 100 is 28.999999999999996: a probability has six digits, so nothing beyond them is meant.
    whole = floor(round(value * 100, 4))
    return percent("< 1" if whole < 1 else str(whole), language)


def bits(value: float, language: Language) -> str:
    """Evidence in bits with its sign and one decimal; what rounds to nothing has no sign."""
    text = f"{abs(value):.1f}"
    sign = "" if text == "0.0" else MINUS if value < 0 else "+"
    return sign + (text.replace(".", ",") if language is Language.FRENCH else text)


def birth(interval: BirthInterval, language: Language) -> str:
    """A birth interval in words: as much as is known and no more."""
    match interval.kind:
        case BirthKind.DAY if interval.earliest == interval.latest:
            return day(interval.earliest, language)
        case BirthKind.MONTH:
            return month(interval.earliest, language)
        case BirthKind.YEAR if interval.earliest.year == interval.latest.year:
            return str(interval.earliest.year)
        case BirthKind.FIRST_OF_JANUARY:
            return WORDS.say(language, "born_first_of_january", year=interval.earliest.year)
    between = {
        "earliest": day(interval.earliest, language),
        "latest": day(interval.latest, language),
    }
    key = "born_by_age" if interval.kind is BirthKind.AGE else "born_between"
    return WORDS.say(language, key, **between)
