# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small camps that are matched once, and people written in one line."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest

from havre.engines.linkage import FamilyLink, Pair, Person, ShoreList, Weights, estimate_weights, match
from havre.engines.linkage.records import Description
from havre.scenario import Scenario, make_scenario


@dataclass(frozen=True)
class Camp:
    """A scenario with its pairs, and the weights that were found for them."""

    scenario: Scenario
    pairs: tuple[Pair, ...]
    weights: Weights

    @property
    def lists(self) -> tuple[ShoreList, ShoreList]:
        return self.scenario.france, self.scenario.britain


@cache
def _camp(seed: int) -> Camp:
    made = make_scenario(20, seed, children=4)
    lists = made.france, made.britain
    return Camp(made, match(*lists), estimate_weights(*lists))


@pytest.fixture(scope="session")
def camp() -> Callable[[int], Camp]:
    """The camp of a seed: four children and twelve adults, made and matched once."""
    return _camp


def _list_of(*people: tuple[str, Description, dict[str, Description]]) -> ShoreList:
    """People as (key, what is said of them, relation to the person whom they describe)."""
    return ShoreList(
        tuple(Person(person_id=key, described=said) for key, said, _ in people),
        tuple(
            FamilyLink(link_id=f"{key}-{n}", person_id=key, relation=relation, described=described)
            for key, _, links in people
            for n, (relation, described) in enumerate(links.items())
        ),
    )


@pytest.fixture(scope="session")
def list_of() -> Callable[..., ShoreList]:
    return _list_of
