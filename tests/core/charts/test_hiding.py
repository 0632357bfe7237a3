# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a table for everybody hides: small counts, and what would give them away."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.core.charts.hiding import LEAST, hidden

Values = dict[str, int]
Sums = list[tuple[str, list[str]]]
Shown = dict[str, int | None]
MOST = 9
"""What somebody tries at most for a value that need not be small."""


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


def fits(values: Values, sums: Sums, shown: Shown, *, least: int) -> list[Values]:
    """All whole values that somebody finds who tries each: small ones are from ``least`` to below ``LEAST``."""
    small, totals = range(least, LEAST), dict(sums)
    could_be = {
        key: (
            [n]
            if n is not None
            else small
            if 0 < values[key] < LEAST
            else range(4 * MOST if key in totals else MOST)
        )
        for key, n in shown.items()
    }
    cells = [key for key in values if key not in totals]
    found = []
    for each in product(*(could_be[key] for key in cells)):
        filled = dict(zip(cells, each, strict=True))
        for total, parts in sums:
            filled[total] = sum(filled[part] for part in parts)
        if all(filled[total] in could_be[total] for total in totals):
            found.append(filled)
    return found


def told(values: Values, sums: Sums, shown: Shown, *, least: int) -> set[str]:
    """Hidden values of which only one fits."""
    tried = fits(values, sums, shown, least=least)
    assert values in tried
    return {key for key, n in shown.items() if n is None and len({each[key] for each in tried}) == 1}


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
    unknown = [key for key, n in hidden(values, sums).items() if n is None]
    equations = np.array([[(key in parts) - (key == total) for key in unknown] for total, parts in sums])
    for unit in np.eye(len(unknown)):
        assert np.linalg.matrix_rank(np.vstack([equations, unit])) > np.linalg.matrix_rank(equations)


def test_small_counts_that_are_as_large_as_they_can_be_are_not_told_by_their_sum() -> None:
    """Each of four is below five: a sum of 16 would say that each is four."""
    values, sums = line(4, 4, 4, 4, 6)
    four: Shown = {**values, **dict.fromkeys(("p0", "p1", "p2", "p3"))}
    assert told(values, sums, four, least=0) == {"p0", "p1", "p2", "p3"}
    assert hidden(values, sums) == {**four, "p4": None}


def test_small_counts_that_are_as_small_as_they_can_be_are_not_told_either() -> None:
    values, sums = line(1, 1, 1, 1, 1, 30)
    assert hidden(values, sums) == {**dict.fromkeys(values), "all": 35}


def test_few_people_behind_a_larger_number_are_hidden_with_it() -> None:
    values, sums = line(9, 12, 40)
    assert hidden(values, sums, {"p0"}) == {**values, "p0": None, "p1": None}


def test_sums_that_are_no_table_are_refused() -> None:
    with pytest.raises(ValueError, match="more than two"):
        hidden({"a": 1, "b": 1, "c": 1, "d": 1}, [("b", ["a"]), ("c", ["a"]), ("d", ["a"])])
    ring = [("x", ["a", "b"]), ("y", ["b", "c"]), ("z", ["c", "a"])]
    with pytest.raises(ValueError, match="no table"):
        hidden({"a": 1, "b": 1, "c": 1, "x": 2, "y": 2, "z": 2}, ring)


tables = st.one_of(
    st.lists(st.integers(0, 7), min_size=2, max_size=4).map(lambda counts: line(*counts)),
    st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2).map(grid),
)


@settings(max_examples=60)
@given(tables)
def test_of_every_hidden_count_whoever_tries_all_finds_two_that_fit(table: tuple[Values, Sums]) -> None:
    values, sums = table
    shown = hidden(values, sums)
    assert told(values, sums, shown, least=0) == set()
    if any(n is not None for n in shown.values()):  # else nothing is left to hide
        assert told(values, sums, shown, least=1) == set()


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=6))
def test_no_small_count_is_shown_nor_the_sum_of_a_few_hidden_ones(rows: list[list[int]]) -> None:
    values, sums = grid(rows)
    shown = hidden(values, sums)
    assert all(n is None or n == 0 or n >= LEAST for n in shown.values())
    for total, parts in sums:
        away = [values[part] for part in parts if shown[part] is None]
        assert shown[total] is None or not away or sum(away) >= LEAST


def test_what_the_tests_call_told_is_found() -> None:
    values, sums = line(3, 8)
    assert told(values, sums, {**values, "p0": None}, least=0) == {"p0"}
    for a, b in product(("p0", "p1"), repeat=2):
        assert (told(values, sums, {**values, a: None, b: None}, least=1) == set()) is (a != b)
