# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Today, now, and the clocks of both shores."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.clock import both_clocks, now, standing_on, today


def test_now_is_this_moment_in_utc_where_no_day_is_set(settings: Any) -> None:
    settings.HAVRE_TODAY = None
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert now().utcoffset() == timedelta(0)


def test_a_demo_or_a_test_sets_the_day_and_the_hours_go_on(settings: Any) -> None:
    settings.HAVRE_TODAY = date(2016, 10, 24)
    assert today() == date(2016, 10, 24)
    assert now().date() == today()
    assert now() <= now()


def test_a_moment_is_one_hour_later_on_the_clock_of_calais_all_year() -> None:
    for month in (1, 7):
        clocks = both_clocks(datetime(2016, month, 15, 12, tzinfo=UTC))
        assert clocks.france.hour - clocks.britain.hour == 1
        assert clocks.same_day


def test_near_midnight_the_two_shores_write_different_dates() -> None:
    clocks = both_clocks(datetime(2016, 12, 31, 23, 30, tzinfo=UTC))
    assert (clocks.france.date(), clocks.britain.date()) == (date(2017, 1, 1), date(2016, 12, 31))
    assert not clocks.same_day


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        both_clocks(datetime(2016, 10, 24))  # noqa: DTZ001 - what is refused


# Since then every clock of the world differs from UTC by whole minutes; no moment falls in a gap of Asmara's.
SINCE = datetime(1972, 1, 1)  # noqa: DTZ001 - hypothesis adds the time zone


@given(st.datetimes(SINCE, datetime(9997, 1, 1), timezones=st.just(ZoneInfo("Africa/Asmara"))))  # noqa: DTZ001
def test_both_clocks_show_the_very_same_moment(moment: datetime) -> None:
    clocks = both_clocks(moment)
    assert clocks.france == clocks.britain == moment


def test_a_moment_stands_still_as_a_day_does() -> None:
    moment = datetime(2016, 10, 25, 12, 0, tzinfo=UTC)
    with standing_on(moment):
        assert (now(), today()) == (moment, moment.date())
