# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case is closed with a reason, by whoever asks; its clocks stop; it can be opened again where it stood."""

from datetime import date
from typing import Any

import pytest
from apps.cases.journey import TODAY, Journey
from apps.tracing.shores import acts, raw
from django.db import Error, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused, NoSuchCase, NotNow
from havre.apps.cases.enums import CaseState, ClosingReason
from havre.apps.cases.models import Case, Closing
from havre.apps.cases.queries import briefs_of, case_view, life_of, stock
from havre.apps.cases.queries.standing import NEVER
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.words import Language

EN = Language.ENGLISH
WISH = ClosingReason.CHILDS_WISH


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


def closed(
    journey: Journey, case: Case, reason: ClosingReason = WISH, words: str = "He stays in Lille."
) -> Closing:
    with acts(journey.dunes):
        return actions.close_case(case.pk, reason, words=words)


def test_a_closed_case_waits_for_nothing_and_can_be_opened_again_where_it_stood(
    journey: Journey, case: Case, settings: Any
) -> None:
    before = journey.standing(case)
    closed(journey, case)
    standing = journey.standing(case)
    assert (standing.state, standing.clocks, standing.next_day) == (CaseState.CLOSED, (), NEVER)
    settings.HAVRE_TODAY = date(2017, 6, 1)
    with acts(journey.dunes):
        stock()
        (brief,) = briefs_of(date(2017, 6, 1))
        assert (brief.overdue, brief.first) == (False, None)
        settings.HAVRE_TODAY = TODAY
        actions.reopen_case(case.pk, words="He has changed his mind.")
    assert journey.standing(case) == before


def test_a_case_may_be_closed_and_opened_more_than_once(journey: Journey, case: Case) -> None:
    for _ in range(2):
        closed(journey, case)
        with acts(journey.dunes):
            actions.reopen_case(case.pk, words="It was too early.")
    closed(journey, case)
    assert journey.standing(case).state is CaseState.CLOSED
    with acts(journey.dunes):
        view = case_view(case.pk, EN)
        assert view is not None
        closing = life_of(view, EN).closing
    assert closing is not None
    assert closing.reason == WISH


@pytest.mark.parametrize("kind", ["hit", "received", "transferred", "taken_in"])
def test_nothing_happens_to_a_closed_case(journey: Journey, case: Case, kind: str) -> None:
    closed(journey, case)
    with pytest.raises(NotNow):
        journey.happens(case, kind, TODAY)
    forged = """INSERT INTO cases_event (id, origin, recorded_at, case_id, member_id, organisation_id, shore, kind,
      happened_on, route, position) VALUES (gen_random_uuid(), '', now(), %s, %s, %s, 'france', %s, %s, '', 9)"""
    with acts(journey.dunes), pytest.raises(Error) as refused, transaction.atomic():
        raw(forged, [case.pk, journey.dunes.pk, journey.cast.dunes.pk, kind, TODAY])
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]


def test_a_child_who_was_not_told_is_told_first_unless_nobody_can(journey: Journey, case: Case) -> None:
    decision = journey.decided(case)
    with pytest.raises(CaseRefused, match="tell_first"):
        closed(journey, case)
    journey.told(decision)
    closed(journey, case)


def test_who_cannot_be_told_any_more_does_not_keep_a_case_open(journey: Journey, case: Case) -> None:
    journey.decided(case)
    closed(journey, case, ClosingReason.OUT_OF_CONTACT, "He left the centre in the night.")
    assert journey.standing(case).not_told


def test_a_closing_has_words_and_only_what_is_closed_is_opened_again(journey: Journey, case: Case) -> None:
    with pytest.raises(CaseRefused, match="words_needed"):
        closed(journey, case, words=" ")
    with acts(journey.dunes), pytest.raises(NotNow):
        actions.reopen_case(case.pk, words="It was too early.")
    closed(journey, case)
    with pytest.raises(NotNow):
        closed(journey, case)


def test_the_organisation_that_asks_closes_it(journey: Journey, case: Case) -> None:
    with acts(journey.harbour), pytest.raises(CaseRefused, match="who_asks_closes"):
        actions.close_case(case.pk, WISH, words="He stays in Lille.")
    with acts(journey.stranger), pytest.raises(NoSuchCase):
        actions.close_case(case.pk, WISH, words="He stays in Lille.")
    registrar = journey.cast.member(journey.cast.dunes, Role.REGISTRAR)
    with acts(registrar), pytest.raises(NotAllowed):
        actions.close_case(case.pk, WISH, words="He stays in Lille.")
    closed(journey, case)
    with acts(journey.harbour):
        assert Closing.objects.get().words == "He stays in Lille."
        with pytest.raises(CaseRefused, match="who_asks_closes"):
            actions.reopen_case(case.pk, words="It was too early.")
    with acts(journey.stranger):
        assert not Closing.objects.exists()


def test_every_reason_is_said_in_both_languages() -> None:
    said = {each.label(language) for each in ClosingReason for language in Language}
    assert len(said) == 2 * len(ClosingReason)
