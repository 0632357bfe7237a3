# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list that is written and read again is the same list, whatever was done to the order of its columns."""

import csv
import random
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.core.exchange import UnwritableFile, read_list, write_list, write_template
from havre.core.exchange.reading.ages import born_of_age
from havre.core.exchange.reading.dates import parse_birth
from havre.core.exchange.reading.texts import guarded, unguarded
from havre.core.exchange.vocabulary import countries, find_unsaid, shape
from havre.engines.linkage.records import Description, FamilyLink, Person, Sex, ShoreList, Unsaid
from havre.engines.linkage.relations import relations
from havre.words import Language

EN = Language.ENGLISH
TODAY = date(2026, 1, 1)
DAYS = st.dates(date(1930, 1, 1), date(2015, 12, 31))
TEXTS = (
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), max_size=20)
    .map(lambda text: " ".join(text.split(" ")).strip())
    .filter(lambda text: find_unsaid(text) is None and text == text.strip().strip("\ufeff"))
)
IDS = st.text("abcdefghkmn23456789=+-@'", min_size=1, max_size=6).filter(
    lambda text: find_unsaid(text) is None
)
BIRTHS = st.one_of(
    st.none(),
    DAYS.map(lambda day: parse_birth(day.isoformat())),
    DAYS.map(lambda day: parse_birth(f"{day.year}-{day.month:02}")),
    DAYS.map(lambda day: parse_birth(f"{day.year}")),
    DAYS.map(lambda day: parse_birth(f"~{day.year}")),
    DAYS.map(lambda day: parse_birth(f"{day.year}-01-01")),
    st.integers(1340, 1390).map(lambda year: parse_birth(f"{year} SH")),
    st.builds(
        lambda age, on: born_of_age((age, age), on),
        st.integers(0, 70),
        st.dates(date(2016, 1, 1), date(2016, 12, 31)),
    ),
)
CODES = [country for country in countries() if country.alpha_2]


@st.composite
def descriptions(draw) -> Description:
    fields = {name: draw(TEXTS) for name in ("names", "other_names", "birthplace", "phone", "town")}
    empty = [name for name, text in fields.items() if not text]
    return Description(
        **fields,
        sex=draw(st.sampled_from([None, *Sex])),
        birth=draw(BIRTHS),
        nationality=draw(st.sampled_from(["", "XXA", *(c.alpha_3 for c in CODES)])),
        country=draw(st.sampled_from(["", *(c.alpha_2 for c in CODES)])),
        unsaid={name: draw(st.sampled_from(Unsaid)) for name in empty if draw(st.booleans())},
    )


@st.composite
def shore_lists(draw) -> ShoreList:
    people = tuple(
        Person(
            person_id=own,
            described=draw(descriptions()),
            recorded_on=draw(st.none() | st.dates(date(2016, 1, 1), date(2016, 12, 31))),
            organisation=draw(TEXTS),
        )
        for own in draw(st.lists(IDS, unique=True, max_size=4))
    )
    links = tuple(
        FamilyLink(
            link_id=own,
            person_id=draw(st.sampled_from(people)).person_id,
            relation=draw(st.sampled_from(["", *relations()])),
            described=draw(descriptions()),
            note=draw(TEXTS),
        )
        for own in draw(st.lists(IDS, unique=True, max_size=4 if people else 0))
    )
    return ShoreList(people, links)


def shuffle_columns(path: Path, rng: random.Random) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    table = next(shape(name) for name in ("people", "links") if shape(name).is_named(path.stem))
    known = {column.key: (column.key, column.en, column.fr, *column.aliases) for column in table.columns}
    rows[0] = [rng.choice(known[table.key_of(title)]).upper() for title in rows[0]]
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    separator, encoding = rng.choice(",;\t"), rng.choice(["utf-8", "utf-8-sig", "utf-16"])
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows([row[n] for n in order] for row in rows)


@settings(max_examples=80)
@given(shore_lists(), st.sampled_from([None, *Language]), st.randoms(use_true_random=False))
def test_a_list_comes_back_as_it_was_in_any_order_language_and_encoding(shore_list, language, rng):
    with TemporaryDirectory() as name:
        folder = Path(name) / "list"
        write_list(shore_list, folder, language=language)
        for path in folder.iterdir():
            shuffle_columns(path, rng)
        reading = read_list(folder, language=EN, today=TODAY)
    assert reading.remarks == ()
    assert reading.shore_list == shore_list


def test_the_same_list_gives_the_same_bytes_in_the_documented_shape(tmp_path):
    person = Person(
        person_id="a",
        described=Description(names="Zoé", birth=born_of_age((16, 16), date(2016, 9, 15))),
        recorded_on=date(2016, 8, 1),
    )
    link = FamilyLink(
        link_id="1", person_id="a", relation="brother", described=Description(birth=parse_birth("2001-01-01"))
    )
    for folder in (tmp_path / "one", tmp_path / "two"):
        write_list(ShoreList((person,), (link,)), folder)
    assert (tmp_path / "one" / "people.csv").read_bytes() == (tmp_path / "two" / "people.csv").read_bytes()
    assert (tmp_path / "one" / "people.csv").read_text("utf-8") == (
        "person_id,names,other_names,sex,birth_date,age,age_on,nationality,birthplace,phone,town,country,recorded_on,organisation\n"
        "a,Zoé,,,,16,2016-09-15,,,,,,2016-08-01,\n"
    )
    assert (tmp_path / "one" / "links.csv").read_text("utf-8") == (
        "link_id,person_id,relation,names,other_names,sex,birth_date,age,age_on,nationality,birthplace,phone,town,country,note\n"
        "1,a,brother,,,,2001-01-01,,,,,,,,\n"
    )


def test_a_list_is_not_written_where_its_folder_cannot_be(tmp_path):
    with pytest.raises(UnwritableFile) as refused:
        write_list(ShoreList((), ()), tmp_path / "no" / "where")
    assert refused.value.key == "no_folder"


@given(st.text("='+-@\t 1a"))
def test_what_guards_against_formulas_can_be_taken_away(text):
    assert unguarded(guarded(text)) == text


def test_formulas_are_guarded_and_phones_are_not():
    assert guarded("=1+1") == "'=1+1"
    assert guarded("+1+cmd") == "'+1+cmd"
    assert guarded("+44 (0)7700 900123") == "+44 (0)7700 900123"


@pytest.mark.parametrize("language", list(Language))
def test_an_empty_template_is_an_empty_list_without_remarks(tmp_path, language):
    path = tmp_path / "list.xlsx"
    write_template(path, language)
    first = path.read_bytes()
    for said in Language:
        reading = read_list(path, language=said, strict=True)
        assert (reading.shore_list, reading.remarks) == (ShoreList((), ()), ())
    write_template(path, language)
    assert path.read_bytes() == first


def test_a_template_is_an_xlsx(tmp_path):
    with pytest.raises(UnwritableFile, match="xlsx"):
        write_template(tmp_path / "list.ods", EN)
