# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a table for everybody hides: small counts, and what would give them away."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.charts.hiding import LEAST, hidden

Values = dict[str, int]
Sums = list[tuple[str, list[str]]]


def line(*counts: int) -> tuple[Values, Sums]:
    """Counts and their total."""
    parts = {f"p{nth}": n for nth, n in enumerate(counts)}
    return {**parts, "all": sum(counts)}, [("all", list(parts))]


def grid(rows: list[list[int]]) -> tuple[Values, Sums]:
    """A table with the totals of its rows and columns, and of all."""
    values: Values = {}
    sums: Sums = []
    width = len(rows[0])
    for r, row in enumerate(rows):
        values |= {f"{r},{c}": n for c, n in enumerate(row)}
        sums.append((f"{r},all", [f"{r},{c}" for c in range(width)]))
    for c in range(width):
        sums.append((f"all,{c}", [f"{r},{c}" for r in range(len(rows))]))
    for total, parts in sums:
        values[total] = sum(values[part] for part in parts)
    sums.append(("all", [f"{r},all" for r in range(len(rows))]))
    sums.append(("all", [f"all,{c}" for c in range(width)]))
    values["all"] = sum(map(sum, rows))
    return values, sums


def given_away(sums: Sums, shown: dict[str, int | None]) -> set[str]:
    """Hidden values that somebody with pencil and paper computes: the equations, solved exactly."""
    unknown = [key for key, n in shown.items() if n is None]
    matrix = [
        [Fraction((key in parts) - (key == total)) for key in unknown]
        for total, parts in sums
        if any(shown[key] is None for key in (total, *parts))
    ]
    done = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(done, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        matrix[done] = [each / matrix[done][column] for each in matrix[done]]
        for r, row in enumerate(matrix):
            if r != done and row[column]:
                times = row[column]
                matrix[r] = [a - times * b for a, b in zip(row, matrix[done], strict=True)]
        done += 1
    return {unknown[row.index(1)] for row in matrix if sum(map(abs, row)) == 1}


def test_a_table_without_small_counts_is_shown_whole() -> None:
    values, sums = line(5, 12, 40)
    assert hidden(values, sums) == values


@pytest.mark.parametrize("n", range(1, LEAST))
def test_a_small_count_is_not_shown_nor_told_by_the_total(n: int) -> None:
    values, sums = line(n, 30, 12, 50)
    shown = hidden(values, sums)
    assert shown == {**values, "p0": None, "p2": None}


def test_nought_is_shown_since_nobody_is_in_it() -> None:
    values, sums = line(0, 12, 0)
    assert hidden(values, sums) == values


def test_two_small_counts_together_are_no_small_count_either() -> None:
    values, sums = line(1, 2, 9, 30)
    assert hidden(values, sums) == {**values, "p0": None, "p1": None, "p2": None}


def test_a_total_goes_where_nothing_else_is_left_to_hide() -> None:
    values, sums = line(3, 1)
    assert set(hidden(values, sums).values()) == {None}
    values, sums = line(4, 2)
    assert hidden(values, sums) == {"p0": None, "p1": None, "all": 6}


def test_counts_without_a_total_hide_nothing_but_small_ones() -> None:
    assert hidden({"a": 3, "b": 8}, []) == {"a": None, "b": 8}


def test_a_value_between_two_hidden_groups_is_not_told_by_their_difference() -> None:
    """Each line hides two values and still one of them follows: what looks at one line at a time would not see it."""
    values, sums = grid([[1, 2, 60, 70], [2, 1, 80, 90], [50, 3, 4, 60], [61, 71, 2, 2], [90, 90, 1, 2]])
    assert given_away(sums, hidden(values, sums)) == set()


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_count_can_be_computed_from_the_shown_ones(rows: list[list[int]]) -> None:
    values, sums = grid(rows)
    shown = hidden(values, sums)
    assert all(n is None or n == 0 or n >= LEAST for n in shown.values())
    assert given_away(sums, shown) == set()
    for total, parts in sums:
        away = [values[part] for part in parts if shown[part] is None]
        assert shown[total] is None or not away or sum(away) >= LEAST


def test_what_the_tests_call_given_away_is_found() -> None:
    values, sums = line(3, 30)
    assert given_away(sums, {**values, "p0": None}) == {"p0"}
    for a, b in product(("p0", "p1"), repeat=2):
        assert (given_away(sums, {**values, a: None, b: None}) == set()) is (a != b)
