# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A worker that is killed while it makes a plan leaves its best so far, with its bound, and the next one keeps it."""

import signal
import subprocess
from collections.abc import Callable

import pytest
from apps.accommodation.plans.camp import Camp
from cast import Cast
from core.jobs.conftest import eventually, worker  # noqa: F401 - fixtures

from havre.apps.accommodation.enums import PlanEnd, PlanState
from havre.apps.accommodation.models import Plan, PlanBest, Separation

pytestmark = pytest.mark.usefixtures("committed_database")


def endless(cast: Cast) -> Camp:
    """Two who are kept apart and both want one centre: the bound knows nothing of that, and so no search is over."""
    camp = Camp.of(cast)
    camp.place("Good", 2)
    camp.place("Poor", 2, base_points=10)
    camp.party("A1")
    camp.party("A2")
    a, b = sorted(camp.parties.values(), key=lambda each: each.pk)
    with camp.acts():
        Separation.objects.create(
            organisation=cast.dunes, party_a=a, party_b=b, reason="a quarrel", member=camp.member
        )
    return camp


def test_a_kill_keeps_the_best_so_far_and_its_bound(
    cast: Cast,
    worker: Callable[[], "subprocess.Popen[str]"],  # noqa: F811
    eventually: Callable[[Callable[[], object]], None],  # noqa: F811
) -> None:
    camp = endless(cast)
    asked = camp.asked()

    def best() -> PlanBest:
        with camp.acts():
            return PlanBest.objects.get(plan=asked)

    def plan() -> Plan:
        with camp.acts():
            return Plan.objects.get(pk=asked.pk)

    first = worker()
    eventually(lambda: best().text)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert plan().state == PlanState.ASKED
    left = best()
    assert (left.points, left.bound) == (110, 200)
    worker()
    eventually(lambda: plan().state == PlanState.DONE)
    made = plan()
    assert (made.ended_by, made.points, made.bound) == (PlanEnd.WORKER, 110, 200)
    assert sorted(camp.at(made).values()) == ["Good", "Poor"]
