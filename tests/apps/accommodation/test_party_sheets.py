# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet of parties: no names, what they need and wish; what is wrong in it, what it may not break."""

from uuid import uuid4

import pytest
from apps.accommodation.camp import Camp
from django.core.files.uploadedfile import SimpleUploadedFile
from house.clients import signed_in

from havre.apps.accommodation.actions.sheets import (
    accept_sheet,
    read_sheet,
    said_remarks,
    start_sheet,
    write_sheet,
)
from havre.apps.accommodation.enums import EndWhy, PartyKind, SheetKind
from havre.apps.accommodation.models import Party, PartyWish, Sheet
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.jobs import run_jobs
from havre.scenario.leaving import PARTY_COLUMNS, csv_of
from havre.words import Language

ROW: dict[str, object] = {
    "party_id": "W00001",
    "people": 3,
    "kind": "family",
    "language": "pus",
    "nationality": "AFG",
    "region_1": "Bretagne",
    "region_2": "",
    "relative_lat": 46.21,
    "relative_lon": 5.23,
    "medical": 0,
    "step_free": 1,
    "school": 1,
}


def written(camp: Camp, *rows: dict[str, object], text: str = "") -> Sheet:
    """A sheet of the desk, accepted and written."""
    content = (text or csv_of(PARTY_COLUMNS, [{**ROW, **row} for row in rows])).encode()
    with camp.acts(camp.desk):
        sheet = start_sheet(SheetKind.PARTIES, name="parties.csv", content=content, language=Language.ENGLISH)
        previewed = read_sheet(sheet.pk, lambda _: None)
        assert previewed.state == "previewed"
        accept_sheet(sheet.pk)
        done = write_sheet(sheet.pk, lambda _: None)
    assert done.counts == previewed.counts
    return done


def remarks(sheet: Sheet) -> list[str]:
    return said_remarks(sheet, Language.ENGLISH)


def test_the_rows_of_the_scenario_become_parties_with_their_wishes(camp: Camp) -> None:
    sheet = written(
        camp, {}, {"party_id": "W2", "relative_lat": "", "relative_lon": "", "language": "pachto"}
    )
    assert (sheet.counts, remarks(sheet)) == ({"refused": 0, "new": 2}, [])
    with camp.acts(camp.desk):
        party = Party.objects.get(wristband="W00001")
        assert (party.people, party.kind, party.step_free, party.school) == (3, "family", True, True)
        assert (party.wish.region_1, party.wish.relative_lat) == ("Bretagne", 46.21)
        other = Party.objects.get(wristband="W2")
        assert (other.language, other.wish.relative_lat) == ("pus", None)
    assert written(camp, {}).counts == {"refused": 0, "unchanged": 1}
    assert written(camp, {"medical": 1, "people": 4}).counts == {"refused": 0, "changed": 1}
    with camp.acts(camp.desk):
        party.refresh_from_db()
    assert (party.people, party.medical) == (4, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"people": 0}, "column people: “0” is no number from 1 to 1000"),
        ({"people": ""}, "column people: this cell must not be empty"),
        ({"people": "=1+1"}, "is no number"),
        ({"people": "2.5"}, "is no number"),
        ({"kind": "goats"}, "none of the words that belong here"),
        ({"language": "Klingon"}, "“Klingon” is no language"),
        ({"relative_lat": ""}, "latitude or longitude is missing"),
        ({"relative_lat": 45.0, "relative_lon": -20.0}, "lies in the sea"),
        ({"relative_lat": "NaN"}, "is no number from -90 to 90"),
        ({"medical": "diabetes"}, "neither yes nor no"),
        ({"party_id": ""}, "must not be empty"),
    ],
)
def test_a_bad_line_is_left_out_with_one_clear_sentence(
    camp: Camp, wrong: dict[str, object], said: str
) -> None:
    sheet = written(camp, {"party_id": "W0"}, wrong)
    assert sheet.counts == {"refused": 1, "new": 1}
    (remark,) = remarks(sheet)
    assert remark.startswith("parties.csv, line 3, column ")
    assert said in remark


def test_a_wristband_stands_once_on_a_sheet(camp: Camp) -> None:
    sheet = written(camp, {}, {"people": 2})
    assert sheet.counts == {"refused": 1, "new": 1}
    assert "same id as line 2" in remarks(sheet)[0]


def test_a_party_that_no_place_can_hold_is_told_and_waits(camp: Camp) -> None:
    assert camp.place.units == 10
    sheet = written(camp, {"people": 11}, {"party_id": "W2", "people": 10})
    assert sheet.counts == {"refused": 0, "new": 2}
    (remark,) = remarks(sheet)
    assert "line 2, column people: no place known takes 11 people" in remark
    assert "the largest holds 10" in remark


def test_what_was_promised_to_a_party_is_not_broken(camp: Camp) -> None:
    written(camp, {})
    with camp.acts(camp.desk):
        party = Party.objects.get()
    camp.promised(party, camp.place)
    sheet = written(camp, {"people": 4})
    assert sheet.counts == {"refused": 1}
    assert "units for as many people" in remarks(sheet)[0]
    assert written(camp, {"medical": 1}).counts == {"refused": 0, "changed": 1}


def test_a_sheet_does_not_change_what_a_party_is(camp: Camp) -> None:
    written(camp, {}, {"party_id": "W2", "kind": "minor", "people": 1})
    sheet = written(camp, {"medical": 1}, {"party_id": "W2", "kind": "adult", "people": 1})
    assert sheet.counts == {"refused": 1, "changed": 1}
    (remark,) = remarks(sheet)
    assert remark.startswith("parties.csv, line 3")
    assert "say it on the page of the party, with a reason" in remark
    with camp.acts(camp.desk):
        assert Party.objects.get(wristband="W2").kind == PartyKind.MINOR


def test_a_party_that_left_is_not_brought_back(camp: Camp) -> None:
    written(camp, {})
    with camp.acts(camp.desk):
        Party.objects.update(ended_on="2016-10-20", ended_why=EndWhy.LEFT)
    sheet = written(camp, {"people": 5})
    assert "left for good" in remarks(sheet)[0]


def test_a_town_is_found_and_marks_of_direction_are_no_fault(camp: Camp) -> None:
    heads = "bracelet;personnes;type;langue;région_1;ville_proche;note"
    text = f"{heads}\n0417;٢;famille;Tigrigna;\u200fBretagne\u200f;Nantes;=HYPERLINK(1)\n"
    assert written(camp, text=text).counts == {"refused": 0, "new": 1}
    with camp.acts(camp.desk):
        wish = PartyWish.objects.select_related("party").get()
    assert (wish.party.people, wish.party.language, wish.note) == (2, "tir", "=HYPERLINK(1)")
    assert round(wish.relative_lat or 0) == 47


def test_a_registrar_hands_in_parties_but_no_centres(camp: Camp) -> None:
    registrar = camp.cast.member(camp.cast.dunes, Role.REGISTRAR)
    with camp.acts(registrar), pytest.raises(NotAllowed):
        start_sheet(SheetKind.CENTRES, name="a.csv", content=b"a", language=Language.ENGLISH)
    client = signed_in(registrar, "fr")
    assert client.get("/accommodation/centre-lists").status_code == 403
    file = SimpleUploadedFile("groupes.csv", csv_of(PARTY_COLUMNS, [ROW, {**ROW, "people": -1}]).encode())
    there = client.post("/accommodation/party-lists", {"sheet_file": file, "key": uuid4()}).headers[
        "Location"
    ]
    run_jobs()
    assert "ligne 3, colonne people" in client.get(there).content.decode()
    client.post(there)
    run_jobs()
    with camp.acts(camp.desk):
        assert Party.objects.get().kind == PartyKind.FAMILY
    for who in (camp.stranger, camp.other_shore):
        assert signed_in(who).get(there).status_code == 404
    assert signed_in(camp.desk).get(there.replace("party", "centre")).status_code == 404


@pytest.mark.parametrize(
    ("language", "tile", "by"),
    [
        ("en", "list of parties was read and waits for your yes", "Handed in by"),
        ("fr", "liste de groupes a été lue et attend votre accord", "Déposée par"),
    ],
)
def test_who_handed_a_sheet_in_is_told_that_it_was_read(
    camp: Camp, language: str, tile: str, by: str
) -> None:
    with camp.acts(camp.desk):
        content = csv_of(PARTY_COLUMNS, [ROW]).encode()
        sheet = start_sheet(SheetKind.PARTIES, name="a.csv", content=content, language=Language.ENGLISH)
    client = signed_in(camp.desk, language)
    assert tile not in client.get("/").content.decode()
    with camp.acts(camp.desk):
        read_sheet(sheet.pk, lambda _: None)
    assert tile in client.get("/").content.decode()
    page = client.get(f"/accommodation/party-lists/{sheet.pk}").content.decode()
    assert f"{by} <bdi>{camp.desk.account.full_name}</bdi>" in page
    colleague = signed_in(camp.cast.member(camp.cast.dunes, nth=2), language)
    assert tile not in colleague.get("/").content.decode()
    with camp.acts(camp.desk):
        accept_sheet(sheet.pk)
    assert tile not in client.get("/").content.decode()
