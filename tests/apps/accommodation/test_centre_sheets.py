# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet of centres: read for a look, accepted, written; what is wrong in it, what it may not break."""

from io import BytesIO
from uuid import uuid4

import pytest
from apps.accommodation.camp import Camp
from django.core.files.uploadedfile import SimpleUploadedFile
from house.clients import signed_in
from python_calamine import CalamineWorkbook

from havre.apps.accommodation.actions.sheets import (
    accept_sheet,
    read_sheet,
    said_remarks,
    start_sheet,
    write_sheet,
)
from havre.apps.accommodation.enums import PartyKind, SheetKind
from havre.apps.accommodation.models import Centre, Place, Sheet
from havre.core.jobs import run_jobs
from havre.scenario.leaving import PLACE_COLUMNS, csv_of
from havre.words import Language

ROW = {
    "place_id": "L1",
    "centre_id": "K1",
    "name": "Le Moulin, Cahors",
    "town": "Cahors",
    "lat": 44.45,
    "lon": 1.44,
    "region": "Occitanie",
    "takes": "adult",
    "unit": "bed",
    "unit_size": 1,
    "units": 25,
    "languages": "fas orm",
    "step_free": 1,
    "hospital_km": 21.1,
    "school": 1,
    "base_points": 154,
}


def sheet_of(camp: Camp, *rows: dict[str, object], text: str = "") -> Sheet:
    """A sheet of the desk, read for its preview."""
    content = (text or csv_of(PLACE_COLUMNS, [{**ROW, **row} for row in rows])).encode()
    with camp.acts(camp.desk):
        sheet = start_sheet(SheetKind.CENTRES, name="places.csv", content=content, language=Language.ENGLISH)
        return read_sheet(sheet.pk, lambda _: None)


def written(camp: Camp, *rows: dict[str, object], text: str = "") -> Sheet:
    """A sheet of the desk, accepted and written."""
    sheet = sheet_of(camp, *rows, text=text)
    with camp.acts(camp.desk):
        accept_sheet(sheet.pk)
        return write_sheet(sheet.pk, lambda _: None)


def remarks(sheet: Sheet) -> list[str]:
    return said_remarks(sheet, Language.ENGLISH)


def rows_of(content: bytes) -> list[list[object]]:
    """The first sheet of a workbook."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_rows_of_the_scenario_become_centres_and_places(camp: Camp) -> None:
    sheet = written(
        camp, {}, {"place_id": "L2", "takes": "family", "units": 7}, {"centre_id": "K2", "takes": "minor"}
    )
    assert remarks(sheet) == []
    assert sheet.counts == {"refused": 0, "new": 3}
    with camp.acts(camp.desk):
        one, two = Centre.objects.order_by("code")
        assert (one.name, one.languages, one.kind, one.school) == (
            "Le Moulin, Cahors",
            ["fas", "orm"],
            "orientation",
            True,
        )
        assert two.kind == "minors"
        place = Place.objects.get(centre=one, code="L1")
        assert (place.units, place.takes, place.step_free, place.base_points) == (25, ["adult"], True, 154)


def test_a_preview_writes_nothing_and_the_same_sheet_twice_changes_nothing(camp: Camp) -> None:
    sheet = sheet_of(camp, {})
    assert (sheet.state, sheet.counts) == ("previewed", {"refused": 0, "new": 1})
    with camp.acts(camp.desk):
        assert not Centre.objects.exists()
    written(camp, {})
    assert written(camp, {}).counts == {"refused": 0, "unchanged": 1}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"units": -3}, "line 2, column units: “-3” is no number from 0 to 100000"),
        ({"units": "1e999"}, "“1e999” is no number"),
        ({"lat": "NaN"}, "column lat: “NaN” is no number from -90 to 90"),
        (
            {"takes": "robots"},
            "column takes: “robots” is none of the words that belong here; write one of adults",
        ),
        ({"takes": "minor, adult"}, "takes nobody else"),
        ({"lat": 45.0, "lon": -20.0}, "this point lies in the sea"),
        ({"unit_size": 4}, "a bed is for one"),
        ({"school": "perhaps"}, "neither yes nor no"),
        ({"languages": "klingonese"}, "no language that can be read"),
        ({"region": ""}, "column region: this cell must not be empty"),
        ({"units": ""}, "column units: this cell must not be empty"),
        ({"place_id": "L" * 41}, "at most 40 characters"),
    ],
)
def test_a_bad_line_is_left_out_with_one_clear_sentence(
    camp: Camp, wrong: dict[str, object], said: str
) -> None:
    sheet = (
        written(camp, {"place_id": "L0", "centre_id": "K0"}, wrong)
        if "line" not in said
        else written(camp, wrong)
    )
    assert sheet.counts["refused"] == 1
    assert len(remarks(sheet)) == 1
    assert said in remarks(sheet)[0]
    with camp.acts(camp.desk):
        assert not Centre.objects.filter(code="K1").exists()


def test_rows_of_one_centre_say_the_same_of_it(camp: Camp) -> None:
    sheet = sheet_of(camp, {}, {"place_id": "L2", "town": "Lille"}, {})
    assert sheet.counts == {"refused": 2, "new": 1}
    assert "line 3, column town: line 2 says otherwise of the same centre" in remarks(sheet)[0]
    assert "line 4, column place_id: line 2 names the same place" in remarks(sheet)[1]


def test_what_is_promised_is_not_broken_by_a_second_sheet(camp: Camp) -> None:
    written(camp, {})
    with camp.acts(camp.desk):
        place = Place.objects.get()
    camp.promised(camp.party("0417", PartyKind.ADULT, 3), place)
    sheet = written(camp, {"units": 2})
    assert sheet.counts == {"refused": 1}
    assert remarks(sheet)[0].startswith("places.csv, line 2: ")
    assert written(camp, {"takes": "family"}).counts == {"refused": 1}
    assert written(camp, {"units": 3, "town": "Caors"}).counts == {"refused": 0, "changed": 1}
    with camp.acts(camp.desk):
        place.refresh_from_db()
        assert (place.units, place.centre.town) == (3, "Caors")


def test_a_column_that_a_sheet_lacks_leaves_what_is_known(camp: Camp) -> None:
    written(camp, {"unit": "room", "unit_size": 4, "name": ""})
    text = "place_id,centre_id,lat,lon,region,takes,units,name\nL1,K1,44.45,1.44,Occitanie,adult,26,\n"
    assert written(camp, text=text).counts == {"refused": 0, "changed": 1}
    assert written(camp, text=text).counts == {"refused": 0, "unchanged": 1}
    with camp.acts(camp.desk):
        place = Place.objects.select_related("centre").get()
    assert (place.unit, place.unit_size, place.units, place.base_points) == ("room", 4, 26, 154)
    assert (place.centre.name, place.centre.town) == ("K1", "Cahors")


def test_headers_and_words_may_be_french(camp: Camp) -> None:
    heads = "id_place;id_centre;nom;lat;lon;région;accueille;unité;capacité;langues"
    text = f"{heads}\nA;C;Les Pins;48,1;-1,68;Bretagne;femmes, famille;lits;4;pachto, dari\n"
    assert written(camp, text=text).counts == {"refused": 0, "new": 1}
    with camp.acts(camp.desk):
        place = Place.objects.select_related("centre").get()
    assert (place.takes, place.unit, place.units) == (["family", "woman"], "bed", 4)
    assert (place.centre.lat, place.centre.languages) == (48.1, ["prs", "pus"])


def test_a_sheet_goes_its_way_on_pages(camp: Camp) -> None:
    client = signed_in(camp.desk)
    at = "/accommodation/centre-lists"
    file = SimpleUploadedFile(
        "places.csv", csv_of(PLACE_COLUMNS, [ROW, {**ROW, "place_id": "L2", "units": -1}]).encode()
    )
    there = client.post(at, {"sheet_file": file, "key": uuid4()}).headers["Location"]
    run_jobs()
    shown = client.get(there).content.decode()
    assert "Nothing is written yet" in shown
    assert "line 3, column units" in shown
    assert client.post(there).status_code == 302
    run_jobs()
    assert "The sheet is written" in client.get(there).content.decode()
    assert "Le Moulin" in client.get("/accommodation/centres").content.decode()
    assert "places.csv" in client.get(at).content.decode()
    for who in (camp.stranger, camp.other_shore, camp.runner):
        assert signed_in(who).get(there).status_code == 404


def test_lines_left_out_are_corrected_and_handed_in_again(camp: Camp) -> None:
    written(camp, {})
    with camp.acts(camp.desk):
        place = Place.objects.get()
    camp.promised(camp.party("0417", PartyKind.ADULT, 3), place)
    sheet = written(camp, {"units": 1}, {"place_id": "L2", "units": "many"}, {"place_id": "L3"})
    assert sheet.counts == {"refused": 2, "new": 1}
    client = signed_in(camp.desk)
    response = client.get(f"/accommodation/centre-lists/{sheet.pk}/refused")
    reasons, lines = zip(*(row[:2] for row in rows_of(response.content)[1:]), strict=True)
    assert [str(line) for line in lines] == ["2", "3"]
    assert "Somebody has one of the units" in reasons[0]
    assert "units: “many” is no number" in reasons[1]
    with camp.acts(camp.desk):
        again = start_sheet(
            SheetKind.CENTRES, name="again.xlsx", content=response.content, language=Language.FRENCH
        )
        assert read_sheet(again.pk, lambda _: None).counts == {"refused": 2}
    assert signed_in(camp.stranger).get(f"/accommodation/centre-lists/{sheet.pk}/refused").status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", list(SheetKind))
def test_an_empty_sheet_reads_as_one_without_remarks(camp: Camp, kind: SheetKind, language: str) -> None:
    address = "/accommodation/centre-lists" if kind is SheetKind.CENTRES else "/accommodation/party-lists"
    content = signed_in(camp.desk, language).get(f"{address}/template.xlsx").content
    with camp.acts(camp.desk):
        sheet = start_sheet(kind, name="a.xlsx", content=content, language=Language(language))
        read = read_sheet(sheet.pk, lambda _: None)
    assert (read.state, read.counts, read.remarks) == ("previewed", {"refused": 0}, [])


def test_somebody_who_needs_no_steps_keeps_them_away(camp: Camp) -> None:
    written(camp, {})
    with camp.acts(camp.desk):
        place = Place.objects.get()
    party = camp.party()
    with camp.acts(camp.desk):
        type(party).objects.update(step_free=True)
    camp.promised(party, place)
    assert "without steps" in remarks(written(camp, {"step_free": 0}))[0]
    assert "beds do not become rooms" in remarks(written(camp, {"unit": "room", "unit_size": 3}))[0]


def test_what_cannot_be_read_at_all_is_said_in_one_sentence(camp: Camp) -> None:
    sheet = sheet_of(camp, text="a;b;c\n1;2;3\n")
    assert sheet.state == "failed"
    assert remarks(sheet) == ["places.csv has no column place_id: the first row must name the columns."]


def test_a_centre_does_not_open_after_somebody_is_expected(camp: Camp) -> None:
    heads = "place_id,centre_id,lat,lon,region,takes,units,opens_on\n"
    row = "L1,K1,44.45,1.44,Occitanie,adult,5,"
    written(camp, text=f"{heads}{row}2016-10-01\n")
    with camp.acts(camp.desk):
        place = Place.objects.get()
    promise = camp.promised(camp.party(), place)
    with camp.acts(camp.desk):
        type(promise).objects.update(on_day="2016-10-26")
    assert "is expected there before that day" in remarks(written(camp, text=f"{heads}{row}2016-10-27\n"))[0]
    assert written(camp, text=f"{heads}{row}26/10/2016\n").counts == {"refused": 0, "changed": 1}


def test_the_same_key_hands_in_one_sheet(camp: Camp) -> None:
    said = {"name": "a.csv", "content": b"a,b\n", "language": Language.ENGLISH, "idempotency_key": uuid4()}
    with camp.acts(camp.desk):
        assert start_sheet(SheetKind.CENTRES, **said).pk == start_sheet(SheetKind.CENTRES, **said).pk
