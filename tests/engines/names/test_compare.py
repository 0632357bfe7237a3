# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Any two texts can be compared, in either order, alone or among others, and the explanation is the score."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from havre.engines.names import Explanation, Pairs, compare_names, explain_pairs, probability
from havre.engines.names.parse import MOST_TOKENS, name_words
from havre.words import Language

ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Any code points: half surrogates, NULs, marks that turn the direction, private ones."""
WORDS = (
    "Ahmad", "Ahmed", "Zai", "Ahmadzai", "Abdul", "al", "bin", "Haji", "Kahn", "Khan", "O'Neil", "Jean-Luc", "محمد",
    "عبد", "الرحمن", "گل‌آغا", "ګل", "ڕێبوار", "ኃይለ", "ማርያም", "Иван", "李", "\u200f", "a", "ه", "እ", "12",
)  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
MANY_PAIRS = st.lists(st.tuples(NAMES | ANY_TEXT, NAMES | ANY_TEXT), min_size=1, max_size=4)


def holds_a_word(pairs: list[tuple[str, str]]) -> bool:
    return any(name_words(name) for pair in pairs for name in pair)


# Without any word at all there is nothing to index: see test_names_without_any_word_are_compared_too.
PAIRS = MANY_PAIRS.filter(holds_a_word)
# An alignment of six words with six takes milliseconds, whose sum is what these tests cost.
FEW = settings(max_examples=40)
LONG = [
    "a" * 10_000,
    "ab" * 5_000,
    "م" * 10_000,
    "ሀለ" * 5_000,
    "Ali " * 2_500,
    "\u0301" * 10_000,
    "\ud800" * 10_000,
    "ﷺ" * 1_000,
]
ODD = [
    "",
    " ",
    "\0",
    "\ud800",
    "\udfff\ud800",
    "\u202e\u2066",
    "'",
    "-",
    "1999",
    "ﷺ",
    "𝓐𝓱𝓶𝓪𝓭",
    "🙂",
    "\uffff",
    "\U0010ffff",
]


def mirrored(told: Explanation) -> Explanation:
    return Explanation(
        words=tuple(type(word)(word.b, word.a, word.deficit) for word in told.words),
        left_a=told.left_b,
        left_b=told.left_a,
        bits=told.bits,
        parts=told.parts,
    )


@given(PAIRS)
@FEW
def test_the_score_is_symmetric_to_the_bit(pairs):
    there = compare_names(pairs)
    back = compare_names([(b, a) for a, b in pairs])
    assert there.tobytes() == back.tobytes()
    both = compare_names([pair for a, b in pairs for pair in ((a, b), (b, a))])
    assert both[::2].tobytes() == both[1::2].tobytes()


@given(PAIRS)
@FEW
def test_the_explanation_of_the_swapped_pair_is_the_mirror_image(pairs):
    there, back = explain_pairs(pairs), explain_pairs([(b, a) for a, b in pairs])
    for (a, b), x, y in zip(pairs, there, back, strict=True):
        assert y == (mirrored(x) if a != b else x)


@given(PAIRS)
@FEW
@example([("Al Haji", "Haji"), ("Al Haji", "Al Haji")])
def test_the_explanation_agrees_with_the_score(pairs):
    bits = compare_names(pairs)
    for score, told in zip(bits.tolist(), explain_pairs(pairs), strict=True):
        assert told.bits == score
        assert math.fsum(told.parts.values()) == pytest.approx(told.bits, abs=1e-4)
        assert told.probability == pytest.approx(1 / (1 + 2.0**-score))
        assert 0 < told.probability < 1


@given(PAIRS)
@FEW
def test_every_word_is_told_once_on_either_side(pairs):
    for (a, b), told in zip(pairs, explain_pairs(pairs), strict=True):
        one, two, _ = explain_pairs([(a, a), (b, b), ("Ali", "Ali")])
        for left, side, whole in ((told.left_a, "a", one), (told.left_b, "b", two)):
            aligned = [part for word in told.words for part in getattr(word, side).split()]
            known = [word.a for word in whole.words]
            assert sorted([*left, *aligned]) == sorted(part for word in known for part in word.split())
            assert len(left) + len(aligned) <= MOST_TOKENS


@given((NAMES | ANY_TEXT).filter(name_words))
@FEW
def test_a_name_against_itself_leaves_no_word_over(name):
    (told,) = explain_pairs([(name, name)])
    assert told.left_a == told.left_b == ()
    assert sorted(word.a for word in told.words) == sorted(word.b for word in told.words)


@given(PAIRS, NAMES)
@FEW
def test_a_pair_scores_the_same_alone_and_among_others(pairs, other):
    among = compare_names([(other, other), *pairs, *pairs[::-1]])[1 : len(pairs) + 1]
    alone = [compare_names([pair, ("Ali", "Ali")])[0] for pair in pairs]
    assert among.tolist() == pytest.approx(alone, abs=1e-4)


@given(PAIRS)
@FEW
def test_every_score_can_be_said_in_both_languages(pairs):
    for told in explain_pairs(pairs):
        for language in Language:
            assert told.label(language)
            assert told.why(language).startswith(told.label(language))


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
@FEW
def test_no_text_is_too_odd_to_be_compared(texts):
    pairs = [(a, b) for a in texts for b in (*texts, "Ahmad خان")]
    bits = compare_names(pairs)
    assert bits.shape == (len(pairs),)
    assert np.isfinite(bits).all()


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_these_texts_are_compared_like_any_other(text):
    bits = compare_names([(text, "Ahmad"), ("محمد", text), (text, text), (text, "")])
    assert np.isfinite(bits).all()


@pytest.mark.parametrize("text", LONG, ids=lambda text: ascii(text[:3]))
def test_ten_thousand_letters_are_compared_like_any_other(text):
    first, second = explain_pairs([(text, text[1:]), (text, "Ahmad Khan")])
    assert math.isfinite(first.bits)
    assert math.isfinite(second.bits)
    assert len(first.words) + len(first.left_a) <= MOST_TOKENS


def test_words_beyond_the_most_that_are_compared_change_nothing():
    words = ["Karim", "Salim", "Nadia", "Yusuf", "Hamid", "Zahra"]
    assert len(words) == MOST_TOKENS
    name = " ".join(words)
    told, longer = explain_pairs([(name, name), (f"{name} Omar Idris", f"{name} Jamal")])
    assert longer == told


def test_a_name_of_particles_only_is_a_name():
    same, shorter, other = explain_pairs(
        [("Al Haji", "Al Haji"), ("Al Haji", "Haji"), ("Al Haji", "Ben Cheikh")]
    )
    assert len(same.words) == 2
    assert same.probability > 0.9
    assert same.probability > shorter.probability > other.probability
    assert other.probability < 0.5


@pytest.mark.parametrize("name", ["", "1999", "\0", "-"], ids=ascii)
def test_names_without_any_word_are_compared_too(name):
    assert np.isfinite(compare_names([(name, name), (name, "")])).all()


def test_no_pairs_have_no_scores():
    assert compare_names([]).shape == (0,)
    assert explain_pairs([]) == []


@given(st.lists(st.floats(-200, 200), min_size=1))
def test_bits_are_the_log_odds_of_the_probability(bits):
    p = probability(np.array(bits))
    assert ((p >= 0) & (p <= 1)).all()
    middle = np.abs(bits) < 30
    assert np.log2(p[middle] / (1 - p[middle])) == pytest.approx(np.array(bits)[middle], abs=1e-4)


def test_explaining_says_which_word_is_which():
    (told,) = explain_pairs([("Ahmad Zai Karim", "Kareem Ahmadzai Omar")])
    assert {(word.a, word.b) for word in told.words} == {("ahmad zai", "ahmadzai"), ("karim", "kareem")}
    assert (told.left_a, told.left_b) == ((), ("omar",))
    assert "Ahmad Zai ≈ Ahmadzai" in told.label(Language.ENGLISH)
    assert "Omar" in told.why(Language.FRENCH)


def test_what_is_explained_of_many_is_what_each_would_be_explained_as() -> None:
    pairs = [("Ahmad Khan", "Ahmed Khaan"), ("أحمد خان", "Ahmad Khan"), ("Yonas", "Jonas Tesfai Haile")]
    many = Pairs(pairs)
    for row, found in zip((2, 0), many.explained((2, 0)), strict=True):
        (alone,) = explain_pairs([pairs[row]])
        assert (found.words, found.left_b) == (alone.words, alone.left_b)
        assert found.bits == pytest.approx(alone.bits) == pytest.approx(float(many.bits[row]))


def test_of_no_pairs_nothing_is_explained() -> None:
    assert Pairs([]).explained([]) == []
