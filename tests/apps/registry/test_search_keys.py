# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys of a search: what is written otherwise shares some; what is common is found by two words together."""

import tomllib
from importlib.resources import files

import pytest

from havre.apps.registry.models import SearchKey
from havre.apps.registry.queries import search_keys, sought
from havre.apps.registry.queries.keys import COARSE, COARSE_PAIR, FINE_PAIR, MOST, SHORTER, fine
from havre.engines.names.normalise import LETTERS


def shared(typed: str, registered: str) -> set[str]:
    return set(sought(f"{typed} ").covers) & set(search_keys([registered]))


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("Mahmoud Ibrahim", "محمود ابراهيم"),
        ("Ibrahim Mahmoud", "Mahmoud Brahim"),
        ("ሰላም ተስፋይ", "Selam Tesfay"),
    ],
)
def test_two_words_together_are_a_key_in_any_script_and_order(typed: str, registered: str) -> None:
    assert any(key.startswith((FINE_PAIR, COARSE_PAIR)) for key in shared(typed, registered))


@pytest.mark.parametrize(
    ("typed", "registered"),
    [("ZalmayDalil", "Zalmay Dalil"), ("Zalmay Dalil", "زلميدليل"), ("Abdurahman", "عبد الرحمن")],
)
def test_two_words_that_another_writes_as_one_share_a_key(typed: str, registered: str) -> None:
    assert any(key.startswith(COARSE) for key in shared(typed, registered))


@pytest.mark.parametrize("typed", ["Zarghoona", "Zarhoona", "Zarghona", "Zarghoonda", "Zarloona"])
def test_a_consonant_may_be_dropped_added_or_mistaken(typed: str) -> None:
    assert any(key.startswith(SHORTER) for key in shared(typed, "Zarghuna"))


@pytest.mark.parametrize(
    ("one", "other"), [("Ahmad", "Hamid"), ("Mahdi", "Mati"), ("Khalil", "Kalil"), ("Salem", "Islam")]
)
def test_a_fine_key_tells_apart_what_coarse_ones_do_not(one: str, other: str) -> None:
    assert fine(one.lower()) != fine(other.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [("محمود", "mahmoud"), ("احمد", "ahmed"), ("عمر", "omar"), ("يوسف", "yusuf"), ("فاطمه", "fatima")],
)
def test_a_fine_key_is_the_same_in_both_scripts(one: str, other: str) -> None:
    assert fine(one) == fine(other)


def test_what_is_asked_for_says_which_words_each_key_is_of() -> None:
    asked = sought("Nur Ahmadi Karimi ")
    assert asked.words == 3
    assert (asked.covers["xnur"], asked.covers["xkarimi"]) == (0b001, 0b100)
    assert set(asked.of_kinds(COARSE_PAIR).values()) == {0b011, 0b101, 0b110}


def test_a_name_said_twice_is_one_word() -> None:
    assert sought("Ali Ali ").words == 1


def test_a_beginning_is_looked_for_only_while_the_name_is_being_typed() -> None:
    assert sought("Nur Rahim").begun == ("crm",)
    assert sought("Nur Rahim ").begun == ()
    assert sought("Mohamed R").begun == ()


def test_however_much_is_typed_few_keys_are_asked_for() -> None:
    asked = sought("Djawithcha Thaghowza Ghowthaja Wathezhoga Zhawithogha Gathowdja " * 4)
    assert asked.words == 6
    assert 0 < len(asked.covers) <= MOST


def test_keys_fit_their_column() -> None:
    longest = SearchKey._meta.get_field("key").max_length
    found = search_keys(
        ["Mohammedabdulrahmanibrahimkhalilzadehmakhdoomkhelwardak" * 2 + " Ghulamrasoolzadehkhelwardakzai"]
    )
    assert found
    assert max(map(len, found)) <= longest


def test_every_consonant_of_the_coarse_classes_has_a_fine_letter() -> None:
    letters = tomllib.loads((files("havre.apps.registry.queries") / "keys.toml").read_text("utf-8"))["fine"]
    assert {unit for unit, kind in LETTERS["classes"].items() if kind} <= set(letters)
