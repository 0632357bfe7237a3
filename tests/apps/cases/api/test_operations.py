# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API of cases: what the pages show and do, for programs, with the same rights and the same refusals."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from apps.cases.api.asking import decision, event, got, sent, telling
from apps.cases.journey import REASONS, ROUTE, WHY, Journey
from apps.cases.test_decisions import LACKS
from apps.tracing.shores import acts, raw
from django.test import Client

from havre.apps.cases.enums import Factor
from havre.apps.cases.models import Case, Decision, Event, Fact
from havre.apps.cases.queries import criteria, routes
from havre.core.accounts.enums import Role


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


# --- reading -----------------------------------------------------------------------------------------------------


def test_a_case_is_listed_and_told_as_its_page_tells_it(journey: Journey, case: Case) -> None:
    journey.told(journey.decided(case))
    for member in (journey.dunes, journey.harbour):
        (line,) = got(member, "cases")["cases"]
        assert (line["id"], line["state"], line["route"]) == (str(case.pk), "refused", ROUTE)
        told = got(member, f"cases/{case.pk}")
        assert {name: told[name] for name in line} == line
        assert [each["kind"]["word"] for each in told["events"]] == ["lodged", "sent", "received", "refused"]
        assert told["events"][1]["kind"]["fr"] == "requête envoyée"
        assert {"sent", "reexamination_asked"} <= set(told["possible"])
        assert not {"accepted", "transferred"} & set(told["possible"])
        assert told["decisions"][0]["told"] is True
        assert any(clock["due"] for clock in told["clocks"])
        assert {each["key"] for each in told["routes"]} == set(routes())
    with acts(journey.harbour):
        read = raw("SELECT count(*) FROM audit_entry WHERE kind = 'read' AND row = %s", [case.pk])
        handed = raw("SELECT count(*) FROM audit_entry WHERE kind = 'handed' AND row = %s", [case.pk])
    assert (read, handed) == ([(1,)], [(1,)])  # the record of the other organisation is its own


def test_a_decision_is_told_whole(journey: Journey, case: Case) -> None:
    made = journey.decided(case)
    told = got(journey.dunes, f"decisions/{made.pk}")
    assert told["in_short"] == WHY
    assert [each["key"] for each in told["criteria"]] == [each.key for each in criteria(routes()[ROUTE])]
    assert {each["reason"] for each in told["criteria"]} - {""} == set(REASONS.values())
    assert told["told"] is None
    assert "member" not in told


def test_the_list_goes_on_by_key_and_is_of_one_pair(journey: Journey, case: Case) -> None:
    assert got(journey.dunes, f"cases?pair={case.pair_id}")["cases"][0]["id"] == str(case.pk)
    assert got(journey.dunes, f"cases?pair={uuid4()}")["cases"] == []
    assert got(journey.dunes, "cases?size=1")["next"] == ""


@pytest.mark.parametrize("asked", ["pair=x", "size=0", "size=201", "at=%00", "colour=blue"])
def test_a_question_that_is_none_is_refused(journey: Journey, case: Case, asked: str) -> None:
    assert got(journey.dunes, f"cases?{asked}", 422)["problems"]


def test_strangers_find_nothing_and_change_nothing(journey: Journey, case: Case) -> None:
    draft = journey.drafted(case)
    for member in (journey.stranger, journey.cast.member(journey.cast.maraude)):
        assert got(member, "cases")["cases"] == []
        got(member, f"cases/{case.pk}", 404)
        got(member, f"decisions/{draft.pk}", 404)
        sent(member, f"cases/{case.pk}/events", event(), 404)
        sent(
            member,
            f"cases/{case.pk}/facts",
            {"key": "married", "value": False, "idempotency_key": uuid4()},
            404,
        )
        sent(member, f"cases/{case.pk}/decisions", decision(), 404)
        for act in ("agreement", "set-aside"):
            sent(member, f"decisions/{draft.pk}/{act}", {"answer": "refuse"}, 404)
        sent(member, f"decisions/{draft.pk}/telling", telling(), 404)
    with acts(journey.harbour):
        assert Event.objects.count() == 3
        assert Decision.objects.get().set_aside_by_id is None


def test_nobody_is_asked_to_sign_in_and_an_auditor_is_refused(journey: Journey, case: Case) -> None:
    assert Client().get("/api/cases").status_code == 401
    got(journey.cast.auditor, "cases", 403)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.GUARDIAN])
def test_who_reads_only_changes_nothing(journey: Journey, case: Case, role: Role) -> None:
    ward = journey.shores.child.person_id if role is Role.GUARDIAN else None
    member = journey.cast.member(journey.cast.dunes, role, ward=ward)
    assert got(member, f"cases/{case.pk}")["id"] == str(case.pk)
    sent(member, f"cases/{case.pk}/events", event(), 403)
    sent(member, f"cases/{case.pk}/decisions", decision(), 403)


# --- the way of a case -------------------------------------------------------------------------------------------


def test_a_draft_is_set_aside(journey: Journey, case: Case) -> None:
    draft = journey.drafted(case)
    taken = sent(journey.colleague, f"decisions/{draft.pk}/set-aside", {"answer": "refuse"}, 200)
    assert (taken["set_aside"], taken["agreed_on"]) == (True, None)
    sent(journey.dunes, f"decisions/{draft.pk}/telling", telling(), 404)


def test_a_fact_is_said_and_taken_back(journey: Journey, case: Case) -> None:
    said = {"key": "married", "value": False, "how": "he says so", "idempotency_key": uuid4()}
    sent(journey.dunes, f"cases/{case.pk}/facts", said)
    (fact,) = [each for each in got(journey.harbour, f"cases/{case.pk}")["facts"] if each["key"] == "married"]
    assert (fact["value"], fact["means"]["fr"], fact["how"]) == ("false", "non", "he says so")
    sent(journey.dunes, f"cases/{case.pk}/facts", {**said, "value": "unknown", "idempotency_key": uuid4()})
    assert "married" not in {each["key"] for each in got(journey.dunes, f"cases/{case.pk}")["facts"]}


def test_the_same_key_is_one_act(journey: Journey, case: Case) -> None:
    acts_of = {
        f"cases/{case.pk}/events": event(),
        f"cases/{case.pk}/facts": {"key": "married", "value": False, "idempotency_key": uuid4()},
    }
    for address, body in acts_of.items():
        assert sent(journey.dunes, address, body) == sent(journey.dunes, address, body)
    body = decision()
    drafts = [sent(journey.harbour, f"cases/{case.pk}/decisions", body) for _ in range(2)]
    assert drafts[0] == drafts[1]
    with acts(journey.harbour):
        counts = (Event.objects.filter(kind="hit").count(), Fact.objects.count(), Decision.objects.count())
    assert counts == (1, 1, 1)


@pytest.mark.parametrize(
    ("said", "status", "where"),
    [
        (event("transferred"), 409, "kind"),
        (event("accepted"), 422, "kind"),
        (event("married"), 422, "kind"),
        (event("hit", "2016-11-22"), 422, "happened_on"),
        (event("hit", route=ROUTE), 422, "route"),
        (event("hit", "0001-01-01"), 422, "happened_on"),
        (event("hit", mood="good"), 422, "mood"),
        ({"kind": "hit"}, 422, "happened_on"),
    ],
)
def test_what_cannot_have_happened_is_refused_with_its_place(
    journey: Journey, case: Case, said: dict[str, Any], status: int, where: str
) -> None:
    refused = sent(journey.dunes, f"cases/{case.pk}/events", said, status)
    assert any(where in each["where"] for each in refused["problems"])
    with acts(journey.dunes):
        assert Event.objects.count() == 3


# --- no refusal without all its parts ----------------------------------------------------------------------------


@pytest.mark.parametrize("what", LACKS)
def test_a_decision_needs(journey: Journey, case: Case, what: str) -> None:
    """What an action and a raw statement are refused for (``test_decisions``), a program is refused for too."""
    make, (place, _) = LACKS[what]
    refused = sent(journey.harbour, f"cases/{case.pk}/decisions", decision(make()), 422)
    assert [each["where"] for each in refused["problems"]] == [place]
    with acts(journey.harbour):
        assert not Decision.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_empty_decision_hears_all_that_it_lacks_at_once(
    journey: Journey, case: Case, language: str
) -> None:
    body = {"idempotency_key": uuid4()}
    refused = sent(journey.harbour, f"cases/{case.pk}/decisions", body, 422, language)
    places = {each["where"] for each in refused["problems"]}
    assert places >= {
        "answer",
        "written_in",
        "in_short",
        "evidence_seen",
        *(f"criteria.{each.key}" for each in criteria(routes()[ROUTE])),
        *(factor.value for factor in Factor),
        "telling_language",
        "telling_manner",
        "again_how",
        "again_until",
        "helper",
    }
    assert all(each["what"] in refused["detail"] for each in refused["problems"])


def test_what_no_decision_knows_is_refused_and_not_left_out(journey: Journey, case: Case) -> None:
    for more in (
        {"agreed_on": "2016-11-21"},
        {"agreed_by": str(journey.harbour.pk)},
        {"decided_on": date.min},
    ):
        refused = sent(journey.harbour, f"cases/{case.pk}/decisions", {**decision(), **more}, 422)
        assert next(iter(more)) in refused["problems"][0]["where"]
    with acts(journey.harbour):
        assert not Decision.objects.exists()


def test_who_told_a_child_is_said_whole(journey: Journey, case: Case) -> None:
    made = journey.decided(case)
    for more, where in (
        ({"told_by": " "}, "told_by"),
        ({"language": ""}, "language"),
        ({"told_on": "2016-11-20"}, "told_on"),
        ({"told_on": "2016-11-22"}, "told_on"),
        ({"manner": "by post"}, "manner"),
    ):
        refused = sent(journey.dunes, f"decisions/{made.pk}/telling", telling(**more), 422)
        assert any(where in each["where"] for each in refused["problems"])
    assert got(journey.dunes, f"cases/{case.pk}")["not_told"] == 1
