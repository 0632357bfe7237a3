# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.scenario import Scenario
from havre.scenario.chance import Dice
from havre.scenario.spelling import Speller, mistyped, usual
from havre.scenario.tables import NameWord, Shore, tables


def heard(word: str, shore: Shore, times: int = 300) -> set[str]:
    """What clerks of ``shore`` write by ear in ``times`` tries."""
    speller, dice = Speller(shore, tables()), Dice(1, "test")
    return {speller.by_ear(NameWord(word, ""), dice) for _ in range(times)}


@pytest.mark.parametrize(
    ("word", "french", "british"),
    [
        ("Yūsuf", "Yousouf", "Yoosuf"),
        ("Bashīr", "Bachir", "Basheer"),
        ("Jamāl", "Djamal", "Jamal"),
        ("Habīb+ullāh", "Habiboullah", "Habib Ullah"),
        ("Abdul+Rahmān", "Abdoul Rahman", "Abdul Rahman"),
        ("Nūr+al+Dīn", "Noureddine", "Nuruddin"),
        ("Ahmadzay", "Ahmadzaï", "Ahmadzai"),
        ("Tekle", "Teklé", "Tekle"),
    ],
)
def test_each_shore_hears_in_its_own_letters(word: str, french: str, british: str) -> None:
    assert french in heard(word, Shore.FRANCE)
    assert british in heard(word, Shore.BRITAIN)
    assert heard(word, Shore.FRANCE) != heard(word, Shore.BRITAIN)


def test_the_shores_keep_to_their_letters() -> None:
    assert not any("oo" in spelling for spelling in heard("Yūsuf", Shore.FRANCE))
    assert not any("ch" in spelling for spelling in heard("Bashīr", Shore.BRITAIN))


def test_every_word_has_a_plain_spelling() -> None:
    stocks = [stock for nationality in tables().nationalities for stock in nationality.stocks.things]
    words = {
        word
        for stock in stocks
        for group in (stock.male, stock.female, stock.family)
        if group
        for word in group.things
    }
    assert len(words) > 900
    assert [word for word in words if not re.fullmatch(r"[A-Z][A-Za-z]*([ -][A-Za-z]+)*", usual(word))] == []


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("Abdul+Rahmān", "Abdul Rahman"),
        ("Rahmat+ullāh", "Rahmatullah"),
        ("Muʿādh", "Muadh"),
        ("Al+Shāmī", "Al Shami"),
    ],
)
def test_the_plain_spelling_has_no_signs(word: str, spelling: str) -> None:
    assert usual(NameWord(word, "")) == spelling


@given(st.text(min_size=0, max_size=30), st.integers(0, 10**6))
def test_a_slip_of_the_keys_is_one_slip(text: str, seed: int) -> None:
    wrong = mistyped(text, Dice(seed, "test"))
    assert abs(len(wrong) - len(text)) <= 1
    if len(text) >= 2:
        assert wrong[0] == text[0]


def scripts(text: str) -> set[str]:
    return {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}


def test_native_scripts_are_there_and_latin_is_the_rule(calais: Scenario) -> None:
    for people in (calais.france.people, calais.britain.people):
        seen = [scripts(person.described.names) for person in people]
        native = sum(bool(found - {"LATIN"}) for found in seen) / len(seen)
        assert 0.12 < native < 0.45
        assert any("ARABIC" in found for found in seen)
        assert any("ETHIOPIC" in found for found in seen)
        assert sum(found == {"ARABIC"} for found in seen) > 0.03 * len(seen)
