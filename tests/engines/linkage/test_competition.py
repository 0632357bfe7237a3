# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rivals share what there is: against the sum over all ways of pairing links up, written out in full."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.engines.linkage.competition import Rivals, compete, groups_of

Edges = list[tuple[int, int]]


def rivals(edges: Edges, bits, *, alone_a=None, alone_b=None, **who) -> Rivals:
    """Pairs of links, each link of a person of its own unless ``who`` says otherwise."""
    n, m = (max(edge[side] for edge in edges) + 1 for side in (0, 1))
    each = {"person_a": range(n), "person_b": range(m), "group_a": range(n), "group_b": range(m), **who}
    return Rivals(
        i=np.array([i for i, _ in edges]),
        j=np.array([j for _, j in edges]),
        bits=np.array(bits, np.float64),
        alone_a=np.zeros(n) if alone_a is None else np.array(alone_a, np.float64),
        alone_b=np.zeros(m) if alone_b is None else np.array(alone_b, np.float64),
        **{name: np.array(numbers, np.intp) for name, numbers in each.items()},
    )


def in_full(asked: Rivals) -> np.ndarray:
    """The probability of each pair, from every set of pairs in which no link stands twice."""
    edges = list(zip(asked.i.tolist(), asked.j.tolist(), strict=True))
    whole, held = 0.0, np.zeros(len(edges))
    for taken in product((False, True), repeat=len(edges)):
        chosen = [k for k, there in enumerate(taken) if there]
        of_a, of_b = {edges[k][0] for k in chosen}, {edges[k][1] for k in chosen}
        if len(of_a) < len(chosen) or len(of_b) < len(chosen):
            continue
        weight = float(np.prod(np.exp2(asked.bits[chosen])))
        weight *= np.prod(np.delete(1 + asked.alone_a, list(of_a)))
        weight *= np.prod(np.delete(1 + asked.alone_b, list(of_b)))
        whole += weight
        held[chosen] += weight
    return held / whole


@st.composite
def trees(draw) -> Rivals:
    """Rivals without a circle: each new pair brings one new link."""
    counts = [1, 0]
    edges: Edges = []
    for _ in range(draw(st.integers(1, 7))):
        new = draw(st.integers(0, 1)) if counts[1] else 1
        old = draw(st.integers(0, counts[1 - new] - 1))
        edges.append((old, counts[1]) if new else (counts[0], old))
        counts[new] += 1
    bits = draw(st.lists(st.floats(-17, 30), min_size=len(edges), max_size=len(edges)))
    alone = [draw(st.lists(st.floats(0, 50), min_size=n, max_size=n)) for n in counts]
    return rivals(edges, bits, alone_a=alone[0], alone_b=alone[1])


@st.composite
def any_rivals(draw, most_bits: float = 10) -> Rivals:
    n, m = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    edges = [*product(range(n), range(m))]
    bits = draw(st.lists(st.floats(-most_bits, most_bits), min_size=len(edges), max_size=len(edges)))
    alone = [draw(st.lists(st.floats(0, 5), min_size=size, max_size=size)) for size in (n, m)]
    return rivals(edges, bits, alone_a=alone[0], alone_b=alone[1])


@given(trees())
@settings(max_examples=60)
def test_it_is_exact_where_rivals_form_a_tree(asked):
    assert compete(asked)[0] == pytest.approx(in_full(asked), abs=1e-6)


def test_it_is_close_where_three_links_meet_three():
    chance = np.random.default_rng(2016)
    edges = [*product(range(3), range(3))]
    off = []
    for _ in range(60):
        asked = rivals(
            edges,
            chance.normal(0, 3, 9),
            alone_a=chance.exponential(0.5, 3),
            alone_b=chance.exponential(0.5, 3),
        )
        off.append(np.abs(compete(asked)[0] - in_full(asked)))
    assert np.quantile(off, 0.99) <= 0.05
    assert np.max(off) <= 0.1
    assert np.mean(off) <= 0.01


@given(any_rivals())
def test_what_is_said_of_one_link_never_exceeds_one(asked):
    p, weight_a, weight_b = compete(asked)
    assert ((p >= 0) & (p <= 1)).all()
    assert (np.bincount(asked.i, p) + asked.alone_a / weight_a <= 1 + 1e-6).all()
    assert (np.bincount(asked.j, p) + asked.alone_b / weight_b <= 1 + 1e-6).all()


@given(any_rivals(most_bits=200))
def test_extreme_bits_stay_probabilities(asked):
    p, weight_a, weight_b = compete(asked)
    assert np.isfinite([*p, *weight_a, *weight_b]).all()
    assert ((p >= 0) & (p <= 1)).all()


@given(any_rivals())
def test_rounds_that_end_sooner_end_near_the_same(asked):
    assert compete(asked, 1e-4)[0] == pytest.approx(compete(asked)[0], abs=1e-3)


@given(any_rivals())
def test_swapped_sides_give_the_same(asked):
    mirror = Rivals(
        i=asked.j, j=asked.i, bits=asked.bits, alone_a=asked.alone_b, alone_b=asked.alone_a,
        person_a=asked.person_b, person_b=asked.person_a, group_a=asked.group_b, group_b=asked.group_a,
    )  # fmt: skip
    p, weight_a, weight_b = compete(asked)
    q, weight_b_too, weight_a_too = compete(mirror)
    assert q == pytest.approx(p, abs=1e-9)
    assert weight_a_too == pytest.approx(weight_a)
    assert weight_b_too == pytest.approx(weight_b)


@given(st.floats(-15, 30), st.floats(0, 100))
def test_a_pair_without_rivals_has_its_own_odds(bits, alone):
    (p,), (weight,), _ = compete(rivals([(0, 0)], [bits], alone_a=[alone]))
    odds = 2.0**bits
    assert p == pytest.approx(odds / (1 + alone + odds))
    assert alone / weight == pytest.approx(alone / (1 + alone + odds))


@given(st.floats(-10, 20), st.floats(-10, 20))
def test_a_rival_lowers_a_pair_and_more_so_the_surer_it_is(bits, of_rival):
    (alone,), _, _ = compete(rivals([(0, 0)], [bits]))
    (beside, _), _, _ = compete(rivals([(0, 0), (0, 1)], [bits, of_rival]))
    (beside_surer, _), _, _ = compete(rivals([(0, 0), (0, 1)], [bits, of_rival + 3]))
    assert alone > beside > beside_surer


def test_a_certain_rival_takes_everything_and_a_hopeless_one_nothing():
    certain, _, _ = compete(rivals([(0, 0), (0, 1)], [6, 40]))
    assert certain == pytest.approx([0, 1], abs=1e-6)
    hopeless, _, _ = compete(rivals([(0, 0), (0, 1)], [6, -40]))
    assert hopeless == pytest.approx([64 / 65, 0], abs=1e-6)


def test_a_rival_that_is_sure_of_another_lets_go():
    # Link 1 of a is sure of link 1 of b; so link 0 of b is free for link 0 of a.
    p, _, _ = compete(rivals([(0, 0), (1, 0), (1, 1)], [3, 3, 30]))
    assert p[0] == pytest.approx(8 / 9, abs=1e-3)
    assert p[1] < 1e-3


def test_links_of_one_child_registered_twice_do_not_compete():
    edges, bits = [(0, 0), (1, 0)], [12, 12]
    strangers, _, _ = compete(rivals(edges, bits))
    assert strangers == pytest.approx([0.5, 0.5], abs=1e-3)
    twice, _, _ = compete(rivals(edges, bits, group_a=[7, 7]))
    alone, _, _ = compete(rivals([(0, 0)], [12]))
    assert twice == pytest.approx([alone[0]] * 2, abs=1e-9)


def test_two_links_of_one_registration_compete_all_the_same():
    p, _, _ = compete(rivals([(0, 0), (1, 0)], [12, 12], person_a=[0, 0], group_a=[0]))
    assert p == pytest.approx([0.5, 0.5], abs=1e-3)


def test_a_stranger_competes_with_both_registrations_of_a_child():
    edges, bits = [(0, 0), (1, 0), (2, 0)], [4, 4, 20]
    p, _, _ = compete(rivals(edges, bits, group_a=[0, 0, 2]))
    assert p == pytest.approx([0, 0, 1], abs=1e-3)


def test_nothing_competes_with_nothing():
    nothing = np.zeros(0, np.intp)
    p, weight_a, _ = compete(
        Rivals(
            i=nothing, j=nothing, bits=np.zeros(0), alone_a=np.array([3.0]), alone_b=np.zeros(0),
            person_a=np.zeros(1, np.intp), person_b=nothing, group_a=np.zeros(1, np.intp), group_b=nothing,
        )
    )  # fmt: skip
    assert p.shape == (0,)
    assert weight_a.tolist() == [4.0]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0, 1)), max_size=12))
def test_people_joined_by_likely_proposals_form_a_group(proposals):
    i, k, p = (np.array(column) for column in zip(*[*proposals, (0, 0, 1.0)], strict=True))
    group = groups_of(8, i[p >= 0.5], k[p >= 0.5])
    reach = np.eye(8, dtype=bool)
    for x, y, sure in proposals:
        if sure >= 0.5:
            reach[x, y] = reach[y, x] = True
    for _ in range(3):
        reach = reach @ reach
    assert ((group[:, None] == group[None]) == reach).all()
