# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spellings of one name are taken for one, look-alikes are not."""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from havre.engines.names import explain_pairs

EXAMPLES = tomllib.loads((Path(__file__).parent / "examples.toml").read_text("utf-8"))


def probabilities(pairs: list[tuple[str, str]]) -> list[float]:
    return [each.probability for each in explain_pairs(pairs)]


def examples(answer: str) -> list[object]:
    return [
        pytest.param(a, b, id=f"{clerk}: {a} / {b}")
        for clerk, answers in EXAMPLES.items()
        for a, b in answers[answer]
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ahmad Khan", "Ahmed Kahn"),
        ("Ahmad Zai", "Ahmadzai"),
        ("Abd al-Rahman", "Abdur Rehman"),
        ("Youcef", "Yousef"),
        ("ኃይለ ማርያም", "Hailemariam"),
        *combinations(("محمد", "Mehmet", "Mohamed"), 2),
    ],
)
def test_the_first_spellings_that_must_be_one_name(a, b):
    assert all(p >= 0.5 for p in probabilities([(a, b), (b, a)]))


@pytest.mark.parametrize(("a", "b"), [("Hassan Ali", "Hussein Ali"), ("Mohammad Khan", "Ahmad Khan")])
def test_the_first_look_alikes_that_must_not_be_one_name(a, b):
    assert all(p < 0.5 for p in probabilities([(a, b), (b, a)]))


@pytest.mark.parametrize(("a", "b"), examples("yes"))
def test_spellings_of_one_name_are_taken_for_one(a, b):
    assert probabilities([(a, b)])[0] >= 0.5


@pytest.mark.parametrize(("a", "b"), examples("no"))
def test_look_alikes_are_not_taken_for_one(a, b):
    assert probabilities([(a, b)])[0] < 0.5


def test_the_table_has_both_answers_for_every_script_that_is_promised():
    assert set(EXAMPLES) == {"arabic", "persian", "pashto", "urdu", "sorani", "ethiopic", "latin"}
    assert all(len(answers["yes"]) >= 3 and len(answers["no"]) >= 2 for answers in EXAMPLES.values())


@pytest.mark.parametrize("extra", ["Haji {}", "{} bin Omar", "al-{}", "Dr. {}"])
def test_a_particle_more_does_not_make_it_another_name(extra):
    written = extra.format("Rahmatullah Omar") if "bin" not in extra else "Rahmatullah bin Omar"
    assert probabilities([("Rahmatullah Omar", written)])[0] >= 0.9


def test_marks_case_and_invisible_signs_change_nothing():
    plain = "احمد خان"
    written = ["أَحْمَد خَان", "\u200fاحمد\u200e خان", "احمـد  خان", "\u202bاحمد خان\u202c"]
    first, *others = explain_pairs([(plain, "Ahmad Khan"), *((each, "Ahmad Khan") for each in written)])
    assert [each.bits for each in others] == pytest.approx([first.bits] * len(written), abs=1e-5)
    assert first.probability >= 0.9


def test_a_second_word_that_agrees_says_more_than_one_alone():
    one, two = probabilities([("Yousef", "Youssouf"), ("Yousef Haroun", "Youssouf Haroon")])
    assert two > one


def test_the_order_of_words_is_free_but_a_word_that_differs_is_not():
    turned, other = probabilities([("Idris Adam", "Adam Idriss"), ("Idris Adam", "Adam Ilyas")])
    assert turned >= 0.5 > other
