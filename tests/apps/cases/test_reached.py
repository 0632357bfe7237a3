# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was said before an organisation was named is not for it to read, but for what a request to it needs."""

import pytest
from apps.cases.journey import ROUTE, SENT, TODAY, Journey, assessed
from apps.cases.leaving import told
from apps.cases.test_claimed import _verified_pair_of, asks_harbour
from apps.tracing.shores import SISTER, UNCLE_SAID, acts, raw, registered
from apps.tracing.web.conftest import site_of

from havre.apps.cases import actions
from havre.apps.cases.actions.proving import prove_exchange
from havre.apps.cases.enums import Answer, AnswerSource, Channel
from havre.apps.cases.models import Assessment, Case, Exchange, Fact, OutsideAnswer
from havre.apps.cases.queries import facts_asked, routes
from havre.apps.registry.models import Registration
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member

NEEDED, NOT_NEEDED, LATER = "can_take_care", "in_camp", "high_risk"
"""Facts: the first is one that the route of the requests asks for."""


@pytest.fixture(scope="module")
def sister(verified: Journey) -> Registration:
    """A girl of Dunes whose uncle nobody has matched."""
    return registered(verified.dunes, SISTER, ("uncle", UNCLE_SAID))


@pytest.fixture(scope="module")
def claimed(verified: Journey, sister: Registration) -> Case:
    """Her case, in which Dunes has said two things and nobody is asked yet."""
    with acts(verified.dunes):
        case = actions.open_case_of_link(sister.links.get().pk)
        actions.say_fact(case.pk, NEEDED, True, how="the aunt says so")
        actions.say_fact(case.pk, NOT_NEEDED, True, how="seen at the lake")
    return case


def facts(member: Member, case: Case) -> set[str]:
    """Which facts a member reads by the models and by SQL: they are the same."""
    with acts(member):
        found = set(Fact.objects.filter(case=case).values_list("key", flat=True))
        assert {key for (key,) in raw("SELECT key FROM cases_fact WHERE case_id = %s", [case.pk])} == found
    return found


def says(journey: Journey, case: Case, key: str) -> None:
    with acts(journey.dunes):
        actions.say_fact(case.pk, key, True)


def test_the_database_knows_what_each_route_asks() -> None:
    assert NEEDED in facts_asked(routes()[ROUTE])
    assert NOT_NEEDED not in facts_asked(routes()[ROUTE])


def test_data_file_and_database_agree_on_it(journey: Journey) -> None:
    asked = dict(raw("SELECT route, facts FROM cases_facts()"))
    assert asked == {key: list(facts_asked(route)) for key, route in routes().items()}


def test_who_is_named_reads_nothing_that_was_said_before_and_all_that_is_said_since(
    journey: Journey, claimed: Case
) -> None:
    asks_harbour(journey, claimed)
    assert facts(journey.harbour, claimed) == set()
    says(journey, claimed, LATER)
    assert facts(journey.harbour, claimed) == {LATER}
    assert facts(journey.dunes, claimed) == {NEEDED, NOT_NEEDED, LATER}
    assert facts(journey.stranger, claimed) == set()


def test_the_guardian_reads_all_of_it(journey: Journey, claimed: Case, sister: Registration) -> None:
    asks_harbour(journey, claimed)
    guardian = journey.cast.member(journey.cast.dunes, Role.GUARDIAN, ward=sister.person_id)
    assert facts(guardian, claimed) == {NEEDED, NOT_NEEDED}


def test_with_a_request_goes_what_its_route_asks_and_no_more(journey: Journey, claimed: Case) -> None:
    asks_harbour(journey, claimed)
    journey.happens(claimed, "sent", SENT, route=ROUTE)
    assert facts(journey.harbour, claimed) == {NEEDED}


def test_who_is_named_instead_of_another_reads_nothing_that_was_said_to_that_one(
    journey: Journey, claimed: Case
) -> None:
    asks_harbour(journey, claimed)
    says(journey, claimed, LATER)
    with acts(journey.dunes):
        actions.address_case(claimed.pk, journey.cast.kin.pk)
    assert (facts(journey.stranger, claimed), facts(journey.harbour, claimed)) == (set(), set())


def test_whom_a_pair_names_reads_what_was_said_since_it_joined(
    journey: Journey, claimed: Case, sister: Registration
) -> None:
    pair = _verified_pair_of(journey, sister)
    with acts(journey.dunes):
        actions.join_pair(claimed.pk, pair)
    assert facts(journey.harbour, claimed) == set()
    says(journey, claimed, LATER)
    assert facts(journey.harbour, claimed) == {LATER}


def test_a_case_that_opened_from_a_pair_is_read_from_the_beginning(journey: Journey) -> None:
    case = journey.opened()
    says(journey, case, NOT_NEEDED)
    assert facts(journey.harbour, case) == {NOT_NEEDED}


def test_letters_proofs_and_assessments_of_before_go_with_the_request_too(
    journey: Journey, claimed: Case, sister: Registration
) -> None:
    with acts(journey.dunes):
        answer = actions.record_outside_answer(
            claimed.pk,
            Answer.REFUSE,
            words="not credible",
            answered_on=None,
            source=AnswerSource.DOCUMENT,
            source_said="a list of December",
        )
        prove_exchange(answer.event_id, Channel.POST, reference="RE 123")
        actions.assess_interests(claimed.pk, assessed())
        actions.join_pair(claimed.pk, _verified_pair_of(journey, sister))

    def read() -> list[int]:
        with acts(journey.harbour):
            return [
                table.objects.filter(case=claimed).count() for table in (OutsideAnswer, Exchange, Assessment)
            ]

    assert read() == [0, 0, 0]
    assert site_of(journey.harbour).get(f"/cases/{claimed.pk}").status_code == 200
    journey.happens(claimed, "sent", TODAY, route=ROUTE)
    assert read() == [1, 1, 1]


def test_neither_page_nor_bundle_tells_it_to_whoever_is_named(journey: Journey, claimed: Case) -> None:
    asks_harbour(journey, claimed)
    for language in ("en", "fr"):
        page = site_of(journey.harbour, language).get(f"/cases/{claimed.pk}")
        assert page.status_code == 200
        assert "seen at the lake" not in page.content.decode()
    assert "seen at the lake" not in str(told(journey.harbour, claimed))
    assert "seen at the lake" in str(told(journey.dunes, claimed))
