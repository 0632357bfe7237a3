# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pairs of links are good enough to work with, on a scenario and on open lists with attested spellings."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from havre.core.exchange import read_list
from havre.engines.linkage import Bits, Pair, match
from havre.scenario import make_scenario
from havre.words import Language

LISTS = Path(__file__).parents[4] / "shared" / "data" / "lists" / "calais"
LEAST_PRECISION, LEAST_RECALL, LEAST_AP = 0.95, 0.70, 0.90


def measured(pairs: Iterable[Pair], true: set[tuple[str, str]]) -> tuple[float, float]:
    """Average precision, and recall at precision .95. At equal probability the wrong pair counts first."""
    ranked = sorted(
        (-pair.probability, (pair.link_a, pair.link_b) in true)
        for pair in pairs
        if pair.link_a and pair.link_b
    )
    right, precisions, recall = 0, 0.0, 0.0
    for n, (probability, hit) in enumerate(ranked, 1):
        right += hit
        precisions += hit * right / n
        # A threshold takes all pairs of one probability or none.
        last = n == len(ranked) or ranked[n][0] != probability
        if last and right / n >= LEAST_PRECISION:
            recall = right / len(true)
    return precisions / len(true), recall


def pair(a: str, b: str, probability: float) -> Pair:
    return Pair(link_a=a, link_b=b, person_a="", person_b="", bits=Bits(), probability=probability, rivals=0)


def test_the_measure_counts_the_wrong_one_first_where_both_are_equal():
    true = {("a", "a"), ("b", "b")}
    assert measured([pair("a", "a", 0.9), pair("b", "b", 0.8), pair("c", "c", 0.1)], true) == (1.0, 1.0)
    assert measured([pair("a", "a", 0.9), pair("c", "c", 0.9)], true) == (0.25, 0.0)
    assert measured([], true) == (0.0, 0.0)


def test_the_pairs_of_a_scenario_are_good_enough():
    made = make_scenario(100, 11, children=100)
    ap, recall = measured(match(made.france, made.britain), set(made.truth.pairs))
    assert ap >= LEAST_AP
    assert recall >= LEAST_RECALL


@pytest.mark.skipif(not LISTS.exists(), reason="the open lists are not beside the repository")
def test_the_pairs_of_the_open_lists_are_good_enough():
    a, b = (read_list(LISTS / shore, language=Language.ENGLISH).shore_list for shore in ("france", "britain"))
    with (LISTS / "truth.csv").open(encoding="utf-8", newline="") as file:
        true = {(row["link_france"], row["link_britain"]) for row in csv.DictReader(file)}
    ap, recall = measured(match(a, b), true)
    assert ap >= LEAST_AP
    assert recall >= LEAST_RECALL
