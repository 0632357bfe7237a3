# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
import csv
import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from havre.engines.linkage.relations import relations
from havre.scenario.tables import Shore, tables
from havre.words import Language, Words

HERE = Path(str(files("havre.scenario")))
TOMLS = sorted(HERE.rglob("*.toml"))
SCRIPTS = {
    "SDN": r"[\u0600-\u06ff ]+",
    "SYR": r"[\u0600-\u06ff ]+",
    "AFG": r"[\u0600-\u06ff ]+",
    "IRN": r"[\u0600-\u06ff ]+",
    "IRQ": r"[\u0600-\u06ff ]+",
    "PAK": r"[\u0600-\u06ff ]+",
    "ETH": r"[\u1200-\u137f ]+",
    "ERI": r"[\u1200-\u137f\u0600-\u06ff ]+",
}


@pytest.mark.parametrize("path", TOMLS, ids=lambda path: path.name)
def test_every_table_says_its_licence(path: Path) -> None:
    assert "SPDX-License-Identifier" in path.read_text("utf-8").splitlines()[1]


def test_shares_sum_to_one() -> None:
    for share_of in ("camp", "children"):
        assert sum(getattr(each, share_of) for each in tables().nationalities) == pytest.approx(1)
    assert sum(kind.share for kind in tables().world.kinds.things) == pytest.approx(1)


def test_afghan_and_sudanese_come_first() -> None:
    for share_of in ("camp", "children"):
        ranked = sorted(tables().nationalities, key=lambda each: -getattr(each, share_of))
        assert {ranked[0].code, ranked[1].code} == {"AFG", "SDN"}


@pytest.mark.parametrize(
    ("code", "men", "women"),
    [("AFG", 120, 50), ("SDN", 120, 50), ("SYR", 120, 50), ("ERI", 60, 30), ("ETH", 60, 50), ("IRQ", 60, 25),
     ("IRN", 60, 30), ("PAK", 60, 25)],
)  # fmt: skip
def test_names_are_many(code: str, men: int, women: int) -> None:
    nationality = next(each for each in tables().nationalities if each.code == code)
    stocks = nationality.stocks.things
    assert len({word for stock in stocks for word in stock.male.things}) >= men
    assert len({word for stock in stocks for word in stock.female.things}) >= women


def test_names_and_places_are_written_in_the_letters_of_home() -> None:
    for nationality in tables().nationalities:
        words = [place.native for place in nationality.places.things]
        for stock in nationality.stocks.things:
            groups = [group for group in (stock.male, stock.female, stock.family) if group]
            words += [word.native for group in groups for word in group.things]
        assert [word for word in words if not re.fullmatch(SCRIPTS[nationality.code], word)] == []


def test_relations_of_the_world_are_in_the_vocabulary_and_answer_each_other() -> None:
    for kind in tables().world.kinds.things:
        assert {kind.relation, kind.vague, kind.wrong} <= set(relations())
        assert set(kind.inverse) <= relations()[kind.relation].inverse
        assert relations()[kind.relation].sex in ("", kind.sex)


def test_attested_spellings_are_single_words() -> None:
    for shore in Shore:
        for spellings in tables().attested[shore].values():
            assert all(spelling.isalpha() and " " not in spelling for spelling in spellings.things)
    assert len(tables().attested[Shore.BRITAIN]) > 150


def test_attested_spellings_are_of_words_that_are_used() -> None:
    words = {
        native
        for path in (HERE / "names").glob("*.toml")
        for table in tomllib.loads(path.read_text("utf-8")).values()
        for native in table.values()
    }
    with (HERE / "names/spellings.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert {row["native"] for row in rows} <= words
    assert max(Counter((row["native"], row["shore"], row["spelling"]) for row in rows).values()) == 1


def test_every_sentence_is_in_both_languages() -> None:
    words = Words("havre.scenario")
    for key in words:
        assert words.say(Language.FRENCH, key) != words.say(Language.ENGLISH, key)
