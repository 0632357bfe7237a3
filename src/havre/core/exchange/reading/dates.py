# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates as people write them: whole or in part, in three calendars, with the digits of their script.

Three numbers are day, month, year unless the year comes first. A date that could be read in two ways because it
puts the month first is only found out where the month would be above 12; the order is documented.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from havre.core.exchange.reading.bad_value import BadValue
from havre.core.exchange.vocabulary import find_calendar, squash
from havre.core.exchange.vocabulary.calendars import Calendar, span
from havre.core.exchange.vocabulary.terms import UNREAD_CALENDAR
from havre.engines.linkage.records import BirthInterval, BirthKind

LONGEST = 100
"""Characters beyond which a text is no date."""
_SERIAL_EPOCH = date(1899, 12, 30)
"""Day 0 of the numbers in which a spreadsheet keeps days (the 1900 system, from March 1900 on)."""
_SERIALS = range(3_000, 80_000)
_HIDDEN = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?Z?$")
_WITH_NUMBERS = re.compile(r"(\D*)(\d(?:[\d\s./\-–]*\d)?)(\D*)")
_WITH_MONTH = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?[\s.\-]+)?([^\W\d_]+)[.,]?[\s\-]+(\d{4})")
_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it was written; ``calendar`` is None where it bears no mark."""

    calendar: Calendar | None
    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False


@cache
def date_words() -> dict[str, Any]:
    """The words of ``dates.toml``."""
    return tomllib.loads((files("havre.core.exchange.vocabulary") / "dates.toml").read_text("utf-8"))


@cache
def _about() -> frozenset[str]:
    return frozenset(squash(word) or word for word in date_words()["about"])


@cache
def _months() -> dict[str, int]:
    return {squash(name): int(n) for n, names in date_words()["months"].items() for name in names}


def plain_digits(text: str) -> str:
    """``text`` with the decimal digits of every script as 0-9, and without joiners and directional marks."""
    if text.isascii():
        return text
    return "".join(str(int(c)) if c.isdecimal() else c for c in _HIDDEN.sub("", text))


def says_about(word: str) -> bool:
    """Whether a word before a number says that it is not exact."""
    return (squash(word) or word.strip()) in _about()


@lru_cache(maxsize=65536)
def parse_date(text: str) -> WrittenDate:
    """The date that ``text`` writes; BadValue where it writes none. Whether the day exists is not looked at."""
    if len(text) > LONGEST:
        raise BadValue("bad_date")
    plain = _MIDNIGHT.sub("", plain_digits(text).strip())
    if (named := _WITH_MONTH.fullmatch(plain)) and (month := _months().get(squash(named[2]))):
        return WrittenDate(None, int(named[3]), month, int(named[1]) if named[1] else None)
    numbers = _WITH_NUMBERS.fullmatch(plain)
    if not numbers:
        raise BadValue("bad_date")
    calendar, about = _marks(numbers[1], numbers[3])
    year, month_, day = _parts(numbers[2], calendar)
    if about and month_ is not None:
        raise BadValue("bad_date")
    return WrittenDate(calendar, year, month_, day, about)


def _marks(before: str, after: str) -> tuple[Calendar | None, bool]:
    """The calendar that stands beside the numbers, and whether they are about right."""
    about = False
    words = []
    for word in (before.strip(), after.strip()):
        if word and says_about(word):
            about = True
        elif word:
            words.append(word)
    if not words:
        return None, about
    key = find_calendar(" ".join(words))
    if key == UNREAD_CALENDAR:
        raise BadValue("lunar_calendar")
    if key is None:
        raise BadValue("bad_date")
    return Calendar(key), about


def _parts(numbers: str, calendar: Calendar | None) -> tuple[int, int | None, int | None]:
    """Year, month and day of the numbers of a date, whatever their order."""
    match re.split(r"\s*[./\-–]\s*|\s+", numbers):
        case [year] if len(year) == 4:
            return int(year), None, None
        case [serial] if len(serial) in (4, 5) and calendar is None and int(serial) in _SERIALS:
            day = _SERIAL_EPOCH + timedelta(days=int(serial))
            return day.year, day.month, day.day
        case [packed] if len(packed) == 8:
            return int(packed[:4]), int(packed[4:6]), int(packed[6:])
        case [year, month] if len(year) == 4 and len(month) <= 2:
            return int(year), int(month), None
        case [month, year] if len(year) == 4 and len(month) <= 2:
            return int(year), int(month), None
        case [year, month, day_] if len(year) == 4 and max(len(month), len(day_)) <= 2:
            return int(year), int(month), int(day_)
        case [day_, month, year] if len(year) == 4 and max(len(month), len(day_)) <= 2:
            _check_day_first(int(day_), int(month), int(year), calendar)
            return int(year), int(month), int(day_)
        case [_, _, short] if len(short) <= 2:
            raise BadValue("short_year")
    raise BadValue("bad_date")


def _check_day_first(day: int, month: int, year: int, calendar: Calendar | None) -> None:
    if calendar is not Calendar.ETHIOPIAN and 12 < month <= 31 and day <= 12:
        raise BadValue("month_first", month=month, right=f"{year:04}-{day:02}-{month:02}")


@lru_cache(maxsize=65536)
def parse_birth(text: str, calendar: Calendar | None = None) -> BirthInterval:
    """The interval of birth dates that ``text`` says; ``calendar`` is the one of a date without a mark.

    The first day of a year of its calendar stands for the whole year (kind FIRST_OF_JANUARY): offices write it
    when they know no more. ``~2001`` is a year and its two neighbours. ``2000-09-11..2001-09-10`` is what Havre
    writes for an interval that no date says. BadValue where the text says no possible date.
    """
    if between := _RANGE.fullmatch(text.strip()):
        return _range(between[1], between[2])
    written = parse_date(text)
    used = written.calendar or calendar or Calendar.GREGORIAN
    if used is Calendar.GREGORIAN and 1250 <= written.year <= 1450:
        raise BadValue("unmarked_calendar" if written.calendar is None else "no_such_day")
    try:
        return _interval(used, written)
    except ValueError as error:
        raise BadValue("no_such_day") from error


def _interval(calendar: Calendar, written: WrittenDate) -> BirthInterval:
    year, month, day = written.year, written.month, written.day
    if month is None:
        spread = 1 if written.about else 0
        earliest, latest = span(calendar, year - spread)[0], span(calendar, year + spread)[1]
        return BirthInterval(earliest, latest, BirthKind.YEAR)
    if month == day == 1:
        return BirthInterval(*span(calendar, year), BirthKind.FIRST_OF_JANUARY)
    return BirthInterval(*span(calendar, year, month, day), BirthKind.DAY if day else BirthKind.MONTH)


def _range(first: str, last: str) -> BirthInterval:
    try:
        earliest, latest = date.fromisoformat(first), date.fromisoformat(last)
        return BirthInterval(earliest, latest, _kind_of_width((latest - earliest).days + 1))
    except ValueError as error:
        raise BadValue("no_such_day") from error


def _kind_of_width(days: int) -> BirthKind:
    if days == 1:
        return BirthKind.DAY
    return BirthKind.MONTH if days <= 31 else BirthKind.YEAR


@lru_cache(maxsize=8192)
def parse_day(text: str) -> date:
    """The one day that ``text`` says; BadValue("not_a_day") where it says a month or a year."""
    written = parse_date(text)
    if written.day is None:
        raise BadValue("not_a_day")
    try:
        return span(written.calendar or Calendar.GREGORIAN, written.year, written.month, written.day)[0]
    except ValueError as error:
        raise BadValue("no_such_day") from error


def writings(birth: BirthInterval) -> Iterator[str]:
    """Texts that may say ``birth`` as a date, the most natural first; the last one says at least its days."""
    earliest = birth.earliest
    yield earliest.isoformat()
    yield f"{earliest.year:04}-{earliest.month:02}"
    yield f"{earliest.year:04}"
    yield f"~{earliest.year + 1:04}"
    yield f"{earliest.isoformat()}..{birth.latest.isoformat()}"
