# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of centres and parties, as the desk, who runs the centre, a stranger and the other shore see them."""

import re
from uuid import uuid4

import pytest
from apps.accommodation.camp import Camp, new_centre, new_party, new_place
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from house.clients import signed_in

from havre.apps.accommodation.actions import check_in
from havre.apps.accommodation.enums import PartyKind
from havre.apps.accommodation.models import Block, Centre, Party, PartyWish, Pledge, Promise, Stay
from havre.apps.accommodation.web.centre_list import A_PAGE
from havre.core.accounts.enums import Role
from havre.core.clock import today

AT = "/accommodation"
TYPED = {
    "code": "C9",
    "name": "Les Tilleuls",
    "kind": "orientation",
    "region": "FR-BRE",
    "lat": "48.1",
    "lon": "-1.68",
    "languages": "pus, fas",
    "school": "true",
}


def text(client: Client, address: str) -> str:
    response = client.get(f"{AT}{address}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_centre_is_opened_on_a_page_and_given_a_place(camp: Camp) -> None:
    client = signed_in(camp.desk)
    response = client.post(f"{AT}/centres/new", {**TYPED, "key": uuid4()})
    with camp.acts(camp.desk):
        centre = Centre.objects.get()
    assert response.headers["Location"] == f"{AT}/centres/{centre.pk}"
    assert (centre.languages, centre.school, centre.step_free) == (["pus", "fas"], True, None)
    place = {"code": "P1", "unit": "bed", "unit_size": 1, "units": 4, "takes": ["adult"], "base_points": 0}
    client.post(f"{AT}/centres/{centre.pk}/places", {**place, "key": uuid4()})
    assert "P1" in text(client, f"/centres/{centre.pk}")


def test_what_is_wrong_is_said_at_its_field(camp: Camp) -> None:
    centre = camp.centre
    said = {"code": "P1", "unit": "bed", "unit_size": 1, "units": 4, "base_points": 0, "key": uuid4()}
    mixed = {**said, "takes": ["adult", "minor"]}
    response = signed_in(camp.desk, "fr").post(f"{AT}/centres/{centre.pk}/places", mixed)
    assert response.status_code == 422
    assert "n’accueille personne d’autre" in response.content.decode()


def test_units_are_blocked_and_freed_on_the_centre_s_page(camp: Camp) -> None:
    place, client = camp.place, signed_in(camp.runner)
    at = f"{AT}/centres/{camp.centre.pk}"
    said = {"place": place.pk, "units": 3, "reason": "works", "key": uuid4()}
    assert client.post(f"{at}/block", said).status_code == 302
    with camp.acts(camp.runner):
        block = Block.objects.get()
    assert "3 units blocked" in client.get(at).content.decode()
    assert client.post(f"{at}/block", {**said, "units": 8, "key": uuid4()}).status_code == 409
    client.post(f"{at}/lift", {"block": block.pk, "key": uuid4()})
    assert "3 units blocked" not in client.get(at).content.decode()


def test_the_door_takes_in_who_was_expected_by_the_wristband(camp: Camp) -> None:
    party = camp.party("0417", PartyKind.FAMILY, 3)
    camp.promised(party, camp.place)
    client, door = signed_in(camp.runner), f"{AT}/centres/{camp.centre.pk}/door"
    assert "0417" in client.get(door).content.decode()
    enter = door.replace("door", "enter")
    assert client.post(enter, {"wristband": "9999", "key": uuid4()}).status_code == 404
    assert client.post(enter, {"wristband": "0417", "key": uuid4()}).status_code == 302
    with camp.acts(camp.runner):
        stay = Stay.objects.get()
    client.post(f"{AT}/stays/{stay.pk}/away")
    client.post(f"{AT}/stays/{stay.pk}/back")
    client.post(f"{AT}/stays/{stay.pk}/leave", {"why": "gone", "key": uuid4()})
    with camp.acts(camp.desk):
        stay.refresh_from_db()
    assert (stay.ends, stay.ended_why) == (today(), "gone")


def test_a_party_is_made_and_its_wishes_are_the_desk_s(camp: Camp) -> None:
    client = signed_in(camp.cast.member(camp.cast.dunes, Role.REGISTRAR))
    said = {"wristband": "0417", "party_kind": "adult", "people": 1, "relative_town": "Nantes"}
    client.post(f"{AT}/parties/new", {**said, "key": uuid4()})
    with camp.acts(camp.desk):
        party, wish = Party.objects.get(), PartyWish.objects.get()
    assert round(wish.relative_lat or 0) == 47
    assert "Nantes" in text(client, f"/parties/{party.pk}")
    camp.promised(party, camp.place)
    seen = text(signed_in(camp.runner), f"/parties/{party.pk}")
    assert "0417" in seen
    assert "Nantes" not in seen


@pytest.mark.parametrize("who", ["stranger", "other_shore"])
def test_to_others_there_is_no_such_page(camp: Camp, who: str) -> None:
    party = camp.party()
    camp.promised(party, camp.place)
    client = signed_in(getattr(camp, who))
    for address in (f"/centres/{camp.centre.pk}", f"/centres/{camp.centre.pk}/door", f"/parties/{party.pk}"):
        assert client.get(f"{AT}{address}").status_code == 404
    assert "Centre C1" not in text(client, "/centres")


def test_a_list_of_centres_asks_as_much_of_few_as_of_many(camp: Camp) -> None:
    client = signed_in(camp.desk)
    camp.promised(camp.party(), camp.place)
    text(client, "/centres")
    with CaptureQueriesContext(connection) as few:
        text(client, "/centres")
    with camp.acts(camp.desk):
        for nth in range(10):
            new_place(new_centre(camp.desk, f"D{nth}"), "P1", PartyKind.ADULT)
            new_party(camp.desk, f"1{nth}", PartyKind.ADULT)
    with CaptureQueriesContext(connection) as many:
        text(client, "/centres")
    assert len(many) == len(few)


def test_a_long_list_of_centres_is_a_page_at_a_time_and_found_by_name_town_and_region(camp: Camp) -> None:
    client = signed_in(camp.desk)
    assert 'name="region"' not in text(client, "/centres")
    with camp.acts(camp.desk):
        for nth in range(A_PAGE):
            new_centre(camp.desk, f"D{nth}", region="FR-BRE")
        new_centre(camp.desk, "E1", name="Les Chênes", town="Évreux", region="FR-NOR")
    there = [shown(text(client, f"/centres?page={page}")) for page in (1, 2, 99)]
    assert [len(names) for names in there] == [A_PAGE, 1, 1]
    assert len(there[0] | there[1]) == A_PAGE + 1
    assert "21 centres" in text(client, "/centres?page=2")
    for asked in ("name=les+chenes", "name=EVREUX", "name=e1&region=FR-NOR", "region=FR-NOR"):
        assert shown(text(client, f"/centres?{asked}")) == {"Les Chênes"}
    assert "/centres?name=c&amp;page=2" in text(client, "/centres?name=c")  # of every "Centre" and "Chênes"
    assert "No centre is called so there" in text(client, "/centres?name=e1&region=FR-BRE")


def shown(page: str) -> set[str]:
    """The centres of a list."""
    return set(
        re.findall(
            r'<th role="rowheader" scope="row"><a href="/accommodation/centres/[^"]*"><bdi>([^<]*)</bdi>',
            page,
        )
    )


def test_a_pledge_and_what_there_is_of_it_are_two_figures(camp: Camp) -> None:
    client, place = signed_in(camp.desk), camp.place
    said = {"units": 7000, "said_by": "Ministry", "said_on": today().isoformat(), "source": "Press release"}
    key = uuid4()
    for _ in range(2):
        assert client.post(f"{AT}/pledges/new", {**said, "key": key}).status_code == 302
    with camp.acts(camp.desk):
        pledge = Pledge.objects.get()
    confirm = f"{AT}/pledges/{pledge.pk}/confirm"
    typed = {"place": place.pk, "units": 6, "source": "A call", "key": uuid4()}
    assert client.post(confirm, {**typed, "units": 11}).status_code == 422
    assert client.post(confirm, typed).status_code == 302
    shown = text(client, "/centres")
    assert "7,000" in shown
    assert re.search(r'data-label="Confirmed"[^>]*>6 ', shown)
    assert signed_in(camp.runner).get(confirm).status_code == 404


def test_a_centre_says_how_many_a_day_takes_in(camp: Camp) -> None:
    client, at = signed_in(camp.desk, "fr"), f"{AT}/centres/{camp.centre.pk}"
    client.post(f"{at}/intake", {"on_day": today().isoformat(), "most": 12, "key": uuid4()})
    assert "12 personnes" in client.get(at).content.decode()
    client.post(f"{at}/intake", {"on_day": today().isoformat(), "most": "", "key": uuid4()})
    assert "12 personnes" not in client.get(at).content.decode()


def test_a_party_moves_to_a_place_that_takes_it_in_and_has_room(camp: Camp) -> None:
    party = camp.party("0417", PartyKind.FAMILY, 3)
    camp.promised(party, camp.place)
    with camp.acts(camp.desk):
        stay = check_in(party.pk)
        small = new_place(camp.centre, "P7", PartyKind.FAMILY, units=2)
        other = new_place(camp.centre, "P8", PartyKind.FAMILY, unit="room", unit_size=4, units=1)
    client, move = signed_in(camp.runner), f"{AT}/stays/{stay.pk}/move"
    offered = client.get(move).content.decode()
    assert str(other.pk) in offered
    assert str(small.pk) not in offered
    assert str(camp.place_of_minors.pk) not in offered
    assert client.post(move, {"place": small.pk, "key": uuid4()}).status_code == 422
    client.post(move, {"place": other.pk, "key": uuid4()})
    with camp.acts(camp.desk):
        assert Stay.objects.get(ends=None).place_id == other.pk
    assert client.get(move).status_code == 404


def test_what_is_known_of_a_party_is_said_anew(camp: Camp) -> None:
    party = camp.party("0417", PartyKind.ADULT, 2)
    client, change = signed_in(camp.desk), f"{AT}/parties/{party.pk}/change"
    assert 'value="0417"' in client.get(change).content.decode()
    said = {"wristband": "0418", "party_kind": "family", "people": 3, "region_1": "FR-BRE", "key": uuid4()}
    assert "Say why" in client.post(change, said).content.decode()
    said["kind_why"] = "Her sister has come."
    assert client.post(change, said).status_code == 302
    with camp.acts(camp.desk):
        party.refresh_from_db()
        assert (party.wristband, party.kind, party.people, party.wish.region_1) == (
            "0418",
            "family",
            3,
            "FR-BRE",
        )
    camp.promised(party, camp.place)
    for wrong in ({"people": 4}, {"party_kind": "adult"}):
        assert client.post(change, {**said, **wrong}).status_code == 422
    assert signed_in(camp.runner).get(change).status_code == 404


@pytest.mark.parametrize(
    ("language", "told"), [("en", "The promise has ended."), ("fr", "La promesse a pris fin.")]
)
def test_a_promise_ends_on_the_page_of_the_party(camp: Camp, language: str, told: str) -> None:
    party = camp.party("0417")
    camp.promised(party, camp.place)
    client, at = signed_in(camp.desk, language), f"{AT}/parties/{party.pk}"
    response = client.post(f"{at}/promise", {"why": "refused", "key": uuid4()}, follow=True)
    assert told in response.content.decode()
    with camp.acts(camp.desk):
        assert Promise.objects.get().ended_why == "refused"
    assert signed_in(camp.runner).post(f"{at}/promise", {"why": "refused", "key": uuid4()}).status_code == 404
