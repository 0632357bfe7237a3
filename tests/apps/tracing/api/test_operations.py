# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API of tracing: what the pages show and do, for programs, with the same rights."""

import json
from typing import Any
from uuid import uuid4

import pytest
from apps.tracing.shores import CHILD, acts, does, raw, state_of
from apps.tracing.web.conftest import Counted, Desk, site_of
from django.test import Client

from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.models import Pair, Run, Verdict
from havre.core.accounts.enums import Role

S = PairState


@pytest.fixture
def pair(desk: Desk) -> Pair:
    return desk.pair()


def sent(client: Client, address: str, body: Any) -> Any:
    """The body as a program sends it, with the token of its session."""
    token = client.get("/api/session").json()["token"]
    return client.post(
        address, json.dumps(body), content_type="application/json", headers={"X-CSRFToken": token}
    )


def said(pair: Pair, act: str, **more: Any) -> dict[str, Any]:
    return {"act": act, "version": pair.version, "idempotency_key": str(uuid4()), **more}


def verdict(client: Client, pair: Pair, act: str, **more: Any) -> Any:
    return sent(client, f"/api/pairs/{pair.pk}/verdicts", said(pair, act, **more))


# --- reading -----------------------------------------------------------------------------------------------------


def test_pairs_are_listed_the_most_probable_first(desk: Desk, pair: Pair) -> None:
    page = desk.dunes.get("/api/pairs").json()
    listed = {each["id"]: each for each in page["pairs"]}
    assert listed[str(pair.pk)]["child"] == CHILD.names
    chances = [each["probability"] for each in page["pairs"]]
    assert chances == sorted(chances, reverse=True)


def test_the_list_goes_on_by_key_and_back(desk: Desk) -> None:
    whole = [each["id"] for each in desk.dunes.get("/api/pairs").json()["pairs"]]
    first = desk.dunes.get("/api/pairs?size=1").json()
    second = desk.dunes.get(f"/api/pairs?size=1&at={first['next']}").json()
    assert [first["pairs"][0]["id"], second["pairs"][0]["id"]] == whole[:2]
    assert desk.dunes.get(f"/api/pairs?size=1&at={second['previous']}").json()["pairs"] == first["pairs"]


def test_filters_hold_together(desk: Desk, pair: Pair) -> None:
    does(desk.shores.dunes, Act.CONFIRM, pair)
    asked = f"state=confirmed&band=strong&relation=uncle&organisation={desk.shores.harbour.organisation_id}"
    assert [each["id"] for each in desk.dunes.get(f"/api/pairs?{asked}").json()["pairs"]] == [str(pair.pk)]
    for waiting, client in (("verify", desk.harbour), ("other_shore", desk.dunes)):
        found = client.get(f"/api/pairs?waiting={waiting}").json()["pairs"]
        assert [each["id"] for each in found] == [str(pair.pk)]
    assert desk.dunes.get("/api/pairs?waiting=verify").json()["pairs"] == []


@pytest.mark.parametrize(
    "asked",
    [
        "state=married",
        "band=sure",
        "relation=boss",
        "relation=%00",
        "organisation=x",
        "size=0",
        "size=99999999999999999999",
        "at=%00",
        "colour=blue",
        "came_back=perhaps",
    ],
)
def test_a_question_that_is_none_is_refused(desk: Desk, asked: str) -> None:
    refused = desk.dunes.get(f"/api/pairs?{asked}")
    assert refused.status_code == 422
    assert refused.json()["problems"]


def test_a_pair_is_told_as_its_page_tells_it(desk: Desk, pair: Pair) -> None:
    told = desk.harbour.get(f"/api/pairs/{pair.pk}").json()
    assert told["child_side"]["names"] == CHILD.names
    assert told["child_side"]["born"] == [2001, 2001]
    assert told["child_side"]["registration"] is None
    assert told["relative_side"]["registration"] == str(desk.shores.uncle.pk)
    assert told["possible"] == ["confirm", "reject", "ask", "skip"]
    assert told["evidence"]["names"] > 0
    assert told["agreements"]["phone_relative"] == "agrees"
    text = json.dumps(told, ensure_ascii=False)
    assert not [each for each in (CHILD.phone, "Calais", "2001-05-17") if each in text]
    with acts(desk.shores.harbour):
        assert raw("SELECT count(*) FROM audit_entry WHERE kind = 'read' AND row = %s", [pair.pk]) == [(1,)]


def test_after_verification_the_registration_is_named(desk: Desk) -> None:
    pair = desk.shores.verified()
    told = desk.harbour.get(f"/api/pairs/{pair.pk}").json()
    assert told["child_side"]["registration"] == str(desk.shores.child.pk)
    assert [each["act"] for each in told["verdicts"]] == ["verify", "confirm"]
    assert told["verdicts"][1]["member"] == ""


def test_one_pair_asks_the_database_no_more_than_it_must(desk: Desk, pair: Pair, counted: Counted) -> None:
    desk.dunes.get("/api/pairs")
    with counted() as asked:
        assert desk.dunes.get(f"/api/pairs/{pair.pk}").status_code == 200
    assert len(asked) <= 35, "\n".join(asked)


@pytest.mark.parametrize("who", ["maraude", "kin"])
def test_a_stranger_finds_nothing(desk: Desk, pair: Pair, who: str) -> None:
    client = site_of(desk.cast.member(getattr(desk.cast, who)))
    assert client.get("/api/pairs").json()["pairs"] == []
    assert client.get(f"/api/pairs/{pair.pk}").status_code == 404
    assert verdict(client, pair, "confirm").status_code == 404
    assert client.get("/api/runs").json()["runs"] == []


@pytest.mark.parametrize("address", ["/api/pairs", "/api/runs"])
def test_nobody_is_asked_to_sign_in_and_an_auditor_is_refused(desk: Desk, address: str) -> None:
    assert Client().get(address).status_code == 401
    assert site_of(desk.cast.auditor).get(address).status_code == 403


# --- deciding ----------------------------------------------------------------------------------------------------


def test_a_verdict_is_taken_and_tells_the_next_version(desk: Desk, pair: Pair) -> None:
    taken = verdict(desk.dunes, pair, "confirm")
    assert taken.json() == {"pair": str(pair.pk), "act": "confirm", "state": "confirmed", "version": 2}
    assert verdict(desk.harbour, desk.pair(), "verify").json()["state"] == "verified"
    reunited = verdict(desk.dunes, desk.pair(), "reunite", true_on="2016-11-03")
    assert reunited.json()["state"] == "reunited"


def test_who_comes_second_is_refused(desk: Desk, pair: Pair) -> None:
    verdict(desk.dunes, pair, "confirm")
    refused = verdict(desk.harbour, pair, "reject", reason="names_differ")
    assert refused.status_code == 409
    assert "Dunes" in refused.json()["detail"]
    assert state_of(desk.shores.dunes, pair) is S.CONFIRMED


def test_the_same_key_twice_is_one_verdict(desk: Desk, pair: Pair) -> None:
    body = said(pair, "confirm")
    answers = [sent(desk.dunes, f"/api/pairs/{pair.pk}/verdicts", body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    with acts(desk.shores.dunes):
        assert Verdict.objects.filter(pair=pair).count() == 1


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"act": "reject"}, 422),
        ({"act": "reject", "reason": "ask_names"}, 422),
        ({"act": "reject", "reason": "names_differ", "words": "\0"}, 422),
        ({"act": "reject", "reason": "names_differ", "words": "x" * 4001}, 422),
        ({"act": "reunite"}, 409),
        ({"act": "verify"}, 409),
        ({"act": "fade"}, 422),
        ({"act": "confirm", "version": 10**30}, 422),
        ({"act": "confirm", "version": 7}, 409),
        ({"act": "confirm", "idempotency_key": "x"}, 422),
        ({"act": "confirm", "mood": "good"}, 422),
        ({"act": "confirm", "true_on": "tomorrow"}, 422),
    ],
)
def test_what_cannot_be_is_refused_and_said(
    desk: Desk, pair: Pair, more: dict[str, Any], status: int
) -> None:
    refused = sent(desk.dunes, f"/api/pairs/{pair.pk}/verdicts", said(pair, "confirm") | more)
    assert refused.status_code == status, refused.content
    assert refused.json()["detail"]
    assert state_of(desk.shores.dunes, pair) is S.PROPOSED


def test_only_the_other_shore_verifies(desk: Desk, pair: Pair) -> None:
    verdict(desk.dunes, pair, "confirm")
    colleague = site_of(desk.cast.member(desk.cast.dunes, nth=2))
    assert verdict(colleague, desk.pair(), "verify").status_code == 403
    assert verdict(colleague, desk.pair(), "withdraw").status_code == 403


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.GUARDIAN])
def test_who_decides_nothing_is_refused(desk: Desk, pair: Pair, role: Role) -> None:
    ward = desk.shores.child.person_id if role is Role.GUARDIAN else None
    client = site_of(desk.cast.member(desk.cast.dunes, role, ward=ward))
    assert client.get(f"/api/pairs/{pair.pk}").json()["possible"] == []
    assert verdict(client, pair, "confirm").status_code == 403


def test_a_verdict_without_the_token_of_the_session_is_refused(desk: Desk, pair: Pair) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.dunes.cookies
    address = f"/api/pairs/{pair.pk}/verdicts"
    refused = strict.post(address, json.dumps(said(pair, "confirm")), content_type="application/json")
    assert refused.status_code == 403
    assert state_of(desk.shores.dunes, pair) is S.PROPOSED


# --- runs --------------------------------------------------------------------------------------------------------


def test_runs_are_listed_asked_for_and_told(desk: Desk) -> None:
    key = str(uuid4())
    asked = [sent(desk.dunes, "/api/runs", {"idempotency_key": key}) for _ in range(2)]
    assert [answer.status_code for answer in asked] == [202, 202]
    assert asked[0].json() == asked[1].json()
    listed = desk.dunes.get("/api/runs").json()["runs"]
    assert [each["id"] for each in listed] == [asked[0].json()["id"], listed[1]["id"]]
    done = desk.harbour.get(f"/api/runs/{listed[1]['id']}").json()
    assert done["state"] == "done"
    assert sum(done["counts"].values()) == done["changes"]["new"]
    assert desk.dunes.get(f"/api/runs/{uuid4()}").status_code == 404
    assert desk.dunes.get("/api/runs/x").status_code == 422


def test_a_registrar_reads_runs_and_asks_for_none(desk: Desk) -> None:
    client = site_of(desk.cast.member(desk.cast.dunes, Role.REGISTRAR))
    assert client.get("/api/runs").status_code == 200
    assert sent(client, "/api/runs", {"idempotency_key": str(uuid4())}).status_code == 403
    with acts(desk.shores.dunes):
        assert Run.objects.count() == 1
