# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs are written so that programs can count on them and people can read them."""

import csv
import io
import tomllib
import zipfile
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from havre.core.exchange import UnwritableFile, write_pairs
from havre.core.exchange.writing.pairs import COLUMNS, printed_bits
from havre.engines.linkage.pairs import Bits, Pair, Reason
from havre.engines.linkage.records import Description, FamilyLink, Person, ShoreList
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH


def pair(link_a="1", link_b="2", person_a="a", person_b="b", **values) -> Pair:
    given_values = {"bits": Bits(prior=-9.005, names=12.345), "probability": 0.9, "rivals": 0, **values}
    return Pair(link_a=link_a, link_b=link_b, person_a=person_a, person_b=person_b, **given_values)


def reason_that_says(value: str) -> Reason:
    """A reason in any sentence of linkage that holds a text."""
    texts = tomllib.loads((files("havre.engines.linkage") / "words.toml").read_text("utf-8"))
    for key, said in texts.items():
        parts = list(Formatter().parse(said["fr"])) if isinstance(said["fr"], str) else []
        names = {name for _, name, form, _ in parts if name and not form and name != "n"}
        if names:
            return Reason(part="names", key=key, bits=1.0, values=dict.fromkeys(names, value))
    raise AssertionError("linkage has no sentence with a value")


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


def test_the_csv_has_these_columns_and_no_other(tmp_path):
    write_pairs([], tmp_path / "pairs.csv", EN)
    assert (tmp_path / "pairs.csv").read_bytes() == (
        b"link_a,link_b,person_a,person_b,probability,band,bits,bits_prior,bits_names,bits_birth,bits_person,"
        b"bits_place,bits_phone,bits_relation,bits_siblings,rivals,why\n"
    )


@given(st.lists(st.floats(-60, 60), min_size=8, max_size=8))
def test_printed_bits_add_up_to_the_digit(parts):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.csv"
        write_pairs([pair(bits=Bits(*parts))], path, EN)
        (row,) = rows_of(path)
    printed = [row[column] for column in COLUMNS if column.startswith("bits_")]
    assert sum(map(Decimal, printed)) == Decimal(row["bits"])
    assert all(abs(float(text) - part) <= 0.0051 for text, part in zip(printed, parts, strict=True))
    assert "-0.00" not in printed


def test_a_bit_that_is_none_is_printed_as_none():
    assert str(printed_bits(Bits(prior=-0.001))["prior"]) == "0.00"


def test_pairs_keep_their_order_and_ids_are_not_touched(tmp_path):
    pairs = [
        pair("=1", "@2", probability=0.1),
        pair("0010", "-3", probability=0.123456),
        pair("3", "", rivals=4),
    ]
    write_pairs(iter(pairs), tmp_path / "pairs.csv", EN)
    rows = rows_of(tmp_path / "pairs.csv")
    assert [(r["link_a"], r["link_b"], r["probability"], r["band"], r["rivals"]) for r in rows] == [
        ("=1", "@2", "0.100000", "doubtful", "0"),
        ("0010", "-3", "0.123456", "doubtful", "0"),
        ("3", "", "0.900000", "strong", "4"),
    ]


def test_what_only_the_second_list_says_stands_on_a_sheet_of_its_own(tmp_path):
    pairs = [pair("1", "2"), pair("", "9"), pair("", "", "a", "c")]
    write_pairs(pairs, tmp_path / "pairs.csv", EN)
    assert [(r["link_a"], r["link_b"]) for r in rows_of(tmp_path / "pairs.csv")] == [("1", "2"), ("", "")]
    write_pairs(pairs, tmp_path / "pairs.xlsx", EN)
    book = CalamineWorkbook.from_path(tmp_path / "pairs.xlsx")
    assert book.sheet_names == ["pairs", "second list only"]
    assert [len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names] == [3, 2]


def test_a_reason_that_looks_like_a_formula_is_not_run(tmp_path):
    reason = reason_that_says("=cmd")
    write_pairs([pair("=1+1", reasons=(reason,))], tmp_path / "pairs.xlsx", EN)
    with zipfile.ZipFile(tmp_path / "pairs.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_workbook_shows_names_and_relations_and_isolates_other_scripts(tmp_path):
    person = Person(person_id="a", described=Description(names="أحمد خان"))
    link = FamilyLink(link_id="1", person_id="a", relation="uncle", described=Description(names="Omid"))
    other = Person(person_id="b", described=Description(names="Omid Khan"))
    lists = (ShoreList((person,), (link,)), ShoreList((other,), ()))
    reason = reason_that_says("أحمد")
    write_pairs([pair("1", "", reasons=(reason,))], tmp_path / "pairs.xlsx", FR, lists=lists)
    titles, row = (
        CalamineWorkbook.from_path(tmp_path / "pairs.xlsx").get_sheet_by_name("rapprochements").to_python()
    )
    told = dict(zip(titles, row, strict=True))
    assert told["qui parle (première liste)"] == "أحمد خان"
    assert told["parenté (première liste)"] == "oncle"
    assert told["de qui (première liste)"] == "Omid"
    assert told["qui parle (seconde liste)"] == "Omid Khan"
    assert told["degré"] == "fort"
    assert "\u2068أحمد\u2069" in told["pourquoi"]


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.xlsx"])
def test_the_same_pairs_give_the_same_bytes(tmp_path, name):
    pairs = [pair(str(n), str(n)) for n in range(50)]
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_pairs(pairs, tmp_path / folder / name, FR)
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(UnwritableFile) as refused:
        write_pairs([], tmp_path / "pairs.ods", FR)
    assert ".csv, .xlsx" in str(refused.value)
    assert not list(tmp_path.iterdir())
