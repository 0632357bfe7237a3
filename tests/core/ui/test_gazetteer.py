# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Towns are found however they are written, and never guessed."""

import json
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.ui.assets import content, packages
from havre.core.ui.gazetteer import town_of
from havre.words import Language

SAID = tomllib.loads((files("havre.core.ui") / "gazetteer.toml").read_text("utf-8"))


def name_of(written: str, country: str = "") -> str | None:
    town = town_of(written, country)
    return town.name if town else None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Calais", "Calais"),
        ("CALAIS", "Calais"),
        (" calais ", "Calais"),
        ("Calais, France", "Calais"),
        ("62100 Calais", "Calais"),
        ("Calais (camp)", "Calais"),
        ("Calais Jungle", "Calais"),
        ("كاليه", "Calais"),
        ("Paris 19e", "Paris"),
        ("Saint Etienne", "Saint-Étienne"),
        ("St-Étienne", "Saint-Étienne"),
        ("Dunkirk", "Dunkerque"),
        ("Londres", "London"),
        ("London E17", "London"),
        ("لندن", "London"),
        ("بیرمنگام", "Birmingham"),
        ("بيرمنغهام", "Birmingham"),
        ("Edimbourg", "Edinburgh"),
        ("Hull", "Kingston upon Hull"),
        ("Newcastle", "Newcastle upon Tyne"),
    ],
)
def test_case_accents_postcodes_and_scripts_do_not_matter(written: str, name: str) -> None:
    assert name_of(written) == name


@pytest.mark.parametrize("written", ["", "  ", "–", "75019", "Glascow", "near the mosque", "Kabul", "مسجد"])
def test_what_is_not_known_is_nowhere(written: str) -> None:
    assert town_of(written) is None


def test_a_town_of_another_country_is_not_looked_for_here() -> None:
    assert name_of("Birmingham", "GB") == "Birmingham"
    assert name_of("Birmingham", "FR") is None
    assert name_of("Birmingham", "US") is None


def test_of_towns_of_one_name_only_one_that_is_clearly_larger_is_meant() -> None:
    assert name_of("Richmond", "GB") is None
    assert name_of("Saint-Sauveur", "FR") is None
    newport = town_of("Newport", "GB")
    assert newport
    assert (round(newport.latitude), round(newport.longitude)) == (52, -3), "that of Wales"


def test_a_town_is_called_as_the_reader_calls_it() -> None:
    london, dunkirk = town_of("London"), town_of("Dunkerque")
    assert london
    assert dunkirk
    assert [london.called(each) for each in Language] == ["London", "Londres"]
    assert [dunkirk.called(each) for each in Language] == ["Dunkirk", "Dunkerque"]


@pytest.mark.parametrize("country", ["FR", "GB"])
def test_every_other_name_leads_to_the_town_that_it_is_said_of(country: str) -> None:
    for name, more in SAID[country].items():
        others = [text for key, text in more.items() if key != "also"] + more.get("also", [])
        assert {name_of(each, country) for each in (name, *others)} == {name}


def test_every_town_lies_on_its_shore_or_beyond_the_sea_as_geonames_has_it() -> None:
    towns = json.loads(content("gazetteer.json"))
    assert len(towns["FR"]) > 8000
    assert len(towns["GB"]) > 4000
    for entries in towns.values():
        assert all(41 < latitude < 61 and -9 < longitude < 10 for _, latitude, longitude, _ in entries)


@given(st.text(max_size=40), st.sampled_from(["", "FR", "GB", "XX"]))
def test_whatever_is_written_it_is_a_town_or_none(written: str, country: str) -> None:
    town = town_of(written, country)
    assert town is None or town.country == (country or town.country)


def test_where_it_comes_from_is_told() -> None:
    taken = {each.name: each.licence for each in packages()}
    assert taken["GeoNames"] == "CC-BY-4.0"
    assert taken["Natural Earth"] == "public domain"
    assert taken["maplibre-gl"] == "BSD-3-Clause"
