# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A name becomes words in comparable letters, sounds and keys, and two words have a best alignment."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from havre.engines.names import fold, tokens
from havre.engines.names.coded import MOST_UNITS, TYPED_SWAP
from havre.engines.names.encode import code_lines, keys, other_readings, script, units, variants
from havre.engines.names.kernel import align_names, memory
from havre.engines.names.normalise import Script, script_of
from havre.engines.names.parse import Role, name_words, parse
from havre.engines.names.spelling import Lexicon, shipped

ANY_TEXT = st.text(st.characters(exclude_categories=()))
LETTERS = {
    Script.LATIN: "abcdefghijklmnopqrstuvwxyz",
    Script.ARABIC: "ابتثجحخدذرزسشصضطظعغفقکلمنهويپچژگئۆێە",
    Script.ETHIOPIC: "ሀለመሰረሸበተነአከወዘየደገጠኃይማርያምተስፋዬ",
}
WORD = st.one_of([st.text(letters, min_size=1, max_size=25) for letters in LETTERS.values()])
FOLDED = ANY_TEXT.map(fold).filter(bool).map(lambda text: text.split()[0])


def score_words(pairs: list[tuple[str, str]]) -> np.ndarray:
    """What it costs to take one word of each pair for the other, bits."""
    lexicon = Lexicon(word for pair in pairs for word in pair)
    one, two, scratch = memory()
    bits = np.zeros(len(pairs), np.float32)
    for i, pair in enumerate(pairs):
        a, b = (np.array([lexicon.index[word]], np.int32) for word in sorted(pair))
        align_names(lexicon.coded, shipped()[1], a, 1, b, 1, one, two, scratch)
        bits[i] = scratch.costs[0, 0, 0]
    return bits


@given(ANY_TEXT)
@example("ﷺ İ ß ǅ ʼn ΐ")
@example("\ud800\u0345ﺀـ\u200c")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_a_folded_name_holds_letters_and_single_spaces_only(text):
    folded = fold(text)
    assert folded == " ".join(folded.split())
    for letter in folded.replace(" ", ""):
        assert letter.isalpha()
        assert script_of(letter) is not Script.LATIN or "a" <= letter <= "z"


@given(st.lists(WORD, max_size=4).map(" ".join))
def test_case_and_vowel_signs_are_folded_away(text):
    assert fold(text.upper()) == fold(text)
    assert fold("\u064e".join(text)) == fold(text)
    assert fold("\u200f" + text + "\u200e") == fold(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("O’Neil", "oneil"), ("Jean-Luc", "jean luc"), ("Şükrü", "shukru"), ("GÖKÇE", "gokche"), ("Œdipe", "oedipe"),
        ("أحمد", "احمد"), ("كريم", "کريم"), ("کریم", "کريم"), ("فاطمة", "فاطمه"), ("علی‌رضا", "علي رضا"),
        ("محـــمد", "محمد"), ("Иван", "ivan"), ("Ahmad (Khan)", "ahmad khan"), ("  Ali\tReza\n", "ali reza"),
        ("ኃይለ፡ማርያም", "ኃይለ ማርያም"), ("1999", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_does_not_matter_is_folded_away(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("Abd al-Rahman", [("abd", "name"), ("al", "article"), ("rahman", "name")]),
        ("Haji Omar bin Yusuf", [("haji", "honorific"), ("omar", "name"), ("bin", "descent"), ("yusuf", "name")]),
        ("Al Haji", [("al", "name"), ("haji", "name")]),
        ("Abdul Karim", [("abd", "name"), ("karim", "name")]),
        ("", []),
    ],
)  # fmt: skip
def test_each_word_of_a_name_has_its_role(name, roles):
    assert [(token.text, token.role.value) for token in tokens(name)] == roles


@given(ANY_TEXT)
def test_a_name_with_letters_keeps_a_word_that_is_a_name(text):
    assert bool(name_words(text)) == bool(fold(text))
    assert any(token.role is Role.NAME for token in tokens(text)) == bool(fold(text))


@given(WORD | FOLDED)
@example("ئضالئئض")
def test_keys_are_never_empty_strings(word):
    found = keys(word)
    assert all(found)
    assert len(found) == len(set(found)) <= 4
    assert found or not units(variants(word)[-1])


@given(WORD | FOLDED)
def test_a_word_has_at_most_so_many_units_and_none_twice_in_a_row(word):
    found = units(word)
    assert len(found) <= MOST_UNITS
    assert all(found)
    assert all(one != two for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("محمد", "mohamed"),
        ("حسين", "hussein"),
        ("يوسف", "youssouf"),
        ("ተስፋዬ", "tesfaye"),
        ("rachid", "rashid"),
    ],
)
def test_spellings_of_one_name_share_a_key_across_scripts(a, b):
    assert set(keys(fold(a))) & set(keys(fold(b)))


def test_a_mixed_word_has_the_script_of_most_of_its_letters():
    assert script("ahmadد") is Script.LATIN
    assert script("احمدz") is Script.ARABIC
    assert script("ማርያምx") is Script.ETHIOPIC


@given(st.lists(st.tuples(WORD | FOLDED, WORD | FOLDED), min_size=1, max_size=8))
def test_words_cost_the_same_in_either_order_alone_and_among_others(pairs):
    costs = score_words(pairs)
    assert costs.tobytes() == score_words([(b, a) for a, b in pairs]).tobytes()
    assert [score_words([pair])[0] for pair in pairs] == pytest.approx(costs.tolist(), abs=1e-4)


@given(st.data(), st.sampled_from(list(Script)))
def test_two_letters_typed_in_the_other_order_cost_little(data, which):
    word = data.draw(st.text(LETTERS[which], min_size=2, max_size=15))
    at = data.draw(st.integers(0, len(word) - 2))
    assume(word[at] != word[at + 1])
    typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert score_words([(word, typed)])[0] <= TYPED_SWAP


def test_the_same_letters_come_out_better_than_another_spelling_and_that_better_than_another_name():
    same, spelled, other = score_words([("yusuf", "yusuf"), ("yusuf", "youssef"), ("yusuf", "karim")])
    assert same < spelled < other


def test_no_words_have_no_costs():
    assert score_words([]).shape == (0,)


@given(st.lists(WORD | FOLDED, max_size=6))
def test_a_list_of_words_is_coded_like_each_word_alone(words):
    assert code_lines("\n".join(words)) == "\n".join(map(code_lines, words))


@given(st.lists(ANY_TEXT, max_size=6))
def test_a_list_of_names_is_parsed_like_each_name_alone(names):
    assert parse(names).of_names() == [name_words(name) for name in names]


@given(st.lists(WORD | FOLDED | st.sampled_from(["al", "el", "ben", "abdul", "ابو", "ال"]), max_size=6))
def test_other_readings_of_a_list_are_those_of_each_word_alone(words):
    assert other_readings(words) == {word: other for word in words for other in variants(word)[1:]}
