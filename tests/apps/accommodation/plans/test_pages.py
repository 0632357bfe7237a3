# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The screens of plans: asked for, looked at, compared, accepted; in both languages, and closed to others."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from apps.accommodation.plans.camp import DAY, Camp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from house.clients import one_connection, signed_in

from havre.apps.accommodation.actions import block_units
from havre.apps.accommodation.enums import BlockReason
from havre.apps.accommodation.models import Lock, Override, Plan, PlanNote, Promise
from havre.apps.accommodation.queries.plans.plans import _as_made
from havre.core.accounts.enums import Role
from havre.core.jobs import run_jobs
from havre.engines.placement import default_policy_text

MOST_QUERIES = 40


@pytest.fixture(autouse=True)
def _one() -> Iterator[None]:
    with one_connection():
        yield


@pytest.fixture
def client(camp: Camp) -> Client:
    return signed_in(camp.member)


def address(name: str, *args: Any) -> str:
    return reverse(f"accommodation:{name}", args=args)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def asking(**more: Any) -> dict[str, Any]:
    return {
        "day": DAY.isoformat(),
        "seconds": 60,
        "policy": default_policy_text(),
        "key": str(uuid4()),
        **more,
    }


def test_from_the_form_to_promises(camp: Camp, client: Client) -> None:
    assert "No plan was made yet" in text(client, address("plans"))
    form = asking()
    for _ in range(2):  # the same press twice is one plan
        response = client.post(address("new_plan"), form)
        assert response.status_code == 302
    with camp.acts():
        (plan,) = Plan.objects.all()
    assert plan.policy_by_id is None
    assert "Searching for a good plan" in text(client, address("plan", plan.pk))
    run_jobs()
    board = text(client, address("plan", plan.pk))
    assert "No plan can be better." in board
    assert "Centre Familles" in board
    response = client.post(address("accept_plan", plan.pk), follow=True)
    assert "The plan is being accepted" in response.content.decode()
    run_jobs()
    assert "4 parties were promised their places." in text(client, address("plan", plan.pk))
    with camp.acts():
        assert Promise.objects.count() == 4


def test_a_whole_plan_without_room_promises_nothing_and_names_the_centre(camp: Camp, client: Client) -> None:
    plan = camp.planned()
    with camp.acts():
        block_units(camp.places["Familles"].pk, 1, reason=BlockReason.WORKS, starts=DAY)
    client.post(address("accept_plan", plan.pk))
    run_jobs()
    assert "Centre Familles" in text(client, address("plan", plan.pk)).partition("No plan can be better")[0]
    assert camp.promised() == {}


def test_while_it_is_being_made_the_best_so_far_and_its_gap_are_shown_and_it_may_be_ended(
    camp: Camp, client: Client
) -> None:
    asked = camp.asked()
    with camp.acts():
        asked.best.points, asked.best.bound, asked.best.waiting, asked.best.text = 9_990, 10_000, 3, "{}"
        asked.best.save()
    page = text(client, address("plan", asked.pk))
    assert "9,990 points, 3 people without a place. No plan can be more than 0.10% better." in page
    client.post(address("stop_plan", asked.pk))
    with camp.acts():
        assert Plan.objects.get(pk=asked.pk).stop_asked_at
    assert signed_in(camp.member, "fr").get(address("plan", asked.pk)).content.decode().count("0,10")


def test_wrong_rows_and_a_policy_without_a_reason_are_told_beside_the_form(
    camp: Camp, client: Client
) -> None:
    policy = default_policy_text().replace("base = 1 ", "base = 2 ")
    response = client.post(address("new_plan"), asking(policy=policy))
    assert response.status_code == 422
    assert "Say why the policy is another" in response.content.decode()
    response = client.post(address("new_plan"), asking(policy="kinds = [", policy_why="a trial"))
    assert response.status_code == 422
    assert "Put these lines right" in response.content.decode()
    assert client.post(address("new_plan"), asking(seconds=0)).status_code == 422
    assert client.post(address("new_plan"), asking(key="")).status_code == 400


def test_a_party_page_says_why_here_and_what_every_other_place_costs(camp: Camp, client: Client) -> None:
    plan = camp.planned()
    south = next(name for name, at in camp.at(plan).items() if at == "Sud")
    party = address("plan_party", plan.pk, camp.key(south))
    page = text(client, party)
    assert "Why here?" in page
    assert "It costs others 300 points: 1 party of adults with the region they asked for first" in page
    assert "The place does not take parties of this kind." in page
    north = camp.places["Nord"].pk
    asked = text(client, f"{party}?place={north}")
    assert "There is no room in this plan" in asked
    form = {"place": str(north), "wins": 300, "costs": 300}
    down = address("lay_down", plan.pk, camp.key(south))
    assert client.post(down, form).status_code == 422
    assert client.post(down, {**form, "costs": 0, "reason": "a sister"}).status_code == 409
    response = client.post(down, {**form, "reason": "a sister"}, follow=True)
    assert "kept when the plan is made again" in response.content.decode()
    with camp.acts():
        done = Override.objects.get()
    assert (done.wins, done.costs, done.member_id) == (300, 300, camp.member.pk)
    client.post(address("lift_lock", done.lock_id), {"plan": str(plan.pk)})
    with camp.acts():
        assert not Lock.objects.filter(ended_at=None).exists()
    assert "lifted" in text(client, address("plan", plan.pk))


def test_never_there_and_notes_are_laid_down_on_the_page(camp: Camp, client: Client) -> None:
    plan = camp.planned()
    never = address("never", plan.pk, camp.key("F1"))
    place = str(camp.places["Familles"].pk)
    assert client.post(never, {"never": place}).status_code == 422
    client.post(never, {"never": place, "never_reason": "They fear it."})
    page = text(client, address("plan_party", plan.pk, camp.key("F1")))
    assert "They fear it." in page
    assert client.post(address("note_plan", plan.pk), {"words": ""}).status_code == 422
    client.post(address("note_plan", plan.pk), {"words": "Ask the mayor."})
    assert "Ask the mayor." in text(client, address("plan", plan.pk))


def test_parties_are_listed_by_centre_and_by_who_waits(camp: Camp, client: Client) -> None:
    camp.party("W1", kind="woman")
    plan = camp.planned()
    path = address("plan_parties", plan.pk)
    assert "5 parties" in text(client, path)
    waiting = text(client, f"{path}?view=waiting")
    assert "<bdi>W1</bdi>" in waiting
    assert "<bdi>F1</bdi>" not in waiting
    centre = camp.places["Familles"].centre_id
    there = text(client, f"{path}?centre={centre}")
    assert "<bdi>F1</bdi>" in there
    assert "<bdi>A1</bdi>" not in there
    client.post(address("accept_plan", plan.pk), {"centre": str(centre)})
    assert camp.promised() == {"F1": "Familles"}


def test_two_plans_are_compared(camp: Camp, client: Client) -> None:
    one = camp.planned()
    camp.place("More", 3)
    other = camp.planned()
    assert "What changes from one plan to the other." in text(client, address("compare", other.pk, one.pk))
    assert address("compare", other.pk, one.pk) in text(client, address("plan", other.pk))


@pytest.mark.parametrize("name", ["plan", "plan_parties"])
def test_a_page_of_a_plan_asks_the_database_as_often_however_many_parties_there_are(
    camp: Camp, client: Client, name: str
) -> None:
    counts = []
    for n in (0, 12):
        for each in range(n):
            camp.party(f"N{each}")
        plan = camp.planned()
        text(client, address("plans"))  # the first page of a session asks more
        with CaptureQueriesContext(connection) as asked:
            text(client, address(name, plan.pk))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_a_partys_page_asks_as_often_however_many_places_there_are(camp: Camp, client: Client) -> None:
    counts = []
    for n in (0, 8):
        for each in range(n):
            camp.place(f"N{each}", 2)
        plan = camp.planned()
        text(client, address("plans"))
        _as_made.cache_clear()
        with CaptureQueriesContext(connection) as asked:
            text(client, address("plan_party", plan.pk, camp.key("A1")))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_in_french_every_page_is_french(camp: Camp) -> None:
    plan, french = camp.planned(), signed_in(camp.member, "fr")
    assert "Aucun plan ne peut être meilleur." in text(french, address("plan", plan.pk))
    assert "Pourquoi ici ?" in text(french, address("plan_party", plan.pk, camp.key("A1")))
    assert "Faire le plan" in text(french, address("new_plan"))
    assert "Plans" in text(french, address("plans"))


@pytest.mark.parametrize("name", ["maraude", "harbour"])
def test_strangers_and_the_other_shore_find_no_plan(camp: Camp, name: str) -> None:
    plan = camp.planned()
    other = signed_in(camp.cast.member(getattr(camp.cast, name)))
    assert "No plan was made yet" in text(other, address("plans"))
    party = camp.key("A1")
    for path in (
        address("plan", plan.pk),
        address("plan_parties", plan.pk),
        address("plan_party", plan.pk, party),
        address("compare", plan.pk, plan.pk),
    ):
        assert other.get(path).status_code == 404
    for path in (address("accept_plan", plan.pk), address("stop_plan", plan.pk)):
        assert other.post(path).status_code == 404


def test_a_registrar_looks_and_has_no_buttons(camp: Camp) -> None:
    plan = camp.planned()
    registrar = signed_in(camp.cast.member(camp.cast.dunes, Role.REGISTRAR))
    assert "Accept the whole plan" not in text(registrar, address("plan", plan.pk))
    assert registrar.post(address("accept_plan", plan.pk)).status_code == 403
    assert registrar.get(address("new_plan")).status_code == 403


def test_plans_notes_and_promises_are_dated_by_the_clock_that_the_desk_goes_by(
    camp: Camp, client: Client
) -> None:
    plan = camp.planned()
    client.post(address("note_plan", plan.pk), {"words": "Ask the mayor."})
    client.post(address("accept_plan", plan.pk), {"party": str(camp.key("F1"))})
    with camp.acts():
        recorded = [each.recorded_at for model in (Plan, PlanNote, Promise) for each in model.objects.all()]
    assert [each.date() for each in recorded] == [DAY] * 3
    assert f'<time datetime="{DAY.isoformat()}T' in text(client, address("plans"))
