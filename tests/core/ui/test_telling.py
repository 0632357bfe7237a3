# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How numbers, days and moments are written."""

from datetime import UTC, date, datetime

import pytest

from havre.core.ui import telling
from havre.words import Language

ENGLISH, FRENCH = Language.ENGLISH, Language.FRENCH


def test_a_day_has_its_month_in_words() -> None:
    assert telling.day(date(2016, 10, 1), ENGLISH) == "1 October 2016"
    assert telling.day(date(2016, 10, 1), FRENCH) == "1er octobre 2016"
    assert telling.month(date(2016, 10, 24), FRENCH) == "octobre 2016"


def test_thousands_and_shares_are_written_as_each_language_does() -> None:
    assert telling.number(12_345, ENGLISH) == "12,345"
    assert telling.number(12_345, FRENCH) == "12\u202f345"
    assert (telling.share(0.93, ENGLISH), telling.share(0.93, FRENCH)) == ("93%", "93\u202f%")
    assert telling.share(None, ENGLISH) == "–"
    assert telling.decimal(1.5, FRENCH, 1) == "1,5"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2016, 11, 3, 14, 5, tzinfo=UTC), "3 November 2016, 15:05 in France · 14:05 in Britain"),
        (datetime(2016, 7, 1, 9, 0, tzinfo=UTC), "1 July 2016, 11:00 in France · 10:00 in Britain"),
        (
            datetime(2016, 11, 2, 23, 15, tzinfo=UTC),
            "3 November 2016, 00:15 in France · 2 November 2016, 23:15 in Britain",
        ),
    ],
)
def test_a_moment_shows_the_clocks_of_both_shores(at: datetime, told: str) -> None:
    assert telling.moment(at, ENGLISH) == f'<time datetime="{at:%Y-%m-%dT%H:%M:%S%z}">{told}</time>'
