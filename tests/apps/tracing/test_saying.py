# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the report writes numbers, days and birth intervals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.apps.tracing.report import saying
from havre.engines.linkage.pairs import Band
from havre.engines.linkage.records import BirthInterval, BirthKind
from havre.words import Language

ENGLISH, FRENCH = Language.ENGLISH, Language.FRENCH


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (0.899999, "89%", "89\u202f%"),
        (0.9, "90%", "90\u202f%"),
        (0.29, "29%", "29\u202f%"),
        (0.999999, "99%", "99\u202f%"),
        (1.0, "100%", "100\u202f%"),
        (0.000001, "< 1%", "< 1\u202f%"),
    ],
)
def test_a_probability_is_never_rounded_up(value: float, en: str, fr: str) -> None:
    assert saying.probability(value, ENGLISH) == en
    assert saying.probability(value, FRENCH) == fr


@given(st.integers(10_000, 1_000_000))
def test_a_probability_as_written_is_in_the_band_of_the_pair(millionths: int) -> None:
    value = millionths / 1_000_000
    assert Band.of(int(saying.probability(value, ENGLISH).rstrip("%")) / 100) is Band.of(value)


@pytest.mark.parametrize(
    ("value", "en", "fr"), [(12.34, "+12.3", "+12,3"), (-0.55, "−0.6", "−0,6"), (-0.04, "0.0", "0,0")]
)
def test_bits_carry_their_sign(value: float, en: str, fr: str) -> None:
    assert saying.bits(value, ENGLISH) == en
    assert saying.bits(value, FRENCH) == fr


@pytest.mark.parametrize(
    ("earliest", "latest", "kind", "en"),
    [
        (date(2001, 3, 4), date(2001, 3, 4), BirthKind.DAY, "4 March 2001"),
        (date(2001, 3, 1), date(2001, 3, 31), BirthKind.MONTH, "March 2001"),
        (date(2001, 1, 1), date(2001, 12, 31), BirthKind.YEAR, "2001"),
        (date(2000, 1, 1), date(2001, 12, 31), BirthKind.YEAR, "1 January 2000 to 31 December 2001"),
        (
            date(2001, 1, 1),
            date(2001, 12, 31),
            BirthKind.FIRST_OF_JANUARY,
            "2001 (written as 1 January: only the year is known)",
        ),
        (
            date(2000, 9, 16),
            date(2001, 9, 15),
            BirthKind.AGE,
            "16 September 2000 to 15 September 2001 (from an age)",
        ),
    ],
)
def test_a_birth_says_as_much_as_is_known(earliest: date, latest: date, kind: BirthKind, en: str) -> None:
    assert saying.birth(BirthInterval(earliest, latest, kind), ENGLISH) == en
