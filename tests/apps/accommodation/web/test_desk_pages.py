# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the desk, in both languages: found, offered, taken or refused, and the slip that a party carries."""

import re
from typing import Any
from uuid import uuid4

import pytest
from apps.accommodation.plans.camp import NORTH, SOUTH, Camp
from apps.registry.people import registered
from cast import Cast
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from house.clients import signed_in

from havre.apps.accommodation.actions.desk import offer_regions, queue_party
from havre.apps.accommodation.actions.promising import Given, give_places
from havre.apps.accommodation.actions.slips import code_of, slip
from havre.apps.accommodation.enums import OfferState, QueueReason
from havre.apps.accommodation.models import Offer, PartyMember, QueueEntry
from havre.apps.accommodation.web.desk import pages
from havre.core.audit import LIMITS, record
from havre.core.audit.queries import lines
from havre.core.clock import today
from havre.words import Language

AT = "/accommodation/desk"


@pytest.fixture
def camp(cast: Cast) -> Camp:
    made = Camp.of(cast)
    made.place("Nord", 2)
    made.place("Sud", 4, region=SOUTH)
    made.party("A1", language="pus", wish={"region_1": NORTH, "relative_lat": 50.63, "relative_lon": 3.06})
    return made


def text(client: Client, address: str) -> str:
    response = client.get(f"{AT}{address}")
    assert response.status_code == 200
    return response.content.decode()


def answer(client: Client, camp: Camp, choice: Any, wristband: str = "A1", **more: str) -> Any:
    with camp.acts():
        offer = Offer.objects.filter(party=camp.key(wristband)).latest("recorded_at")
    said = {
        "offer_id": offer.pk,
        "key": uuid4(),
        "told_in": "pus",
        "interpreter": "Zarmina",
        "choice": choice,
    }
    return client.post(f"{AT}/{camp.key(wristband)}/answer", {**said, **more}, follow=True)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Two regions", "nowhere is better for them", "Neither of them", "It costs nothing")),
        ("fr", ("Deux régions", "nulle part n’est mieux", "Aucune des deux", "Cela ne coûte rien")),
    ],
)
def test_two_regions_stand_side_by_side_with_what_each_would_mean(
    camp: Camp, language: str, told: tuple[str, ...]
) -> None:
    client, at = signed_in(camp.member, language), f"/{camp.key('A1')}"
    client.post(f"{AT}{at}/offer", {"key": uuid4()})
    with CaptureQueriesContext(connection) as asked:
        shown = text(client, at)
    assert len(asked) <= 34
    assert all(each in shown for each in (*told, "R01 (Nord)", "R02 (Sud)", "0 km"))


def test_who_takes_a_region_is_given_it_and_a_slip(camp: Camp) -> None:
    client, at = signed_in(camp.member), f"/{camp.key('A1')}"
    client.post(f"{AT}{at}/offer", {"key": uuid4()})
    shown = answer(client, camp, camp.places["Sud"].pk).content.decode()
    assert "The place is theirs." in shown
    assert camp.promised() == {"A1": "Sud"}
    paper = client.get(f"{AT}{at}/slip")
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Disposition"].startswith("attachment; ")


def test_neither_is_as_large_a_button_and_is_recorded_without_penalty(camp: Camp) -> None:
    client, at = signed_in(camp.member), f"/{camp.key('A1')}"
    client.post(f"{AT}{at}/offer", {"key": uuid4()})
    buttons = re.findall(r'<button[^>]*name="choice"[^>]*>', text(client, at))
    assert len({re.sub(r'value="[^"]*"', "", each) for each in buttons}) == 1
    assert len(buttons) == 3
    shown = answer(client, camp, "neither", words="Their cousin is elsewhere.").content.decode()
    assert "They keep their turn" in shown
    assert "Offer what they refused as well" in shown
    with camp.acts():
        assert Offer.objects.get().state == OfferState.REFUSED
        assert QueueEntry.objects.get().reason == QueueReason.REFUSED


def test_a_language_is_typed_and_shown_by_its_name(camp: Camp) -> None:
    client, at = signed_in(camp.member), f"/{camp.key('A1')}"
    client.post(f"{AT}{at}/offer", {"key": uuid4()})
    shown = answer(client, camp, "neither", told_in="Pachto").content.decode()
    with camp.acts():
        assert Offer.objects.filter(state=OfferState.REFUSED).get().language == "pus"
    assert "· Pashto" in shown


def test_what_is_wrong_is_said_and_nothing_is_recorded(camp: Camp) -> None:
    client, at = signed_in(camp.member), f"/{camp.key('A1')}"
    client.post(f"{AT}{at}/offer", {"key": uuid4()})
    assert answer(client, camp, "neither", told_in="").status_code == 422
    assert answer(client, camp, "nowhere").status_code == 400
    assert answer(client, camp, uuid4()).status_code == 422
    with camp.acts():
        assert Offer.objects.get().state == OfferState.OPEN


def test_a_place_that_is_gone_is_said_in_a_sentence_beside_the_next_offer(camp: Camp) -> None:
    client, at = signed_in(camp.member), f"/{camp.key('A1')}"
    client.post(f"{AT}{at}/offer", {"key": uuid4()})
    with camp.acts():
        others = [camp.party(f"B{n}") for n in (1, 2)]
        give_places([Given(each, camp.places["Nord"].pk) for each in others], today())
    shown = answer(client, camp, camp.places["Nord"].pk).content.decode()
    assert "given to others meanwhile" in shown
    assert "One region alone has room" in shown


def test_a_party_is_found_by_its_wristband_that_of_one_of_it_a_reference_or_a_name(
    camp: Camp, cast: Cast
) -> None:
    client = signed_in(camp.member)
    with camp.acts():
        known = registered()
        PartyMember.objects.create(party=camp.party("P1"), organisation=cast.dunes, registration=known)
        PartyMember.objects.create(party=camp.party("P2"), organisation=cast.dunes, wristband="A1b")
    for typed in ("A1", " A1b ", known.person.reference, "Ahmad Khan"):
        response = client.post(AT, {"q": typed})
        assert response.status_code == 302, typed
    assert "Nobody of your desk" in client.post(AT, {"q": "nobody"}).content.decode()
    stranger = signed_in(cast.member(cast.maraude))
    assert "Nobody of your desk" in stranger.post(AT, {"q": "A1"}).content.decode()


def test_the_queue_shows_since_when_and_why(camp: Camp) -> None:
    client, at = signed_in(camp.member, "fr"), f"/{camp.key('A1')}"
    client.post(f"{AT}{at}/queue", {"key": uuid4(), "reason": "asked", "words": "a doctor"})
    shown = text(client, "")
    assert "demande d’entretien" in shown
    assert "a doctor" in shown
    assert "groupe en attente au guichet" in client.get("/").content.decode()
    client.post(f"{AT}{at}/waits-no-longer")
    assert "Personne n’attend au guichet" in text(client, "")


def test_of_a_long_queue_the_head_is_shown_and_all_are_counted(
    camp: Camp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SHOWN", 1)
    with camp.acts():
        for each in (camp.parties["A1"], camp.party("A2")):
            queue_party(each.pk, QueueReason.ASKED)
    shown = text(signed_in(camp.member), "")
    assert "2 parties wait" in shown
    assert "The first 1 is shown." in shown
    assert "A2" not in shown


def test_minors_change_their_mind_on_the_page(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Minors", 2, takes=("minor",))
    camp.party("M1", 2, kind="minor")
    with camp.acts():
        offer_regions(camp.key("M1"))
    client, at = signed_in(camp.member), f"/{camp.key('M1')}"
    answer(client, camp, camp.places["Minors"].pk, "M1")
    shown = text(client, at)
    assert "They have changed their mind" in shown
    fields = dict(re.findall(r'<input type="hidden" name="(told_in|choice|offer_id)" value="([^"]*)"', shown))
    assert (fields["told_in"], fields["choice"]) == ("pus", "neither")
    assert "They keep their turn" in answer(client, camp, "neither", "M1").content.decode()


def test_a_second_member_sees_the_choice_of_minors_and_says_yes(cast: Cast) -> None:
    camp = Camp.of(cast)
    camp.place("Minors", 2, takes=("minor",))
    camp.party("M1", 2, kind="minor")
    with camp.acts():
        offer = offer_regions(camp.key("M1"))
    client, at = signed_in(camp.member), f"/{camp.key('M1')}"
    assert (
        "A colleague has to say yes" in answer(client, camp, camp.places["Minors"].pk, "M1").content.decode()
    )
    assert client.post(f"{AT}{at}/confirm", {"offer_id": offer.pk}).status_code == 409
    colleague = signed_in(camp.second())
    assert "M1" in text(colleague, "")
    assert (
        "The place is theirs."
        in colleague.post(f"{AT}{at}/confirm", {"offer_id": offer.pk}, follow=True).content.decode()
    )
    assert camp.promised() == {"M1": "Minors"}


@pytest.mark.parametrize(
    "where", ["", "/offer", "/answer", "/confirm", "/queue", "/waits-no-longer", "/slip"]
)
def test_to_others_there_is_no_such_party_at_the_desk(cast: Cast, where: str) -> None:
    camp = Camp.of(cast)
    runner = cast.member(cast.organisation("Refuge"))
    camp.place("Nord", 2, runner=runner)
    camp.party("A1")
    with camp.acts():
        give_places([Given(camp.parties["A1"], camp.places["Nord"].pk)], today())
        camp.place("Sud", 2, region=SOUTH)
        offer = offer_regions(camp.key("A1"))
        queue_party(camp.key("A1"), QueueReason.ASKED)
    said = {"key": uuid4(), "offer_id": offer.pk, "told_in": "pus", "choice": "neither", "reason": "asked"}
    for member in (runner, cast.member(cast.maraude), cast.member(cast.harbour)):
        client, at = signed_in(member), f"{AT}/{camp.key('A1')}{where}"
        response = client.get(at) if where in ("", "/slip") else client.post(at, said)
        assert response.status_code == 404


def test_the_code_on_the_slip_holds_the_wristband_alone(camp: Camp) -> None:
    rows = code_of("A1")
    assert len(rows) == len(rows[0]) == 21
    assert rows[0].startswith("1111111")
    assert code_of("A2") != rows
    with camp.acts():
        give_places([Given(camp.parties["A1"], camp.places["Nord"].pk)], today())
        assert slip(camp.key("A1"), Language.FRENCH).startswith(b"%PDF")


# --- a search by name is on record -----------------------------------------------------------------------------------


def searches() -> list[dict[str, object]]:
    return [each.note for each in lines(kind="search", most=100)]


def test_a_search_by_name_is_on_record_without_the_name(camp: Camp) -> None:
    client = signed_in(camp.member)
    client.post(AT, {"q": "A1"})
    with camp.acts():
        assert searches() == []
        assert [each.row for each in lines(kind="listed")] == [camp.key("A1")]
    assert "Quznivar" not in client.post(AT, {"q": "nobody"}).content.decode()
    client.post(AT, {"q": "Quznivar Tebrolash"})
    with camp.acts(), connection.cursor() as cursor:
        assert searches() == [{"words": 2}, {"words": 1}]
        cursor.execute("SELECT count(*) FROM audit_entry e WHERE e::text ILIKE '%Quznivar%'")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(("language", "said"), [("en", "Wait a minute"), ("fr", "Attendez une minute")])
def test_who_searches_by_name_too_often_waits_and_a_wristband_is_always_found(
    camp: Camp, language: str, said: str
) -> None:
    client = signed_in(camp.member, language)
    with camp.acts():
        for _ in range(LIMITS.searching.most):
            record("search")
    refused = client.post(AT, {"q": "Ahmad Khan"})
    assert refused.status_code == 429
    assert said in refused.content.decode()
    assert client.post(AT, {"q": "A1"}).status_code == 302
    with camp.acts():
        assert len(searches()) == LIMITS.searching.most
