# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quality against the truth: the figures that the report prints."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.apps.tracing.report.quality import Truth, average_precision, judge, wilson
from havre.engines.linkage.pairs import Band

from .conftest import Match, pair


def test_a_perfect_ranking_has_average_precision_one() -> None:
    assert average_precision([(0.9, True), (0.8, True), (0.1, False)], 2) == 1.0


def test_a_true_pair_that_is_missing_counts_nothing() -> None:
    assert average_precision([(0.9, True)], 2) == 0.5


def test_at_equal_probability_the_wrong_one_counts_first() -> None:
    assert average_precision([(0.5, True), (0.5, False)], 1) == 0.5


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_average_precision_is_a_share(said: list[tuple[float, bool]]) -> None:
    assert 0 <= average_precision(said, sum(hit for _, hit in said)) <= 1


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_seen(pairs: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, pairs))
    low, high = wilson(right, pairs)
    assert 0 <= low <= high <= 1
    assert low <= right / pairs + 1e-12
    assert high >= right / pairs - 1e-12


def test_the_interval_is_that_of_the_literature() -> None:
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_bands_count_what_is_right_and_what_is_found_so_far(match: Match) -> None:
    strong, likely, doubtful, faint = judge(match.pairs, match.truth).bands
    assert (strong.band, strong.pairs, strong.right) == (Band.STRONG, 2, 2)
    assert math.isclose(strong.recall, 2 / 3)
    assert (likely.precision, likely.recall) == (1.0, 1.0)
    assert (doubtful.precision, faint.pairs) == (0.0, 1)


def test_an_empty_band_has_no_precision(match: Match) -> None:
    assert judge([], match.truth).bands[0].precision is None


def test_a_person_proposed_is_right_only_by_the_truth_of_people() -> None:
    truth = Truth(frozenset({("a1", "b1")}), frozenset({("a2", "r2")}))
    assert truth.holds(pair("a2", "", "c2", "r2", 0.9))
    assert not truth.holds(pair("a1", "", "c1", "r1", 0.9))


@pytest.mark.parametrize("probability", [0.01, 0.1, 0.5, 0.9, 1.0])
def test_every_probability_from_one_percent_belongs_to_one_step(probability: float) -> None:
    steps = judge([pair("a1", "b1", "c1", "r1", probability)], Truth(frozenset(), frozenset())).steps
    assert [step.pairs for step in steps] == [1]
    assert steps[0].earliest <= probability <= steps[0].latest
