# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is due for erasure is told, by rules that stand in a file; and nothing is erased by being due."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from apps.registry.people import acts, registered
from cast import Cast

from havre.apps.registry import actions
from havre.apps.registry.models import Registration
from havre.apps.registry.queries import Use, Why, due_for_erasure, registrations
from havre.apps.registry.queries import retention as rules
from havre.core.access import Purpose
from havre.core.accounts.models import Member
from havre.core.clock import today

DAY = timedelta(days=1)


def in_months(n: int, since: date | None = None) -> date:
    return rules._later(since or today(), n)


def due(on: date) -> dict[UUID, Why]:
    return {each.registration.pk: each.why for each in due_for_erasure(on)}


@pytest.fixture
def uses(monkeypatch: pytest.MonkeyPatch) -> list[Use]:
    """What other apps use registrations for, as the test says it."""
    said: list[Use] = []
    monkeypatch.setattr(rules, "_sources", [lambda: said])
    return said


def test_what_nobody_touched_is_due_on_its_day_and_not_before(caseworker: Member, uses: list[Use]) -> None:
    child = registered()
    day = in_months(rules.months()[Why.INACTIVE])
    assert due(day - DAY) == {}
    assert due(day) == {child.pk: Why.INACTIVE}
    [found] = due_for_erasure(day)
    assert (found.since, found.due_on) == (today(), day)
    assert registrations().standing().get() == child, "nothing is erased by being due"


def test_a_change_begins_the_months_anew(caseworker: Member, uses: list[Use]) -> None:
    child = registered()
    Registration.objects.filter(pk=child.pk).update(recorded_at="2010-01-01T12:00Z")
    assert due(in_months(1)) == {}, "that was a change"


def test_what_was_withdrawn_is_due_sooner(caseworker: Member, uses: list[Use]) -> None:
    child = registered()
    actions.withdraw(child.pk)
    day = in_months(rules.months()[Why.WITHDRAWN])
    assert due(day - DAY) == {}
    assert due(day) == {child.pk: Why.WITHDRAWN}


def test_what_a_case_uses_is_not_due_until_it_has_ended(caseworker: Member, uses: list[Use]) -> None:
    child = registered()
    late = in_months(600)
    uses.append(Use(child.pk, None))
    assert due(late) == {}
    uses.append(Use(child.pk, today() + 30 * DAY))
    assert due(late) == {}, "one case is open still"
    uses.remove(Use(child.pk, None))
    uses.append(Use(child.pk, today()))
    day = in_months(rules.months()[Why.CLOSED], today() + 30 * DAY)
    assert due(day - DAY) == {}, "the last one counts"
    assert due(day) == {child.pk: Why.CLOSED}


def test_what_was_erased_is_due_no_more(supervisor: Member, uses: list[Use]) -> None:
    child = registered()
    actions.erase(child.pk)
    assert due(in_months(600)) == {}


def test_another_organisations_is_not_ours_to_erase(cast: Cast, uses: list[Use]) -> None:
    with acts(cast.member(cast.dunes)):
        registered()
    with acts(cast.member(cast.harbour), Purpose.CARE):
        assert due(in_months(600)) == {}


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2016, 11, 30), 3, date(2017, 2, 28)),
        (date(2016, 12, 31), 24, date(2018, 12, 31)),
        (date(2016, 3, 31), -1, date(2016, 2, 29)),
        (date(2016, 1, 15), -1, date(2015, 12, 15)),
    ],
)
def test_months_end_on_the_same_date_or_the_last_one(day: date, n: int, then: date) -> None:
    assert rules._later(day, n) == then
