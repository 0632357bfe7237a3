# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days are counted as the rules say, on every day of twenty years and on both clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from havre.engines.pathways import Age, Interval, age_on, rulebook
from havre.engines.pathways.ages import is_under, last_birth_of
from havre.engines.pathways.counting import day_in, end_of_day, period_end
from havre.engines.pathways.model import Period
from havre.engines.pathways.vocabulary import Shore

DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)
FIRST, LAST = date(2008, 1, 1), date(2027, 12, 31)
ZONES = [rulebook().vocabulary.zone(shore) for shore in Shore]
PERIODS = sorted({count.period for clock in rulebook().clocks for count in clock.counts}, key=str)


def months(n: int) -> Period:
    return Period(0, 0, n)


def every_day() -> Iterator[date]:
    return (FIRST + n * DAY for n in range((LAST - FIRST).days + 1))


@pytest.mark.parametrize(
    ("event", "period", "end"),
    [
        (date(2016, 11, 30), months(3), date(2017, 2, 28)),
        (date(2016, 12, 31), months(2), date(2017, 2, 28)),
        (date(2016, 8, 31), months(6), date(2017, 2, 28)),
        (date(2015, 11, 30), months(3), date(2016, 2, 29)),
        (date(2016, 2, 29), months(12), date(2017, 2, 28)),
        (date(2017, 2, 28), months(1), date(2017, 3, 28)),
        (date(2016, 10, 24), Period(0, 3, 0), date(2016, 11, 14)),
        (date(2016, 12, 23), Period(10, 0, 0), date(2017, 1, 2)),
        (date(2016, 12, 31), months(18), date(2018, 6, 30)),
    ],
)
def test_known_ends(event, period, end):
    assert period_end(event, period) == end


def test_where_the_first_day_counts_the_end_comes_a_day_sooner():
    assert period_end(date(2016, 11, 7), Period(5, 0, 0), event_day_counts=True) == date(2016, 11, 11)
    for day in every_day():
        for period in PERIODS:
            assert period_end(day, period, event_day_counts=True) == period_end(day, period) - DAY


def test_months_end_on_the_same_date_or_the_last_day_of_a_month_that_lacks_it():
    for period in (period for period in PERIODS if period.months):
        for day in every_day():
            end = period_end(day, period)
            assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == period.months
            is_last = (end + DAY).month != end.month
            assert end.day == day.day or (end.day < day.day and is_last)


def test_weeks_end_on_the_same_weekday_and_days_are_all_counted():
    for day in every_day():
        for weeks in (1, 2, 3, 4):
            end = period_end(day, Period(0, weeks, 0))
            assert end.weekday() == day.weekday()
            assert (end - day).days == weeks * 7
        assert (period_end(day, Period(10, 0, 0)) - day).days == 10


def test_a_later_event_never_ends_sooner():
    for period in PERIODS:
        ends = [period_end(day, period) for day in every_day()]
        assert all(one <= other for one, other in pairwise(ends))


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_day_begins_and_ends_at_midnight_of_its_own_shore(zone):
    lengths = set[float]()
    for day in every_day():
        end = end_of_day(zone, day)
        assert end.tzinfo is UTC
        assert day_in(zone, end - INSTANT) == day
        assert day_in(zone, end) == day + DAY
        begin = end_of_day(zone, day - DAY)
        assert day_in(zone, begin) == day
        lengths.add((end - begin).total_seconds() / 3600)
    assert lengths == {23.0, 24.0, 25.0}, "twenty years have days on which the clock is changed"


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_each_hour_of_the_day_of_an_event_makes_the_same_end(zone):
    for day in every_day():
        begin = end_of_day(zone, day - DAY)
        hours = round((end_of_day(zone, day) - begin).total_seconds() / 3600)
        assert {day_in(zone, begin + timedelta(hours=hour)) for hour in range(hours)} == {day}


def test_half_past_eleven_in_london_is_the_next_day_in_paris():
    paris, london = (rulebook().vocabulary.zone(shore) for shore in (Shore.FRANCE, Shore.BRITAIN))
    instant = datetime(2016, 11, 30, 23, 30, tzinfo=UTC)
    assert (day_in(london, instant), day_in(paris, instant)) == (date(2016, 11, 30), date(2016, 12, 1))
    summer = datetime(2016, 7, 31, 23, 30, tzinfo=UTC)
    assert (day_in(london, summer), day_in(paris, summer)) == (date(2016, 8, 1), date(2016, 8, 1))
    assert (london, paris) == (ZoneInfo("Europe/London"), ZoneInfo("Europe/Paris"))


def test_an_instant_without_a_time_zone_is_on_no_calendar():
    with pytest.raises(ValueError, match="time zone"):
        day_in(ZONES[0], datetime(2016, 11, 30, 12))  # noqa: DTZ001 - that is what is refused


# --- ages --------------------------------------------------------------------------------------------------------


def test_somebody_turns_eighteen_on_the_birthday_and_not_before():
    assert is_under(date(1998, 11, 30), 18, date(2016, 11, 29))
    assert not is_under(date(1998, 11, 30), 18, date(2016, 11, 30))


def test_who_is_born_on_29_february_turns_older_on_1_march_of_a_common_year():
    assert is_under(date(2000, 2, 29), 18, date(2018, 2, 28))
    assert not is_under(date(2000, 2, 29), 18, date(2018, 3, 1))
    assert not is_under(date(2000, 2, 29), 16, date(2016, 2, 29))
    assert last_birth_of(18, date(2016, 2, 29)) == date(1998, 2, 28)


def test_on_every_day_one_birthday_parts_the_ages():
    for day in every_day():
        last = last_birth_of(18, day)
        assert not is_under(last, 18, day)
        assert is_under(last + DAY, 18, day)
        same = (day.year - 18, day.month, day.day)
        assert (last.year, last.month, last.day) == same or (day.month, day.day) == (2, 29)


def test_an_interval_is_certain_only_where_both_ends_are():
    on = date(2016, 11, 30)
    assert age_on(Interval(date(1998, 12, 1), date(2001, 1, 1)), 18, on) is Age.CERTAINLY
    assert age_on(Interval(date(1998, 11, 30), date(1998, 12, 1)), 18, on) is Age.POSSIBLY
    assert age_on(Interval(date(1990, 1, 1), date(1998, 11, 30)), 18, on) is Age.CERTAINLY_NOT
    assert age_on(Interval(date(1990, 1, 1), date(1990, 1, 1)), 18, date.min) is Age.CERTAINLY
    with pytest.raises(ValueError, match="before"):
        Interval(date(2000, 1, 2), date(2000, 1, 1))
