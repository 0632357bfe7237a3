# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The match of codes: near the open match, symmetric, and sparing with what it tells."""

from collections import Counter

import numpy as np
import pytest

from havre.engines.linkage import ShoreList
from havre.engines.veil import OtherRun, SameSpeaker, Speaker, match_codes
from havre.engines.veil.agreement import agreeing, evidence, near
from havre.engines.veil.codes import BITS
from havre.engines.veil.matching import LEAST_PROBABILITY, MOST
from havre.engines.veil.weights import shipped, weighted


@pytest.fixture(scope="module")
def pairs(shores):
    return match_codes(*(shore.codes for shore in shores))


def opened(pairs, shores):
    """Pairs of links that somebody said, with their probability."""
    own = [shore.own for shore in shores]
    return {
        (own[0][pair.code_a].link_id, own[1][pair.code_b].link_id): pair.probability
        for pair in pairs
        if pair.code_a in own[0] and pair.code_b in own[1]
    }


def test_true_pairs_are_found_without_seeing_a_name(pairs, shores, camp):
    found, truth = opened(pairs, shores), set(camp.truth.pairs)
    likely = {pair for pair, probability in found.items() if probability >= 0.5}
    assert len(truth) > 40
    assert len(likely & truth) >= 0.75 * len(truth)
    assert len(likely & truth) >= 0.85 * len(likely)
    assert len(set(found) & truth) >= 0.85 * len(truth)


def test_nothing_below_the_threshold_is_told_and_few_pairs_of_one_code(pairs):
    assert min(pair.probability for pair in pairs) >= LEAST_PROBABILITY
    for side in ("code_a", "code_b"):
        assert max(Counter(getattr(pair, side) for pair in pairs).values()) <= MOST
    assert [pair.probability for pair in pairs] == sorted((pair.probability for pair in pairs), reverse=True)


def test_a_match_the_other_way_round_gives_the_same_pairs(pairs, shores):
    swapped = match_codes(shores[1].codes, shores[0].codes)
    assert [(pair.code_b, pair.code_a, pair.probability) for pair in swapped] == [
        (pair.code_a, pair.code_b, pair.probability) for pair in pairs
    ]


def test_the_same_codes_give_the_same_pairs(pairs, shores):
    assert match_codes(*(shore.codes for shore in shores)) == pairs


def test_links_that_nobody_said_hardly_ever_pair(pairs, shores):
    likely = [pair for pair in pairs if pair.probability >= 0.5]
    false = [pair for pair in likely if pair.code_a not in shores[0].own or pair.code_b not in shores[1].own]
    assert len(false) <= 0.05 * len(likely)


def test_two_keys_are_noticed(shores, camp, encoded):
    other = encoded(camp.britain, Speaker.RELATIVES, key=bytes(range(128, 160)))
    with pytest.raises(OtherRun):
        match_codes(shores[0].codes, other.codes)


def test_two_lists_of_children_are_refused(shores, camp, encoded):
    with pytest.raises(SameSpeaker):
        match_codes(shores[0].codes, encoded(camp.britain, Speaker.CHILDREN).codes)


def test_an_empty_list_pairs_with_nothing(shores, encoded):
    nobody = encoded(ShoreList((), ()), Speaker.RELATIVES)
    assert match_codes(shores[0].codes, nobody.codes) == ()


def test_agreement_of_codes_is_the_evidence_of_their_links(shores):
    """Each pair of links: what its codes say is what its features say, but for chance of known size."""
    features = [
        [
            weighted(shore.own[code].features, shore.codes.speaker, shipped().evidence)
            if code in shore.own
            else None
            for code in shore.codes.ids
        ]
        for shore in shores
    ]
    i, j, bits = near(shores[0].codes.bits, shores[1].codes.bits, 8.0, lambda _: None)
    gaps = [
        said - sum(strength * y.get(feature, 0.0) for feature, strength in x.items())
        for one, two, said in zip(i.tolist(), j.tolist(), bits.tolist(), strict=True)
        if (x := features[0][one]) is not None and (y := features[1][two]) is not None
    ]
    assert len(gaps) > 1000
    assert abs(np.median(gaps)) < 0.5
    assert np.std(gaps) < 1.5


def test_agreement_and_evidence_are_inverse():
    for bits in (-30.0, 0.0, 12.5, 60.0):
        assert evidence(np.array([agreeing(bits)]))[0] == pytest.approx(bits, abs=0.02)
    assert agreeing(0) == pytest.approx(BITS / 2, abs=1)


def test_near_counts_the_bits_that_agree():
    chance = np.random.default_rng(3)
    a, b = (chance.integers(0, 256, (rows, BITS // 8), np.uint8) for rows in (3, 70))
    i, j, bits = near(a, b, -75.0, lambda _: None)
    agree = BITS - np.unpackbits(a[i] ^ b[j], axis=1).sum(axis=1)
    assert len(i) == 210
    assert bits == pytest.approx(evidence(agree))
