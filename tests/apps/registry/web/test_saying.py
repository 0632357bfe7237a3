# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Births and ages in words, and who is under eighteen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.apps.registry.web.saying import Minority, age_said, birth_said, minority, years
from havre.core.exchange.reading.ages import years_before
from havre.engines.linkage.records import BirthInterval, BirthKind
from havre.words import Language

DAYS = st.dates(date(1930, 1, 1), date(2030, 12, 31))
TODAY = date(2016, 11, 22)


def born(first: date, last: date | None = None, kind: BirthKind = BirthKind.DAY) -> BirthInterval:
    return BirthInterval(first, last or first, kind)


@given(birth=DAYS, on=DAYS)
def test_whoever_is_not_yet_eighteen_was_born_after_the_day_eighteen_years_ago(birth: date, on: date) -> None:
    if birth <= on:
        assert (birth > years_before(on, 18)) == (years(birth, on) < 18) or (birth.month, birth.day) == (
            2,
            29,
        )


@given(births=st.lists(st.tuples(DAYS, DAYS).map(sorted), min_size=1, max_size=4), on=DAYS)
def test_certain_is_said_only_where_every_birth_that_is_left_open_agrees(
    births: list[list[date]], on: date
) -> None:
    found = minority([born(first, last) for first, last in births], on)
    limit = years_before(on, 18)
    under = {each > limit for pair in births for each in pair}
    assert (
        found
        is {
            frozenset({True}): Minority.CERTAIN,
            frozenset({False}): Minority.EXCLUDED,
            frozenset({True, False}): Minority.POSSIBLE,
        }[frozenset(under)]
    )


def test_nothing_known_is_said_of_nobody() -> None:
    assert minority([], TODAY) is None


@pytest.mark.parametrize(
    ("birth", "english", "french"),
    [
        (born(date(2001, 5, 12)), "12 May 2001", "12 mai 2001"),
        (born(date(2001, 5, 1), date(2001, 5, 31), BirthKind.MONTH), "May 2001", "mai 2001"),
        (born(date(2001, 1, 1), date(2001, 12, 31), BirthKind.YEAR), "2001", "2001"),
        (born(date(2001, 1, 1), date(2001, 12, 31), BirthKind.FIRST_OF_JANUARY), "2001", "2001"),
        (
            born(date(1999, 11, 23), date(2000, 11, 22), BirthKind.AGE),
            "between 23 November 1999 and 22 November 2000",
            "entre le 23 novembre 1999 et le 22 novembre 2000",
        ),
    ],
)
def test_a_birth_is_said_as_exactly_as_it_is_known(birth: BirthInterval, english: str, french: str) -> None:
    assert birth_said(birth, Language.ENGLISH) == english
    assert birth_said(birth, Language.FRENCH) == french


@pytest.mark.parametrize(
    ("birth", "english", "french"),
    [
        (born(date(2001, 5, 12)), "15 years old", "15 ans"),
        (born(date(2015, 11, 22)), "1 year old", "1 an"),
        (born(date(2001, 1, 1), date(2001, 12, 31)), "14 or 15 years old", "14 ou 15 ans"),
        (born(date(1998, 1, 1), date(2001, 12, 31)), "14 to 18 years old", "de 14 à 18 ans"),
    ],
)
def test_an_age_is_said_as_it_is_left_open(
    settings: pytest.FixtureRequest, birth: BirthInterval, english: str, french: str
) -> None:
    settings.HAVRE_TODAY = TODAY
    assert age_said(birth, Language.ENGLISH) == english
    assert age_said(birth, Language.FRENCH) == french
