# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Three calendars, and the days of the Gregorian one that their dates stand for.

Solar Hijri is the civil calendar of Iran and Afghanistan: the year begins on the day of the March equinox at the
meridian of Tehran (``convertdate.persian``). The Ethiopian calendar is the Alexandrian one, counted 276 years
apart from the Coptic (``convertdate.coptic``): twelve months of 30 days and a thirteenth of 5 or 6.
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache

_JULIAN_DAY_OF_ORDINAL_ZERO = 1721424.5
_COPTIC_FROM_ETHIOPIAN = -276
_YEARS = {"gregorian": (1, 9998), "solar_hijri": (1200, 1500), "ethiopian": (1500, 2200)}
"""First and last year that are converted; outside of them a date is not a date of our time."""


class Calendar(StrEnum):
    """A calendar in which a list may write a date."""

    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar_hijri"
    ETHIOPIAN = "ethiopian"

    @property
    def months(self) -> int:
        """How many months a year has."""
        return 13 if self is Calendar.ETHIOPIAN else 12


def first_of_year(calendar: Calendar, year: int) -> date:
    """The Gregorian day on which ``year`` begins; ValueError outside of the years that are converted."""
    first, last = _YEARS[calendar]
    if not first <= year <= last + 1:
        raise ValueError(f"year {year} is outside of {first} to {last}")
    return _first_of_year(calendar, year)


@cache
def _first_of_year(calendar: Calendar, year: int) -> date:
    if calendar is Calendar.GREGORIAN:
        return date(year, 1, 1)
    from convertdate import coptic, persian  # type: ignore[import-untyped] # takes a third of a second

    if calendar is Calendar.SOLAR_HIJRI:
        julian_day = persian.to_jd(year, 1, 1)
    else:
        julian_day = coptic.to_jd(year + _COPTIC_FROM_ETHIOPIAN, 1, 1)
    return date.fromordinal(round(julian_day - _JULIAN_DAY_OF_ORDINAL_ZERO))


def days_in_year(calendar: Calendar, year: int) -> int:
    """365 or 366."""
    return (first_of_year(calendar, year + 1) - first_of_year(calendar, year)).days


def span(
    calendar: Calendar, year: int, month: int | None = None, day: int | None = None
) -> tuple[date, date]:
    """First and last Gregorian day of a year, a month or a day; ValueError where there is none."""
    first, last = _YEARS[calendar]
    if not first <= year <= last:
        raise ValueError(f"year {year} is outside of {first} to {last}")
    if month is None:
        return first_of_year(calendar, year), first_of_year(calendar, year + 1) - timedelta(days=1)
    begin, length = _month(calendar, year, month)
    if day is None:
        return begin, begin + timedelta(days=length - 1)
    if not 1 <= day <= length:
        raise ValueError(f"month {month} of {year} has no day {day}")
    that = begin + timedelta(days=day - 1)
    return that, that


def _month(calendar: Calendar, year: int, month: int) -> tuple[date, int]:
    """The first day of a month, and how many days it has."""
    if not 1 <= month <= calendar.months:
        raise ValueError(f"a year has no month {month}")
    if calendar is Calendar.GREGORIAN:
        begin = date(year, month, 1)
        end = date(year + month // 12, month % 12 + 1, 1)
        return begin, (end - begin).days
    before = 30 * (month - 1)
    if calendar is Calendar.SOLAR_HIJRI:
        before += min(month - 1, 6)
        length = 31 if month <= 6 else 30
    else:
        length = 30
    # The last month is what is left of the year.
    length = min(length, days_in_year(calendar, year) - before)
    return first_of_year(calendar, year) + timedelta(days=before), length


def written_in(calendar: Calendar, day: date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian day in ``calendar``: what ``span`` undoes."""
    year = day.year - {"gregorian": 0, "solar_hijri": 621, "ethiopian": 7}[calendar]
    if first_of_year(calendar, year) > day:
        year -= 1
    month = 1
    while month < calendar.months and _month(calendar, year, month + 1)[0] <= day:
        month += 1
    return year, month, (day - _month(calendar, year, month)[0]).days + 1
