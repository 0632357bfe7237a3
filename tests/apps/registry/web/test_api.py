# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""People and family links for programs: what a page shows, and no more."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from apps.registry.people import AHMAD, UNCLE, answered, registered, sharing_with
from apps.registry.web.conftest import House, queries_of
from django.db import connection
from django.test import Client

from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.queries import registrations
from havre.core.access import Purpose, acting_as

KIDANE: dict[str, Any] = {
    "described": {
        "names": "Kidane Weldu",
        "sex": "male",
        "birth": {"earliest": "2000-01-01", "latest": "2000-12-31", "kind": "year"},
        "nationality": "ERI",
        "unsaid": {"phone": "refused"},
    },
    "links": [{"relation": "uncle", "described": {"names": "ተስፋይ", "town": "Leeds"}}],
    "consents": [{"for_what": "tracing", "given_by": "child", "how": "interpreter", "language": "ti"}],
}


def sent(client: Client, path: str, body: Any, key: str = "") -> Any:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return client.post(path, body, content_type="application/json", headers=headers)


def on_record(house: House, kind: str) -> int:
    with acting_as(house.cast.auditor.pk, Purpose.OVERSIGHT), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE kind = %s", [kind])
        return int(cursor.fetchone()[0])


def test_a_list_tells_own_and_shared_people_and_nobody_else(house: House) -> None:
    house.does(lambda: registered())
    shared = house.does(
        lambda: registered(replace(AHMAD, nationality="SDN"), consents=(sharing_with(house.cast.harbour.pk),))
    )
    own, other = (client.get("/api/people").json() for client in (house.caseworker, house.stranger))
    assert len(own["items"]) == 2
    assert [(each["id"], each["own"]) for each in other["items"]] == [(str(shared.pk), False)]
    assert own["items"][0]["names"][0]["written"] == "احمد خان"
    assert [
        each["nationality"] for each in house.caseworker.get("/api/people?nationality=AFG").json()["items"]
    ] == ["AFG"]


def test_a_list_goes_on_by_key(house: House) -> None:
    for _ in range(5):
        house.does(lambda: registered(links=(UNCLE,)))
    for path in ("/api/people", "/api/links"):
        first = house.caseworker.get(path, {"size": 3}).json()
        second = house.caseworker.get(path, {"size": 3, "at": first["next"]}).json()
        ids = [each["id"] for each in (*first["items"], *second["items"])]
        assert len(set(ids)) == 5
        assert second["next"] == ""
        assert (
            house.caseworker.get(path, {"size": 3, "at": second["previous"]}).json()["items"]
            == first["items"]
        )


def test_what_leaves_as_a_list_is_on_record(house: House) -> None:
    house.does(lambda: registered())
    house.caseworker.get("/api/people")
    assert on_record(house, "export") == 1


def test_one_person_is_told_whole_and_reading_it_is_on_record(house: House) -> None:
    made = house.does(lambda: registered(links=(UNCLE,), consents=(answered(ConsentFor.TRACING),)))
    said = house.caseworker.get(f"/api/people/{made.pk}").json()
    assert said["reference"] == made.person.reference
    assert said["links"][0]["names"] == "Gul Khan"
    assert said["contacts"][0]["value"] == "+33 6 39 98 00 11"
    assert said["consents"][0]["for_what"] == "tracing"
    assert on_record(house, "read") == 1
    assert house.stranger.get(f"/api/people/{made.pk}").status_code == 404
    assert house.guardian(made.person_id).get(f"/api/people/{made.pk}").status_code == 200


def test_somebody_is_registered_once_however_often_it_is_sent(house: House) -> None:
    key = str(uuid4())
    first, second = (sent(house.registrar, "/api/people", KIDANE, key) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    (made,) = house.does(lambda: list(registrations().with_details()))
    assert (made.sex, made.nationality, made.unsaid, made.traceable) == (
        "male",
        "ERI",
        {"phone": "refused"},
        True,
    )
    assert made.links.all()[0].town == "Leeds"


def test_a_key_of_something_else_is_a_conflict(house: House) -> None:
    key = str(uuid4())
    made = sent(house.registrar, "/api/people", KIDANE, key).json()
    answer = sent(house.registrar, f"/api/people/{made['id']}/links", {"described": {"names": "Ali"}}, key)
    assert answer.status_code == 409


def test_a_link_is_added_by_the_own_organisation_alone(house: House) -> None:
    made = house.does(lambda: registered())
    told = {"relation": "aunt", "described": {"names": "زرغونه"}}
    assert sent(house.registrar, f"/api/people/{made.pk}/links", told).status_code == 201
    assert sent(house.stranger, f"/api/people/{made.pk}/links", told).status_code == 404
    (link,) = house.caseworker.get("/api/links", {"registration": made.pk}).json()["items"]
    assert (link["relation"], link["names"]) == ("aunt", "زرغونه")


@pytest.mark.parametrize("key", ["", "not-a-uuid"])
def test_a_change_needs_a_key(house: House, key: str) -> None:
    headers = {"Idempotency-Key": key} if key else {}
    answer = house.registrar.post("/api/people", KIDANE, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert not house.does(lambda: registrations().count())


def test_a_guardian_changes_nothing(house: House) -> None:
    made = house.does(lambda: registered())
    guardian = house.guardian(made.person_id)
    assert sent(guardian, "/api/people", KIDANE).status_code == 403
    assert sent(guardian, f"/api/people/{made.pk}/links", {"described": {}}).status_code == 403


def test_longer_lists_ask_no_more_queries(house: House) -> None:
    made = house.does(lambda: registered(links=(UNCLE,)))
    before = [
        queries_of(house.caseworker, path) for path in ("/api/people", "/api/links", f"/api/people/{made.pk}")
    ]
    for _ in range(5):
        house.does(lambda: registered(links=(UNCLE, UNCLE)))
    after = [
        queries_of(house.caseworker, path) for path in ("/api/people", "/api/links", f"/api/people/{made.pk}")
    ]
    assert before == after
    assert max(after) <= 20
