# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case opens from a verified pair, once, by whom the child was registered; and who sees it."""

import pytest
from apps.cases.journey import Journey
from apps.tracing.shores import acts, does, raw
from django.db import Error, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import AlreadyOpen, CaseRefused, NoSuchCase
from havre.apps.cases.enums import CaseState
from havre.apps.cases.queries import Whence, case_view, cases
from havre.apps.tracing.enums import Act
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices.models import Notice
from havre.engines.pathways import Answer as Open
from havre.words import Language

EN = Language.ENGLISH


def test_a_case_opens_from_a_verified_pair_and_the_other_shore_hears_of_it(journey: Journey) -> None:
    case = journey.opened()
    assert (case.organisation, case.other_organisation) == (journey.cast.dunes, journey.cast.harbour)
    assert case.registration_id == journey.shores.child.pk
    assert journey.standing(case).state is CaseState.OPENED
    with acts(journey.harbour):
        assert Notice.objects.filter(key="cases.notice_opened", link=f"/cases/{case.pk}").count() == 1


def test_a_child_has_one_case(journey: Journey) -> None:
    case = journey.opened()
    with pytest.raises(AlreadyOpen) as refused:
        journey.opened()
    assert refused.value.case_id == case.pk


def test_the_organisation_that_registered_the_child_opens_it_and_no_other(journey: Journey) -> None:
    pair = journey.shores.pair()
    with acts(journey.harbour), pytest.raises(CaseRefused, match="not_your_child"):
        actions.open_case(pair.pk)
    with acts(journey.stranger), pytest.raises(NoSuchCase):
        actions.open_case(pair.pk)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ADMINISTRATOR])
def test_casework_opens_cases(journey: Journey, role: Role) -> None:
    pair = journey.shores.pair()
    with acts(journey.cast.member(journey.cast.dunes, role)), pytest.raises(NotAllowed):
        actions.open_case(pair.pk)


def test_no_case_opens_from_a_pair_that_is_not_verified(journey: Journey) -> None:
    pair = journey.shores.pair()
    does(journey.harbour, Act.REVOKE, pair)
    with acts(journey.dunes), pytest.raises(CaseRefused, match="pair_not_verified"):
        actions.open_case(pair.pk)


COPY = """INSERT INTO cases_case SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
  '{column}', {value}))).* FROM cases_case c"""


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("organisation_id", "(SELECT other_organisation_id FROM cases_case)"),
        ("registration_id", "(SELECT family_id FROM cases_case)"),
        ("opened_by_id", "gen_random_uuid()"),
        ("person", "gen_random_uuid()"),
        ("child_shore", "'britain'::text"),
    ],
)
def test_no_statement_opens_a_case_that_is_not_of_its_pair(journey: Journey, column: str, value: str) -> None:
    journey.opened()
    with acts(journey.dunes), pytest.raises(Error) as refused, transaction.atomic():
        raw(COPY.format(column=column, value=value))
    assert refused.value.__cause__.sqlstate == "42501"  # type: ignore[union-attr]


def test_what_a_case_is_of_never_changes(journey: Journey) -> None:
    journey.opened()
    with acts(journey.dunes):
        for change in ("person = gen_random_uuid()", "other_organisation_id = organisation_id"):
            with pytest.raises(Error), transaction.atomic():
                raw(f"UPDATE cases_case SET {change}")
        with pytest.raises(Error), transaction.atomic():
            raw("DELETE FROM cases_case")


# --- who sees it -------------------------------------------------------------------------------------------------


def seen(member: Member, purpose: Purpose = Purpose.TRACING) -> int:
    with acts(member, purpose):
        return cases().count()


def test_a_case_is_seen_by_both_organisations_and_the_guardian_of_the_child(journey: Journey) -> None:
    journey.opened()
    cast, child = journey.cast, journey.shores.child.person_id
    assert seen(journey.dunes) == seen(journey.harbour) == 1
    assert seen(cast.member(cast.harbour, Role.REGISTRAR)) == 1
    assert seen(cast.member(cast.dunes, Role.GUARDIAN, ward=child)) == 1
    assert seen(journey.stranger) == seen(cast.member(cast.maraude, Role.SUPERVISOR)) == 0
    assert seen(cast.member(cast.dunes, Role.ADMINISTRATOR), Purpose.ADMINISTRATION) == 0
    assert seen(journey.dunes, Purpose.MATCHING) == 0
    assert seen(cast.auditor, Purpose.OVERSIGHT) == 0


def test_when_the_pair_was_wrong_the_other_shore_sees_the_case_no_more(journey: Journey) -> None:
    case = journey.opened()
    does(journey.dunes, Act.REVOKE, journey.shores.pair())
    assert (seen(journey.dunes), seen(journey.harbour)) == (1, 0)
    with acts(journey.harbour):
        assert case_view(case.pk, EN) is None
        with pytest.raises(NoSuchCase):
            actions.say_fact(case.pk, "unaccompanied", value=True)


# --- what its page shows -----------------------------------------------------------------------------------------


def test_facts_are_gathered_from_the_registry_and_routes_assessed_with_what_to_ask_first(
    journey: Journey,
) -> None:
    case = journey.opened()
    with acts(journey.dunes):
        view = case_view(case.pk, EN)
    assert view is not None
    assert view.gathered.whence == dict.fromkeys(("birth", "nationality", "relation"), Whence.REGISTRY)
    assert view.gathered.facts["relation"] == "aunt_or_uncle"
    answers = {result.route.key: result.answer for result in view.assessment.routes}
    assert answers["dublin-8-1"] is Open.CLOSED  # an uncle is no brother
    assert answers["dublin-8-2"] is Open.UNSAID
    assert view.assessment.ask_first


def test_the_read_of_a_case_is_on_record_with_the_child(journey: Journey) -> None:
    case = journey.opened()
    with acts(journey.harbour):
        case_view(case.pk, EN)
        found = raw("SELECT subject FROM audit_entry WHERE kind = 'read' AND table_name = 'cases_case'")
    assert found == [(journey.shores.child.pk,)]


def test_where_the_registration_is_shut_the_other_shore_is_left_with_the_years_of_the_pair(
    journey: Journey,
) -> None:
    case = journey.opened()
    with acts(journey.dunes, Purpose.CARE):
        raw("UPDATE registry_share SET ended_at = now()")
    with acts(journey.harbour):
        view = case_view(case.pk, EN)
    assert view is not None
    birth = view.gathered.facts["birth"]
    assert (str(birth.first), str(birth.last)) == ("2001-01-01", "2001-12-31")  # type: ignore[union-attr]
    assert case.registration_id not in view.open_registrations
