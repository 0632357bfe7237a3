# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How numbers, days and moments are written in each language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from havre.words import Language, Words

WORDS = Words("havre.core.ui")
THIN = "\u202f"
"""A narrow space that does not break: before a French percent sign, between thousands."""
CLOCKS = (("clock_france", ZoneInfo("Europe/Paris")), ("clock_britain", ZoneInfo("Europe/London")))


def number(value: int, language: Language) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}".replace(",", THIN if language is Language.FRENCH else ",")


def share(value: float | None, language: Language) -> str:
    """A share in whole percent, rounded to the nearest; a dash where there is none."""
    return "–" if value is None else percent(str(round(value * 100)), language)


def percent(value: str, language: Language) -> str:
    """Digits with the percent sign behind them."""
    return f"{value}{THIN}%" if language is Language.FRENCH else f"{value}%"


def decimal(value: float, language: Language, places: int = 2) -> str:
    """A number with a fixed count of decimals."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language is Language.FRENCH else text


def month(value: date, language: Language) -> str:
    """A month in words, with its year."""
    return f"{_month(value, language)} {value.year}"


def day(value: date, language: Language) -> str:
    """A day with its month in words, so that nobody mistakes the month for the day."""
    first = "1er" if value.day == 1 and language is Language.FRENCH else str(value.day)
    return f"{first} {month(value, language)}"


def moment(value: datetime, language: Language) -> Markup:
    """A moment on the clocks of both shores, for a page."""
    said = both_clocks(value, language)
    return Markup('<time datetime="{}">{}</time>').format(f"{value:%Y-%m-%dT%H:%M:%S%z}", said)


def both_clocks(value: datetime, language: Language) -> str:
    """A moment on the clocks of both shores; the day stands again where midnight lies between them."""
    said: list[str] = []
    last: date | None = None
    for key, zone in CLOCKS:
        local = value.astimezone(zone)
        clock = WORDS.say(language, key, time=f"{local:%H:%M}")
        said.append(clock if local.date() == last else f"{day(local.date(), language)}, {clock}")
        last = local.date()
    return " · ".join(said)


def _month(value: date, language: Language) -> str:
    return WORDS.say(language, "months").split()[value.month - 1]
