# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What attacks on the codes find: the figures that docs/explanation/veil.md tells. A promise is only what holds."""

from collections.abc import Sequence

import numpy as np
import pytest
from engines.veil.attacks import by_frequency, by_graph, similar_codes

from havre.engines.names.parse import name_words
from havre.engines.veil import Speaker


@pytest.fixture(scope="module")
def shore(camp, encoded):
    """A list of adults, encoded as it is handed out."""
    return encoded(camp.britain, Speaker.RELATIVES)


def found_by_graph(shore, share: float, known: int = 0) -> tuple[int, int]:
    """Of the links that the attacker holds as well, how many they place, and how many they hold but did not know."""
    chance = np.random.default_rng(3)
    codes = [code for code in shore.codes.ids if code in shore.own]
    held = chance.permutation(len(codes))[: round(share * len(codes))].tolist()
    at = [shore.codes.ids.index(codes[k]) for k in held]
    taken = by_graph(
        shore.codes, [shore.own[codes[k]].features for k in held], Speaker.RELATIVES, known=at[:known]
    )
    return int((taken[known:] == at[known:]).sum()), len(held) - known


def test_frequency_finds_no_more_than_chance(shore):
    people = {person.person_id: person.described.names for person in shore.lst.people}
    names = {code: first(name_words(people[said.person_id])) for code, said in shore.own.items()}
    hits, chance = by_frequency(shore.codes, names)
    assert chance >= 1
    assert hits <= chance + 4 * chance**0.5


def first(words: Sequence[str]) -> str:
    return words[0] if words else ""


def test_no_key_hides_who_resembles_whom(shore):
    """The graph attack with the whole list in hand: what the documentation warns of is true."""
    hits, held = found_by_graph(shore, 1.0)
    assert hits >= 0.9 * held


def test_a_few_known_links_open_the_others(shore):
    """Half of the list in hand, and twenty links that are known already, as pairs that were told are."""
    hits, held = found_by_graph(shore, 0.5, known=20)
    assert hits >= 0.9 * held


def test_links_of_one_person_are_seen_to_be_so(shore):
    """Who speaks is not told, but is nearly seen: the documentation must not promise otherwise."""
    alike = similar_codes(shore.codes)
    person = np.array([shore.own[code].person_id if code in shore.own else code for code in shore.codes.ids])
    same = np.triu(person[:, None] == person[None, :], 1)
    other = np.triu(person[:, None] != person[None, :], 1)
    assert np.median(alike[same]) > np.quantile(alike[other], 0.95)
