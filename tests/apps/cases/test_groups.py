# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brothers and sisters: proposed, joined and parted by a member with reasons; and nobody travels without the others."""

from datetime import timedelta

import pytest
from apps.cases.journey import TODAY, Journey, determined, held_at_the_end, whole
from apps.tracing.shores import CHILD, SISTER, SISTER_SAID, UNCLE_SAID, acts, raw, registered
from django.db import Error, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused, NoSuchCase, NotNow
from havre.apps.cases.enums import Answer, AnswerSource, CaseState, ClosingReason, PartedWhy
from havre.apps.cases.models import Case, GroupStep, TransferPlan
from havre.apps.cases.queries import WhySibling, proposed_siblings, siblings
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role

REASONS = "Her birth certificate names another mother and another village than his does."
SOON = TODAY + timedelta(days=4)


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """The boy's, accepted by Harbour."""
    case = verified.asked()
    verified.told(verified.decided(case, whole(Answer.ACCEPT, evidence_missing=())))
    return case


@pytest.fixture(scope="module")
def other(verified: Journey) -> Case:
    """His sister's, whom nobody has matched."""
    sister = registered(verified.dunes, SISTER, ("uncle", UNCLE_SAID), ("brother", CHILD))
    with acts(verified.dunes):
        return actions.open_case_of_link(sister.links.get(relation="uncle").pk)


def joined(journey: Journey, case: Case, other: Case) -> GroupStep:
    with acts(journey.dunes):
        return actions.join_siblings(case.pk, other.pk, reasons="Both say so, and their accounts agree.")


def accepted(journey: Journey, case: Case) -> None:
    """By a letter."""
    with acts(journey.dunes):
        actions.record_outside_answer(
            case.pk,
            Answer.ACCEPT,
            words="accepted",
            answered_on=TODAY,
            source=AnswerSource.DOCUMENT,
            source_said="letter of Harbour",
        )


def together(journey: Journey, case: Case) -> list[object]:
    with acts(journey.dunes):
        return list(siblings(case.pk))


# --- joined and parted -------------------------------------------------------------------------------------------


def test_whom_a_child_names_as_a_brother_is_proposed_with_the_reason(
    journey: Journey, case: Case, other: Case
) -> None:
    with acts(journey.dunes):
        (found,) = [each for each in proposed_siblings(other) if each.case_id == case.pk]
    assert found.why is WhySibling.NAMED
    assert found.registration_id == case.registration_id


def test_who_is_parted_as_no_sibling_is_not_proposed_again(journey: Journey, case: Case, other: Case) -> None:
    joined(journey, case, other)
    with acts(journey.dunes):
        assert not proposed_siblings(other)
        actions.part_sibling(case.pk, why=PartedWhy.NOT_SIBLINGS, reasons=REASONS)
        assert not proposed_siblings(other)
    assert together(journey, case) == together(journey, other) == []


def test_both_are_together_and_the_other_shore_sees_so_of_the_case_that_it_reads(
    journey: Journey, case: Case, other: Case
) -> None:
    joined(journey, case, other)
    assert together(journey, case) == [other.pk]
    assert together(journey, other) == [case.pk]
    with acts(journey.harbour):
        assert siblings(case.pk) == []  # of the sister's case it knows nothing
        assert GroupStep.objects.count() == 1
    with acts(journey.stranger):
        assert not GroupStep.objects.exists()


def test_two_groups_that_are_one_become_one(journey: Journey, case: Case, other: Case) -> None:
    more = []
    for name in ("Parwana Wali Khan", "Nazanin Wali Khan"):
        child = registered(journey.dunes, SISTER_SAID.__class__(names=name), ("uncle", UNCLE_SAID))
        with acts(journey.dunes):
            more.append(actions.open_case_of_link(child.links.get().pk))
    joined(journey, case, other)
    joined(journey, *more)
    joined(journey, other, more[1])
    assert set(together(journey, case)) == {other.pk, *(each.pk for each in more)}


@pytest.mark.parametrize(
    ("which", "problem"), [("same", "same_case"), ("twice", "together_already"), ("silent", "words_needed")]
)
def test_what_makes_no_group_is_refused(
    journey: Journey, case: Case, other: Case, which: str, problem: str
) -> None:
    if which == "twice":
        joined(journey, case, other)
    second = case if which == "same" else other
    reasons = "" if which == "silent" else "Both say so."
    with acts(journey.dunes), pytest.raises(CaseRefused, match=problem):
        actions.join_siblings(case.pk, second.pk, reasons=reasons)


def test_parting_needs_a_reason_that_is_one_and_a_panel_where_it_rests_on_one(
    journey: Journey, case: Case, other: Case
) -> None:
    with acts(journey.dunes):
        with pytest.raises(CaseRefused, match="in_no_group"):
            actions.part_sibling(case.pk, why=PartedWhy.NOT_SIBLINGS, reasons=REASONS)
        joined(journey, case, other)
        with pytest.raises(CaseRefused, match="lack_stock"):
            actions.part_sibling(case.pk, why=PartedWhy.NOT_SIBLINGS, reasons="not applicable")
        with pytest.raises(CaseRefused, match="no_determination"):
            actions.part_sibling(case.pk, why=PartedWhy.DETERMINATION, reasons=REASONS)
        actions.determine_interests(case.pk, determined())
        actions.part_sibling(case.pk, why=PartedWhy.DETERMINATION, reasons=REASONS)
    assert together(journey, other) == []


def test_the_organisation_that_asks_says_who_belongs_together(
    journey: Journey, case: Case, other: Case
) -> None:
    with acts(journey.harbour), pytest.raises(CaseRefused, match="not_your_child"):
        actions.part_sibling(case.pk, why=PartedWhy.NOT_SIBLINGS, reasons=REASONS)
    with acts(journey.stranger), pytest.raises(NoSuchCase):
        actions.join_siblings(case.pk, other.pk, reasons="Both say so.")
    with acts(journey.cast.member(journey.cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        actions.join_siblings(case.pk, other.pk, reasons="Both say so.")


# --- nobody travels without the others ---------------------------------------------------------------------------


def test_a_plan_that_leaves_a_sister_behind_is_refused(journey: Journey, case: Case, other: Case) -> None:
    joined(journey, case, other)
    with acts(journey.dunes), pytest.raises(CaseRefused, match="sibling_left_behind"):
        actions.plan_transfer(case.pk, SOON)
    with acts(journey.dunes), pytest.raises(NotNow):  # nobody has accepted her
        actions.plan_transfer(case.pk, SOON, together=[other.pk])
    assert journey.standing(case).state is CaseState.ACCEPTED


def test_they_travel_together_on_one_journey(journey: Journey, case: Case, other: Case) -> None:
    joined(journey, case, other)
    accepted(journey, other)
    with acts(journey.dunes):
        actions.plan_transfer(case.pk, SOON, together=[other.pk])
        assert len(set(TransferPlan.objects.values_list("journey", "travels_on"))) == 1
        held_at_the_end()
    assert journey.standing(case).state is journey.standing(other).state is CaseState.PLANNED


def test_what_a_panel_found_lets_a_child_travel_first(journey: Journey, case: Case, other: Case) -> None:
    joined(journey, case, other)
    with acts(journey.dunes):
        actions.determine_interests(case.pk, determined(apart=False))
        with pytest.raises(CaseRefused, match="sibling_left_behind"):
            actions.plan_transfer(case.pk, SOON)
        actions.determine_interests(case.pk, determined())
        actions.plan_transfer(case.pk, SOON)
        held_at_the_end()
    assert journey.standing(case).state is CaseState.PLANNED


def test_who_has_left_or_whose_case_is_closed_is_not_left_behind(
    journey: Journey, case: Case, other: Case
) -> None:
    joined(journey, case, other)
    with acts(journey.dunes):
        actions.close_case(other.pk, ClosingReason.CHILDS_WISH, words="She stays with the family in Lille.")
        actions.plan_transfer(case.pk, SOON)
        held_at_the_end()
    assert journey.standing(case).state is CaseState.PLANNED


def test_nobody_outside_of_the_group_comes_along(journey: Journey, case: Case, other: Case) -> None:
    with acts(journey.dunes), pytest.raises(CaseRefused, match="not_of_the_group"):
        actions.plan_transfer(case.pk, SOON, together=[other.pk])


LEFT = """INSERT INTO cases_event (id, origin, recorded_at, case_id, member_id, organisation_id, shore, kind,
  happened_on, route, position)
  VALUES (gen_random_uuid(), '', now(), %s, %s, %s, 'france', 'planned', havre_today(), '', 9) RETURNING id"""
PLAN = """INSERT INTO cases_transferplan (id, origin, recorded_at, case_id, member_id, organisation_id, shore,
  event_id, journey, travels_on)
  VALUES (gen_random_uuid(), '', now(), %s, %s, %s, 'france', %s, gen_random_uuid(), '2016-11-25')"""


def test_no_statement_leaves_a_sister_behind(journey: Journey, case: Case, other: Case) -> None:
    joined(journey, case, other)
    who = [case.pk, journey.dunes.pk, journey.cast.dunes.pk]
    with acts(journey.dunes), transaction.atomic():
        ((event,),) = raw(LEFT, who)
        raw(PLAN, [*who, event])
        with pytest.raises(Error) as refused, transaction.atomic():
            held_at_the_end()
        transaction.set_rollback(True)
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]
    assert "together" in str(refused.value)
