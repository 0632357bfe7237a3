# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who stands by the child, the language to speak, and what is best for them: assessed, and determined by a panel."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from apps.cases.journey import TODAY, Journey, assessed, determined
from apps.tracing.shores import acts, raw
from django.db import Error, transaction

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused, NoSuchCase, NotWhole, Option, Present
from havre.apps.cases.enums import RepresentativeKind
from havre.apps.cases.models import Assessment, Case, Determination, Representative, Spoken
from havre.apps.cases.queries import Life, case_view, life_of
from havre.apps.registry import actions as registry
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH
GUARDIAN = RepresentativeKind.GUARDIAN


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Just opened."""
    return verified.opened()


def life(member: Member, case: Case) -> Life:
    with acts(member):
        view = case_view(case.pk, EN)
        assert view is not None
        return life_of(view, EN)


# --- who stands by the child -------------------------------------------------------------------------------------


def test_of_each_kind_the_last_that_was_said_counts_and_an_empty_name_takes_it_back(
    journey: Journey, case: Case
) -> None:
    with acts(journey.dunes):
        actions.name_representative(case.pk, GUARDIAN, name="Luc Petit", since=date(2016, 11, 1))
        actions.name_representative(
            case.pk, RepresentativeKind.LAWYER, name="Maître Noor", reach="03 21 00 00 00"
        )
        actions.name_representative(case.pk, GUARDIAN, name="Anne Roy")
    assert {(each.kind, each.name) for each in life(journey.harbour, case).representatives} == {
        ("guardian", "Anne Roy"),
        ("lawyer", "Maître Noor"),
    }
    with acts(journey.harbour):
        actions.name_representative(case.pk, GUARDIAN, name=" ")
        assert Representative.objects.count() == 4
    assert [each.kind for each in life(journey.dunes, case).representatives] == ["lawyer"]


def test_the_language_to_speak_is_what_was_said_last(journey: Journey, case: Case) -> None:
    with acts(journey.dunes):
        actions.say_spoken(case.pk, "Dari", interpreter=None)
        actions.say_spoken(case.pk, "Pashto", interpreter=True, note="of Nangarhar; not the cousin")
        assert Spoken.objects.count() == 2
    spoken = life(journey.harbour, case).spoken
    assert spoken is not None
    assert (spoken.language, spoken.interpreter) == ("Pashto", True)


# --- what is best ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "lack"),
    [
        ({"safety": ""}, ("safety", "needed")),
        ({"views": "sans objet"}, ("views", "stock")),
        ({"conclusion": "He should go."}, ("conclusion", "short")),
        ({"safety": assessed().views}, ("views", "same")),
        ({"took_part": ""}, ("took_part", "needed")),
        ({"assessed_on": None}, ("assessed_on", "needed")),
        ({"assessed_on": TODAY + timedelta(days=1)}, ("assessed_on", "future")),
    ],
)
def test_an_assessment_says_something_of_each_factor(
    journey: Journey, case: Case, more: dict[str, Any], lack: tuple[str, str]
) -> None:
    with acts(journey.dunes), pytest.raises(NotWhole) as refused:
        actions.assess_interests(case.pk, assessed(**more))
    assert lack in refused.value.lacks
    assert refused.value.say(EN) != refused.value.say(FR)
    with acts(journey.dunes):
        assert not Assessment.objects.exists()


def test_the_last_assessment_stands_on_the_page(journey: Journey, case: Case) -> None:
    with acts(journey.dunes):
        actions.assess_interests(case.pk, assessed())
    with acts(journey.harbour):
        actions.assess_interests(case.pk, assessed(took_part="John Carter, an interpreter, the uncle"))
    shown = life(journey.dunes, case).assessment
    assert shown is not None
    assert shown.took_part == "John Carter, an interpreter, the uncle"


TWO = determined().panel[:2]


@pytest.mark.parametrize(
    ("more", "lack"),
    [
        ({"panel": TWO}, ("panel", "few")),
        ({"panel": (*TWO, TWO[0])}, ("panel", "few")),
        ({"panel": (*TWO, Present("Dr Vidal", ""))}, ("panel", "who")),
        ({"options": determined().options[:1]}, ("options", "few")),
        ({"options": (*determined().options, Option("to go back", ""))}, ("options", "weigh")),
        ({"determined": "in the best interests of the child"}, ("determined", "stock")),
        ({"views": ""}, ("views", "needed")),
        ({"apart": None}, ("apart", "needed")),
        ({"held_on": TODAY + timedelta(days=1)}, ("held_on", "future")),
        ({"review_on": TODAY}, ("review_on", "past")),
        ({"review_on": None}, ("review_on", "needed")),
    ],
)
def test_a_determination_is_a_panels_and_whole(
    journey: Journey, case: Case, more: dict[str, Any], lack: tuple[str, str]
) -> None:
    with acts(journey.dunes), pytest.raises(NotWhole) as refused:
        actions.determine_interests(case.pk, determined(**more))
    assert lack in refused.value.lacks
    assert refused.value.say(EN) != refused.value.say(FR)


def test_who_thought_otherwise_is_kept(journey: Journey, case: Case) -> None:
    with acts(journey.dunes):
        actions.determine_interests(case.pk, determined())
    shown = life(journey.harbour, case).determination
    assert shown is not None
    assert shown.dissent.startswith("Dr Vidal")
    assert len(shown.panel) == 3


COPY = """INSERT INTO cases_{table} SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(),
  'idempotency_key', NULL, '{column}', {value}))).* FROM cases_{table} t LIMIT 1"""


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("assessment", "safety", "''::text"),
        ("assessment", "views", "'not applicable'::text"),
        ("determination", "panel", "'[]'::jsonb"),
        ("determination", "options", "'\"none\"'::jsonb"),
        ("determination", "determined", "'see above'::text"),
    ],
)
def test_no_statement_says_less(journey: Journey, case: Case, table: str, column: str, value: str) -> None:
    with acts(journey.dunes):
        actions.assess_interests(case.pk, assessed())
        actions.determine_interests(case.pk, determined())
    with acts(journey.dunes), pytest.raises(Error) as refused, transaction.atomic():
        raw(COPY.format(table=table, column=column, value=value))
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]


# --- who may -----------------------------------------------------------------------------------------------------


def test_both_organisations_say_it_and_a_stranger_finds_no_case(journey: Journey, case: Case) -> None:
    registrar = journey.cast.member(journey.cast.dunes, Role.REGISTRAR)
    for act in (
        lambda: actions.name_representative(case.pk, GUARDIAN, name="Luc Petit"),
        lambda: actions.say_spoken(case.pk, "Pashto", interpreter=True),
        lambda: actions.assess_interests(case.pk, assessed()),
        lambda: actions.determine_interests(case.pk, determined()),
    ):
        for member in (journey.dunes, journey.harbour):
            with acts(member):
                assert act().organisation_id == member.organisation_id
        with acts(journey.stranger), pytest.raises(NoSuchCase):
            act()
        with acts(registrar), pytest.raises(NotAllowed):
            act()


def test_the_same_key_says_it_once(journey: Journey, case: Case) -> None:
    key = uuid4()
    with acts(journey.dunes):
        first = actions.say_spoken(case.pk, "Pashto", interpreter=True, idempotency_key=key)
        assert actions.say_spoken(case.pk, "Pashto", interpreter=True, idempotency_key=key) == first
        with pytest.raises(CaseRefused, match="key_was_used"):
            actions.say_spoken(case.pk, "Dari", interpreter=True, idempotency_key=key)


def test_of_an_erased_child_nothing_of_it_stays(journey: Journey, case: Case) -> None:
    with acts(journey.dunes):
        actions.name_representative(case.pk, GUARDIAN, name="Luc Petit")
        actions.say_spoken(case.pk, "Pashto", interpreter=True)
        actions.assess_interests(case.pk, assessed())
        actions.determine_interests(case.pk, determined())
    with acts(journey.cast.member(journey.cast.dunes, Role.SUPERVISOR), Purpose.CARE):
        registry.erase(journey.shores.child.pk)
    with acts(journey.dunes):
        assert not Representative.objects.exists()
        assert not Spoken.objects.exists()
        assessment, determination = Assessment.objects.get(), Determination.objects.get()
    assert {assessment.took_part, assessment.views, assessment.conclusion} == {""}
    assert (determination.panel, determination.options, determination.dissent) == ([], [], "")
