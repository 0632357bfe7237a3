# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The published vocabularies are complete in both languages, and no word means two things."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.exchange.vocabulary import (
    calendar_terms,
    countries,
    find_calendar,
    find_country,
    find_relation,
    find_sex,
    find_unsaid,
    fold,
    sexes,
    shape,
    squash,
    unsaid_terms,
)
from havre.core.exchange.vocabulary.columns import TABLES
from havre.engines.linkage.records import Sex, Unsaid
from havre.engines.linkage.relations import relations


def shared_words(spellings, comparable):
    owners = defaultdict(set)
    for key, words in spellings:
        for word in words:
            owners[comparable(word)].add(key)
    return {word: keys for word, keys in owners.items() if len(keys) > 1}


def test_no_word_stands_for_two_values():
    assert not shared_words(
        ((c.alpha_3, filter(None, (c.alpha_2, c.alpha_3, c.en, c.fr, *c.aliases))) for c in countries()), fold
    )
    assert not shared_words(((r.key, (r.key, r.en, r.fr, *r.aliases)) for r in relations().values()), fold)
    assert not shared_words(((t.key, t.spellings()) for t in sexes()), fold)
    assert not shared_words(((t.key, t.spellings()) for t in unsaid_terms()), str.casefold)
    assert not shared_words(((t.key, t.spellings()) for t in calendar_terms()), squash)


@pytest.mark.parametrize("table", TABLES)
def test_no_header_stands_for_two_columns(table):
    columns = shape(table).columns
    assert not shared_words(((c.key, (c.key, c.en, c.fr, *c.aliases)) for c in columns), fold)
    assert all(c.help_en and c.help_fr and c.en != "" and c.fr != "" for c in columns)


def test_all_countries_are_there_in_both_languages():
    assert len([c for c in countries() if c.alpha_2]) == 250
    assert all(c.en and c.fr and len(c.alpha_3) == 3 for c in countries())


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("AFG", "AFG"),
        ("af", "AFG"),
        ("Afghane", "AFG"),
        ("afghan", "AFG"),
        ("Érythrée", "ERI"),
        ("erythree", "ERI"),
        ("Soudanais", "SDN"),
        ("Côte d'Ivoire", "CIV"),
        ("COTE-D’IVOIRE", "CIV"),
        ("U.K.", "GBR"),
        ("Royaume-Uni", "GBR"),
        ("Irak", "IRQ"),
        ("Iraq", "IRQ"),
        ("NA", "NAM"),
        ("stateless", "XXA"),
        ("سوريا", "SYR"),
    ],
)
def test_a_country_is_found_by_code_name_and_adjective(word, code):
    country = find_country(word)
    assert country is not None
    assert country.alpha_3 == code


def test_words_are_found_in_both_languages_without_accents_or_case():
    assert find_sex("FÉMININ") is Sex.FEMALE
    assert find_sex("garcon") is Sex.MALE
    assert (
        find_relation("Oncle (frère du père)")
        == find_relation("oncle paternel")
        == "uncle (father's brother)"
    )
    assert find_relation("SOEUR") == find_relation("sœur") == "sister"
    assert find_calendar("H.S.") == find_calendar("ه‍.ش") == "solar_hijri"
    assert find_calendar("hégirien solaire") == "solar_hijri"


def test_unknown_refused_and_not_asked_differ():
    assert find_unsaid("Inconnue") is Unsaid.UNKNOWN
    assert find_unsaid("refuse") is Unsaid.REFUSED
    assert find_unsaid("non demandé") is Unsaid.NOT_ASKED
    assert find_unsaid("n/a") == ""
    assert find_unsaid("Ahmad") is None


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
