# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How days, weeks and months are counted. Lengths come from the rules; whether the event's day counts does too."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from havre.engines.pathways.ages import DAY
from havre.engines.pathways.model import Period

MONTHS_OF_A_YEAR = 12
NOON = time.fromisoformat("12:00")


def day_in(zone: tzinfo, instant: datetime) -> date:
    """The day that ``instant`` is on the calendar of ``zone``; ValueError where it does not say its own time zone."""
    if instant.utcoffset() is None:
        raise ValueError("an instant without a time zone is on no calendar")
    return instant.astimezone(zone).date()


def noon_of(day: date) -> datetime:
    """An instant of a day of which no hour is known: noon in UTC is on that day on both shores."""
    return datetime.combine(day, NOON, UTC)


def end_of_day(zone: tzinfo, day: date) -> datetime:
    """The instant in UTC at which ``day`` is over in ``zone``."""
    return datetime.combine(day + DAY, time(), zone).astimezone(UTC)


def period_end(event_day: date, period: Period, *, event_day_counts: bool = False) -> date:
    """The last day of ``period`` from an event on ``event_day``.

    Weeks end on the same weekday, months on the same date, or on the last day of a month that lacks it. Where the day
    of the event counts, the period is over a day sooner. Weekends and holidays count, and the end is never moved.
    """
    day = _months_later(event_day, period.months) + timedelta(days=period.days, weeks=period.weeks)
    return day - DAY if event_day_counts else day


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS_OF_A_YEAR)
    year, month = day.year + years, month + 1
    _, longest = monthrange(year, month)
    return date(year, month, min(day.day, longest))
