# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the report writes numbers, days and birth intervals in each language."""

from datetime import date
from math import floor

from havre.engines.linkage.records import BirthInterval, BirthKind
from havre.words import Language, Words

WORDS = Words("havre.apps.tracing.report")
MINUS = "\u2212"
THIN = "\u202f"
"""A narrow space that does not break: before a French percent sign, between thousands."""


def number(value: int, language: Language) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}".replace(",", THIN if language is Language.FRENCH else ",")


def share(value: float | None, language: Language) -> str:
    """A share in whole percent, rounded to the nearest; a dash where there is none."""
    return "–" if value is None else _percent(str(round(value * 100)), language)


def decimal(value: float, language: Language, places: int = 2) -> str:
    """A number with a fixed count of decimals."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language is Language.FRENCH else text


def probability(value: float, language: Language) -> str:
    """A probability in whole percent, cut and never rounded up, so that 89.9 % is not shown as a strong 90 %."""
    # 0.29 * 100 is 28.999999999999996: a probability has six digits, so nothing beyond them is meant.
    percent = floor(round(value * 100, 4))
    return _percent("< 1" if percent < 1 else str(percent), language)


def bits(value: float, language: Language) -> str:
    """Evidence in bits with its sign and one decimal; what rounds to nothing has no sign."""
    text = f"{abs(value):.1f}"
    sign = "" if text == "0.0" else MINUS if value < 0 else "+"
    return sign + (text.replace(".", ",") if language is Language.FRENCH else text)


def day(value: date, language: Language) -> str:
    """A day with its month in words, so that nobody mistakes the month for the day."""
    first = "1er" if value.day == 1 and language is Language.FRENCH else str(value.day)
    return f"{first} {_month(value, language)} {value.year}"


def birth(interval: BirthInterval, language: Language) -> str:
    """A birth interval in words: as much as is known and no more."""
    match interval.kind:
        case BirthKind.DAY if interval.earliest == interval.latest:
            return day(interval.earliest, language)
        case BirthKind.MONTH:
            return f"{_month(interval.earliest, language)} {interval.earliest.year}"
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


def _month(value: date, language: Language) -> str:
    return WORDS.say(language, "months").split()[value.month - 1]


def _percent(value: str, language: Language) -> str:
    return f"{value}{THIN}%" if language is Language.FRENCH else f"{value}%"
