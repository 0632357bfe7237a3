# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two plans side by side, and a plan centre by centre."""

from apps.accommodation.plans.camp import DAY, Camp

from havre.apps.accommodation.enums import PartyKind
from havre.apps.accommodation.models import Block, UnitUse
from havre.apps.accommodation.queries.plans import centre_lines, compared, waiting_of


def test_from_one_plan_to_the_other_who_moves_who_waits_and_each_centre(camp: Camp) -> None:
    before = camp.planned()
    with camp.acts():
        centre = camp.places["Familles"].centre
        place = camp.places["Familles"]
        for number in range(1, 5):
            block = Block.objects.create(
                place=place, units=1, starts=DAY, reason="unsafe", member=camp.member
            )
            UnitUse.objects.create(place=place, number=number, starts=DAY, block=block)
    camp.place("More", 1)
    camp.party("Late")
    after = camp.planned()
    with camp.acts():
        change = compared(before, after)
    assert [each.after.party.wristband for each in change.dropped] == ["F1"]
    assert change.dropped[0].wins == -(1500 + 500) * 4 - 400
    assert (change.only_before, change.only_after) == (0, 1)
    assert {each.centre.pk: (each.before, each.after) for each in change.centres}[centre.pk] == (4, 0)
    moved = {each.after.party.wristband: each.wins for each in change.moved}
    assert set(moved.values()) <= {300, -300, 0}


def test_the_same_plan_twice_differs_in_nothing(camp: Camp) -> None:
    one, other = camp.planned(), camp.planned()
    with camp.acts():
        change = compared(one, other)
    assert (change.moved, change.placed, change.dropped, change.centres) == ((), (), (), ())


def test_each_centre_says_what_is_free_blocked_given_and_left(camp: Camp) -> None:
    with camp.acts():
        place = camp.places["Sud"]
        block = Block.objects.create(place=place, units=1, starts=DAY, reason="works", member=camp.member)
        UnitUse.objects.create(place=place, number=4, starts=DAY, block=block)
    plan = camp.planned()
    with camp.acts():
        lines = {line.centre.code: line for line in centre_lines(plan.day, plan)}
    south = lines["Sud"]
    assert (south.units, south.blocked, south.free, south.given, south.people, south.left) == (
        4,
        1,
        3,
        1,
        1,
        2,
    )
    assert lines["Nord"].left == 0
    assert lines["Familles"].takes == {PartyKind.FAMILY}


def test_who_waits_is_told_by_kind(camp: Camp) -> None:
    camp.party("M1", 2, kind="minor")
    plan = camp.planned()
    with camp.acts():
        (waiting,) = waiting_of(plan)
    assert (waiting.kind, waiting.parties, waiting.people) == (PartyKind.MINOR, 1, 2)
