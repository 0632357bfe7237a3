# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Centres and parties out of the house: what is in a file, who may have it, that it comes back."""

import json
from io import BytesIO
from typing import Any

import pytest
from apps.accommodation.camp import Camp, new_centre, new_place
from django.test import Client
from house.clients import signed_in
from python_calamine import CalamineWorkbook

from havre.apps.accommodation.actions.sheets import read_sheet, start_sheet
from havre.apps.accommodation.enums import PartyKind, SheetKind
from havre.apps.accommodation.models import PartyWish
from havre.core.accounts.enums import Role
from havre.core.audit.models import Entry
from havre.words import Language

AT = "/accommodation"
FILES = ("centres.xlsx", "centres.pdf", "centres.geojson", "parties.xlsx")


def saved(client: Client, name: str) -> bytes:
    response = client.get(f"{AT}/{name}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return response.content


def rows_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.fixture
def filled(camp: Camp) -> Camp:
    """A centre with a hostile name, a promise in it, and a party that waits."""
    with camp.acts(camp.desk):
        centre = new_centre(
            camp.desk, "=K1", name="=1+1", languages=["pus"], rules="No dogs.\n\nNo cats.", contact="+33 3"
        )
        place = new_place(centre, "@P1", PartyKind.ADULT, PartyKind.FAMILY, step_free=True)
    camp.promised(camp.party("0417", PartyKind.FAMILY, 3), place)
    waiting = camp.party("-0418")
    with camp.acts(camp.desk):
        PartyWish.objects.create(party=waiting, region_1="Bretagne", note="\u200fbeside the sea\nor a lake")
    return camp


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", list(SheetKind))
def test_what_went_out_comes_back_and_changes_nothing(filled: Camp, kind: SheetKind, language: str) -> None:
    content = saved(signed_in(filled.desk, language), f"{kind}.xlsx")
    with filled.acts(filled.desk):
        sheet = start_sheet(kind, name="out.xlsx", content=content, language=Language(language))
        read = read_sheet(sheet.pk, lambda _: None)
    assert read.remarks == []
    assert read.counts == {"refused": 0, "unchanged": 1 if kind is SheetKind.CENTRES else 2}


def test_below_the_titles_of_centres_stand_hxl_tags(filled: Camp) -> None:
    titles, tags, row = rows_of(saved(signed_in(filled.desk), "centres.xlsx"))
    assert len(titles) == len(tags) == len(row)
    assert all(tag.startswith("#") for tag in tags)
    said = dict(zip(titles, row, strict=True))
    assert (said["centre_id"], said["name"], said["takes"]) == ("=K1", "=1+1", "adults, family")
    assert [said[name] for name in ("units", "free", "promised", "lived_in", "blocked")] == [10, 7, 3, 0, 0]
    assert tags[titles.index("lat")] == "#geo+lat"


def test_the_map_says_nothing_of_a_party(filled: Camp) -> None:
    content = saved(signed_in(filled.desk), "centres.geojson")
    said = json.loads(content)
    (feature,) = said["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [1.86, 50.95]}
    assert feature["properties"]["units"] == 10
    assert not {"free", "promised", "lived_in"} & set(feature["properties"])
    assert b"0417" not in content


def test_parties_go_out_with_where_they_are(filled: Camp) -> None:
    titles, *rows = rows_of(saved(signed_in(filled.desk, "fr"), "parties.xlsx"))
    said = {row[0]: dict(zip(titles, row, strict=True)) for row in rows}
    assert (said["0417"]["état"], said["0417"]["centre"], said["0417"]["type"]) == (
        "place promise",
        "=1+1",
        "famille",
    )
    assert (said["-0418"]["état"], said["-0418"]["région_1"]) == ("attend", "Bretagne")


def test_the_document_is_one_that_a_screen_reader_reads(filled: Camp) -> None:
    content = saved(signed_in(filled.desk, "fr"), "centres.pdf")
    assert content.startswith(b"%PDF")
    assert b"pdfuaid" in content


@pytest.mark.parametrize("name", FILES)
def test_each_export_is_on_record(filled: Camp, name: str) -> None:
    saved(signed_in(filled.desk), name)
    with filled.acts(filled.desk):
        entry = Entry.objects.filter(kind="export").latest("id")
    assert entry.table_name == ("accommodation_party" if "parties" in name else "accommodation_centre")


@pytest.mark.parametrize("name", FILES)
def test_others_may_not_or_find_nothing(filled: Camp, name: str) -> None:
    registrar = filled.cast.member(filled.cast.dunes, Role.REGISTRAR)
    assert signed_in(registrar).get(f"{AT}/{name}").status_code == 403
    for who in (filled.stranger, filled.other_shore):
        content = saved(signed_in(who), name)
        if name.endswith("xlsx"):
            assert not [row for row in rows_of(content)[1:] if not str(row[0]).startswith("#")]
        elif name.endswith("geojson"):
            assert json.loads(content)["features"] == []


def test_who_runs_the_centre_has_its_centres_and_nobody_s_parties(camp: Camp) -> None:
    camp.promised(camp.party("0417"), camp.place)
    client = signed_in(camp.runner)
    assert len(rows_of(saved(client, "centres.xlsx"))) == 3
    assert len(rows_of(saved(client, "parties.xlsx"))) == 1
