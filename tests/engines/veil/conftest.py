# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small camp whose two lists are encoded once, with a key that is no secret and chance that is always the same."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import pytest

from havre.engines.linkage import ShoreList
from havre.engines.veil import Codes, Said, Speaker, encode
from havre.scenario import Scenario, make_scenario

KEY = sha256(b"the key of a test is no secret").digest()


class Chance:
    """Bytes that look random and are the same each time."""

    def __init__(self, seed: str) -> None:
        self._seed, self._asked = seed, 0

    def __call__(self, count: int) -> bytes:
        self._asked += 1
        return sha256(f"{self._seed} {self._asked}".encode()).digest()[:count]


@dataclass(frozen=True)
class Shore:
    """A list, its codes, and which is which."""

    lst: ShoreList
    codes: Codes
    own: dict[str, Said]


def _encoded(
    lst: ShoreList, speaker: Speaker, *, key: bytes = KEY, dummies: float = 0.1, seed: str = "one"
) -> Shore:
    return Shore(lst, *encode(lst, key, speaker, dummies=dummies, random=Chance(f"{seed} {speaker}")))


@pytest.fixture(scope="session")
def encoded() -> Callable[..., Shore]:
    return _encoded


@pytest.fixture(scope="session")
def camp() -> Scenario:
    return make_scenario(600, 6, children=60)


@pytest.fixture(scope="session")
def shores(camp: Scenario) -> tuple[Shore, Shore]:
    return _encoded(camp.france, Speaker.CHILDREN), _encoded(camp.britain, Speaker.RELATIVES)
