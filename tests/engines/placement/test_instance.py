# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The numbers that a plan is made from are those that the policy says in words."""

from dataclasses import replace

import numpy as np
import pytest
from engines.placement.camps import random_camp
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.engines.placement.instance import instance_of
from havre.engines.placement.parts import parts_of
from havre.engines.placement.weighing import goals, may_go


def in_words(task, party, place):
    """Points for each person above those of waiting; -1 where it may not go or would lose by it."""
    if not may_go(task.policy, party, place) or (party.id, place.id) in task.locks.never:
        return -1
    points = sum(goals(task.policy, party, place).values()) // party.people + task.policy.waiting(party)
    return max(-1, points * task.lifted.get(party.id, 100) // 100)


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.booleans())
def test_what_a_party_gains_at_a_place_is_what_the_policy_says(seed, lifts):
    task = random_camp(seed).task
    lifted = {party.id: 150 for party in task.parties[::3]} if lifts else {}
    task = replace(task, locks=replace(task.locks, stays={}), lifted=lifted)
    instance = instance_of(task)
    gains = instance.gains(np.arange(len(instance.size)))
    for number, party in enumerate(task.parties):
        expected = [in_words(task, party, place) for place in task.places]
        assert gains[instance.type_of[number]].tolist() == expected


@pytest.mark.parametrize(("base", "kept"), [(1, np.int16), (9_000, np.int32)])
def test_points_that_do_not_fit_into_short_numbers_are_kept_in_long_ones(base, kept):
    task = random_camp(4, locked=False).task
    task = replace(task, policy=replace(task.policy, base=base))
    dearest = max(place.base_points for place in task.places)
    gains = instance_of(task).gains(np.arange(1))
    assert gains.dtype == kept
    assert base == 1 or gains.max() > dearest * base > np.iinfo(np.int16).max


@pytest.mark.parametrize("seed", range(5))
def test_parts_share_no_place_and_hold_everybody_who_may_go_somewhere(seed):
    instance = instance_of(random_camp(seed).task)
    parts = parts_of(instance, whole=False)
    places = [int(place) for part in parts for place in part.places]
    assert len(places) == len(set(places))
    everywhere = instance.gains(np.arange(len(instance.size)))
    somewhere = set(np.flatnonzero((everywhere >= 0).any(axis=1)).tolist())
    assert somewhere <= {int(t) for part in parts for t in part.types}
    for part in parts:
        assert (part.gain == everywhere[np.ix_(part.types, part.places)]).all()
