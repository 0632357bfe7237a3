# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way of a case by programs of both shores."""

from apps.cases.api.asking import decision, event, got, sent, telling
from apps.cases.journey import ROUTE, Journey


def test_a_request_is_made_refused_told_and_asked_again_by_programs(journey: Journey) -> None:
    place = f"cases/{journey.opened().pk}"
    taken = sent(journey.dunes, f"{place}/events", event("sent", "2016-11-04", route=ROUTE))
    assert taken["state"] == "asked"
    assert sent(journey.harbour, f"{place}/events", event("received", "2016-11-07"))["state"] == "received"
    draft = sent(journey.harbour, f"{place}/decisions", decision())
    assert draft["agreed_on"] is None
    of = f"decisions/{draft['decision']}"
    got(journey.dunes, of, 404)  # a draft is of those who write it
    assert got(journey.harbour, of)["agreed_on"] is None
    sent(journey.harbour, f"{of}/agreement", {"answer": "refuse"}, 403)
    sent(journey.colleague, f"{of}/agreement", {"answer": "accept"}, 409)
    assert sent(journey.colleague, f"{of}/agreement", {"answer": "refuse"}, 200)["agreed_on"] == "2016-11-21"
    sent(journey.colleague, f"{of}/agreement", {"answer": "refuse"}, 409)
    sent(journey.dunes, f"{of}/telling", telling())
    assert got(journey.dunes, of)["told"]["told_by"] == "Amina"
    taken = sent(journey.dunes, f"{place}/events", event("reexamination_asked", "2016-11-21"))
    assert taken["state"] == "reexamined"
    assert got(journey.harbour, place)["not_told"] == 0
