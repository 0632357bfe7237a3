# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bound holds at any prices; bettered prices bring it nearer to the best plan."""

import numpy as np
from engines.placement.camps import camp_of, random_camp
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.engines.placement import solve
from havre.engines.placement.instance import instance_of
from havre.engines.placement.parts import parts_of
from havre.engines.placement.prices import Ascent, slot_prices

SEEDS = st.integers(0, 2**32)


@settings(max_examples=40)
@given(SEEDS, st.sampled_from([0.0, 1.0, 700.0]))
def test_no_plan_passes_the_bound_whatever_the_prices_are(seed, dear):
    task = random_camp(seed, locked=False).task
    instance = instance_of(task)
    chance = np.random.default_rng(seed)
    bound = instance.waiting_points
    for part in parts_of(instance, whole=False):
        price = chance.exponential(dear, part.use.shape) if dear else np.zeros(part.use.shape)
        bound += slot_prices(part, price).bound
    assert solve(task).points <= bound


def test_the_bound_knows_that_a_party_is_never_split():
    # Two families of two, and a place of three: people could fill it, families cannot.
    [part] = parts_of(instance_of(camp_of([{"people": 2}, {"people": 2}], [{"units": 3}]).task), whole=False)
    worth = int(part.gain.max())
    ascent = Ascent(part, np.full(part.use.shape, 2.0 * worth))
    assert ascent.steps(400, 2 * worth).bound == 2 * worth
