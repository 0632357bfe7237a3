# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers, yes and no in cells: read as they were meant, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.exchange.reading.bad_value import BadValue
from havre.core.exchange.reading.numbers import parse_flag, parse_number, parse_whole


@given(st.integers(-999_999, 999_999), st.integers(0, 9999), st.sampled_from(".,"))
def test_a_number_is_read_with_a_point_or_a_comma(whole: int, part: int, mark: str) -> None:
    written = f"{whole}{mark}{part:04}"
    assert parse_number(written) == float(written.replace(",", "."))


@pytest.mark.parametrize(
    ("written", "meant"), [("٢٥", 25.0), ("\u200f-3", -3.0), ("−3", -3.0), (" 7 ", 7.0), ("+4", 4.0)]
)
def test_digits_of_other_scripts_and_marks_of_direction_are_understood(written: str, meant: float) -> None:
    assert parse_number(written) == meant


@pytest.mark.parametrize(
    "written", ["1e999", "NaN", "inf", "-", "", "=1+1", "1 000", "1,2,3", "0x1F", "9" * 400]
)
def test_what_is_no_number_is_none(written: str) -> None:
    with pytest.raises(BadValue):
        parse_number(written)


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_a_bad_value(written: str) -> None:
    try:
        number = parse_number(written)
    except BadValue:
        return
    assert abs(number) < 1e10


def test_a_part_of_one_is_no_whole_number() -> None:
    assert parse_whole("3,0") == 3
    with pytest.raises(BadValue):
        parse_whole("2.5")


@pytest.mark.parametrize("written", ["1", "yes", "Oui", "VRAI", "TRUE", "x"])
def test_yes_is_understood(written: str) -> None:
    assert parse_flag(written)


@pytest.mark.parametrize("written", ["0", "no", "Non", "FAUX", "false"])
def test_no_is_understood(written: str) -> None:
    assert not parse_flag(written)


@pytest.mark.parametrize("written", ["2", "perhaps", "yes and no"])
def test_what_is_neither_is_a_bad_value(written: str) -> None:
    with pytest.raises(BadValue):
        parse_flag(written)
