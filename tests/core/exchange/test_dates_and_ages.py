# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates and ages are read as people write them, and never made more exact than they are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.exchange.reading.ages import born_of_age, parse_age, writing_of_age, years_before
from havre.core.exchange.reading.bad_value import BadValue
from havre.core.exchange.reading.dates import parse_birth, parse_date, parse_day, writings
from havre.core.exchange.vocabulary.calendars import Calendar
from havre.engines.linkage.records import BirthInterval, BirthKind

DAY, MONTH, YEAR, JANUARY = BirthKind.DAY, BirthKind.MONTH, BirthKind.YEAR, BirthKind.FIRST_OF_JANUARY


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "kind"),
    [
        ("2001", "2001-01-01", "2001-12-31", YEAR),
        ("2001-05", "2001-05-01", "2001-05-31", MONTH),
        ("05/2001", "2001-05-01", "2001-05-31", MONTH),
        ("mai 2001", "2001-05-01", "2001-05-31", MONTH),
        ("2001-05-12", "2001-05-12", "2001-05-12", DAY),
        ("12/05/2001", "2001-05-12", "2001-05-12", DAY),
        ("12.5.2001", "2001-05-12", "2001-05-12", DAY),
        ("12 May 2001", "2001-05-12", "2001-05-12", DAY),
        ("1er août 2001", "2001-08-01", "2001-08-01", DAY),
        ("2001-05-12 00:00:00", "2001-05-12", "2001-05-12", DAY),
        ("37023", "2001-05-12", "2001-05-12", DAY),
        ("٢٠٠١/٥/١٢", "2001-05-12", "2001-05-12", DAY),
        ("2001-01-01", "2001-01-01", "2001-12-31", JANUARY),
        ("1380-05-12 SH", "2001-08-03", "2001-08-03", DAY),
        ("1380/05/12 h.s.", "2001-08-03", "2001-08-03", DAY),
        ("۱۳۸۰/۵/۱۲ ه‍.ش", "2001-08-03", "2001-08-03", DAY),
        ("1380 SH", "2001-03-21", "2002-03-20", YEAR),
        ("1380-01-01 SH", "2001-03-21", "2002-03-20", JANUARY),
        ("1993-04-29 EC", "2001-01-07", "2001-01-07", DAY),
        ("1993-04-29 ዓ.ም", "2001-01-07", "2001-01-07", DAY),
        ("1993 EC", "2000-09-11", "2001-09-10", YEAR),
        ("~2001", "2000-01-01", "2002-12-31", YEAR),
        ("env. 2001", "2000-01-01", "2002-12-31", YEAR),
    ],
)
def test_a_date_is_read_as_wide_as_it_was_written(text, earliest, latest, kind):
    assert parse_birth(text) == BirthInterval(date.fromisoformat(earliest), date.fromisoformat(latest), kind)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("31/02/2001", "no_such_day"),
        ("2001-13", "no_such_day"),
        ("05/13/2001", "month_first"),
        ("12/05/01", "short_year"),
        ("1380-05-12", "unmarked_calendar"),
        ("1422 AH", "lunar_calendar"),
        ("yesterday", "bad_date"),
        ("2001 or 2002", "bad_date"),
        ("", "bad_date"),
        ("9" * 5000, "bad_date"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text, key):
    with pytest.raises(BadValue) as refused:
        parse_birth(text)
    assert refused.value.key == key


def test_the_column_says_the_calendar_of_a_date_without_a_mark():
    assert parse_birth("1380", Calendar.SOLAR_HIJRI).earliest == date(2001, 3, 21)
    assert parse_birth("1993-04-29", Calendar.ETHIOPIAN).earliest == date(2001, 1, 7)
    assert parse_birth("2001-05-12 ad", Calendar.ETHIOPIAN).earliest == date(2001, 5, 12), (
        "a mark is stronger"
    )


def test_the_first_of_january_is_a_day_where_no_birth_is_meant():
    assert parse_day("01/01/2016") == date(2016, 1, 1)
    with pytest.raises(BadValue):
        parse_day("2016-01")


@given(st.text())
def test_any_text_is_a_date_or_a_bad_value(text):
    for parse in (parse_date, parse_birth, parse_age):
        try:
            parse(text)
        except BadValue as refused:
            assert refused.key  # noqa: PT017 - either outcome is right


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_every_interval_can_be_written_and_read(earliest, days):
    latest = earliest + timedelta(days=days)
    last = list(writings(BirthInterval(earliest, latest, YEAR)))[-1]
    assert (parse_birth(last).earliest, parse_birth(last).latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("16", (16, 16)),
        ("۱۶", (16, 16)),
        ("16.0", (16, 16)),
        ("16 ans", (16, 16)),
        ("16 years old", (16, 16)),
        ("~16", (15, 17)),
        ("env. 16", (15, 17)),
        ("about 16", (15, 17)),
        ("16-17", (16, 17)),
        ("16 ou 17", (16, 17)),
        ("0", (0, 0)),
    ],
)
def test_ages_are_read_as_they_are_said(text, ages):
    assert parse_age(text) == ages


@pytest.mark.parametrize("text", ["200", "16.5", "-3", "old", "17-16", "16 months", "1617"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(BadValue):
        parse_age(text)


def age_on(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@given(st.integers(0, 100), st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_exactly_those_who_have_the_age_on_the_day_are_in_the_interval(age, on):
    birth = born_of_age((age, age), on)
    assert age_on(birth.earliest, on) == age_on(birth.latest, on) == age
    assert age_on(birth.earliest - timedelta(days=1), on) == age + 1
    assert birth.latest == on or age_on(birth.latest + timedelta(days=1), on) == age - 1


@given(
    st.integers(0, 100), st.booleans(), st.dates(date(2012, 1, 1), date(2020, 12, 31)), st.integers(-300, 300)
)
def test_an_age_can_be_written_from_its_interval(age, about, on, away):
    birth = born_of_age(parse_age(f"~{age}" if about else str(age)), on)
    written = writing_of_age(birth, on + timedelta(days=away))
    assert written is not None
    assert born_of_age(parse_age(written[0]), written[1]) == birth


def test_years_are_counted_back_from_the_29th_of_february():
    assert years_before(date(2016, 2, 29), 1) == date(2015, 2, 28)
    assert years_before(date(2016, 2, 29), 4) == date(2012, 2, 29)
