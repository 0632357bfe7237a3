# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Solar Hijri and Ethiopian dates stand for the days that printed calendars give them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.exchange.vocabulary.calendars import Calendar, days_in_year, span, written_in

SOLAR, ETHIOPIAN, GREGORIAN = Calendar.SOLAR_HIJRI, Calendar.ETHIOPIAN, Calendar.GREGORIAN


@pytest.mark.parametrize(
    ("calendar", "written", "day"),
    [
        (SOLAR, (1395, 1, 1), date(2016, 3, 20)),
        (SOLAR, (1380, 1, 1), date(2001, 3, 21)),
        (SOLAR, (1395, 8, 3), date(2016, 10, 24)),
        (SOLAR, (1357, 11, 22), date(1979, 2, 11)),
        (SOLAR, (1399, 12, 30), date(2021, 3, 20)),
        (ETHIOPIAN, (2009, 1, 1), date(2016, 9, 11)),
        (ETHIOPIAN, (2000, 1, 1), date(2007, 9, 12)),
        (ETHIOPIAN, (1999, 13, 5), date(2007, 9, 10)),
        (ETHIOPIAN, (1999, 13, 6), date(2007, 9, 11)),
        (ETHIOPIAN, (1983, 9, 20), date(1991, 5, 28)),
    ],
)
def test_known_days_are_met(calendar, written, day):
    assert span(calendar, *written) == (day, day)
    assert written_in(calendar, day) == written


def test_leap_years_of_iran_are_those_of_its_calendar_office():
    leap = {1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403}
    assert {year for year in range(1370, 1408) if days_in_year(SOLAR, year) == 366} == leap


def test_ethiopian_leap_years_come_before_the_gregorian_ones():
    assert [year for year in range(1990, 2010) if days_in_year(ETHIOPIAN, year) == 366] == [
        1991,
        1995,
        1999,
        2003,
        2007,
    ]


@given(st.sampled_from(list(Calendar)), st.dates(date(1900, 1, 1), date(2050, 12, 31)))
def test_every_day_comes_back_from_every_calendar(calendar, day):
    assert span(calendar, *written_in(calendar, day)) == (day, day)


@given(st.sampled_from(list(Calendar)), st.integers(1850, 2050))
def test_months_of_a_year_follow_each_other_without_gap(calendar, gregorian_year):
    year = written_in(calendar, date(gregorian_year, 6, 1))[0]
    months = [span(calendar, year, month) for month in range(1, calendar.months + 1)]
    assert (months[0][0], months[-1][1]) == span(calendar, year)
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in pairwise(months))


@pytest.mark.parametrize(
    ("calendar", "written"),
    [
        (SOLAR, (1396, 12, 30)),
        (SOLAR, (1380, 13, 1)),
        (ETHIOPIAN, (2000, 13, 6)),
        (ETHIOPIAN, (2000, 14, 1)),
        (GREGORIAN, (2001, 2, 29)),
        (SOLAR, (5000, 1, 1)),
        (GREGORIAN, (0, 1, 1)),
    ],
)
def test_days_that_do_not_exist_are_refused(calendar, written):
    with pytest.raises(ValueError, match=r"month|year"):
        span(calendar, *written)
