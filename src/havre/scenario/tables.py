# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables that ship with the scenario, read once: names, places, nationalities, the world, the rates."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from havre.scenario.chance import Weighted, by_rank


class Shore(StrEnum):
    """Who writes: a clerk in France or a clerk in Britain."""

    FRANCE = "france"
    BRITAIN = "britain"


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name."""

    heard: str
    """Its sounds, as the head of ``names/*.toml`` says."""
    native: str
    """As it is written at home."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town or province with its spellings, the usual one of each shore first."""

    name: str
    native: str
    french: tuple[str, ...]
    british: tuple[str, ...]

    def spellings(self, shore: Shore) -> tuple[str, ...]:
        """How clerks of ``shore`` write it, the usual way first."""
        return self.french if shore is Shore.FRANCE else self.british


@dataclass(frozen=True, slots=True)
class Stock:
    """The name words and naming habits of one people."""

    male: Weighted[NameWord]
    female: Weighted[NameWord]
    family: Weighted[NameWord] | None
    shapes: Weighted[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Nationality:
    """A nationality in the camp."""

    code: str
    """ISO 3166-1 alpha-3."""
    camp: float
    children: float
    stocks: Weighted[Stock]
    places: Weighted[Place]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of relative abroad; see ``[[relatives]]`` of ``world.toml``."""

    relation: str
    share: float
    kin: str
    sex: str
    older: tuple[int, int]
    inverse: tuple[str, str]
    vague: str
    wrong: str


@dataclass(frozen=True, slots=True)
class World:
    """What is around the people."""

    day: date
    first_registration: date
    last_registration: date
    organisations: Mapping[Shore, tuple[str, ...]]
    phones: Mapping[str, Any]
    ages: Weighted[int]
    kinds: Weighted[Kind]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables."""

    nationalities: tuple[Nationality, ...]
    world: World
    rates: Mapping[str, float]
    errors: Mapping[str, float]
    towns: Mapping[Shore, Weighted[Place]]
    habits: Mapping[Shore, Mapping[str, Mapping[str, float]]]
    attested: Mapping[Shore, Mapping[str, Weighted[str]]]
    """Shore to native word to the spellings seen, with how often."""


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files("havre.scenario") / name).read_text("utf-8"))


def _words(exponent: float) -> dict[str, list[tuple[NameWord, float]]]:
    """``"file.table"`` to its words with weights that sum to 1."""
    tables = {}
    for path in sorted((files("havre.scenario") / "names").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            for table, entries in tomllib.loads(path.read_text("utf-8")).items():
                words = [NameWord(heard, native) for heard, native in entries.items()]
                tables[f"{path.name.removesuffix('.toml')}.{table}"] = by_rank(words, exponent)
    return tables


def _stock(entry: Mapping[str, Any], words: Mapping[str, list[tuple[NameWord, float]]]) -> Stock:
    def mixed(parts: Mapping[str, float]) -> Weighted[NameWord]:
        return Weighted((word, weight * share) for key, share in parts.items() for word, weight in words[key])

    return Stock(
        male=mixed(entry["male"]),
        female=mixed(entry["female"]),
        family=mixed(entry["family"]) if entry["family"] else None,
        shapes=Weighted((tuple(shape.split()), share) for shape, share in entry["shapes"].items()),
    )


def _places(entries: Mapping[str, Any], exponent: float) -> Weighted[Place]:
    places = [Place(n, e["native"], tuple(e["fr"]), tuple(e["en"])) for n, e in entries.items()]
    return Weighted(by_rank(places, exponent))


def _world() -> World:
    data = _toml("world.toml")
    kinds = [
        Kind(**{**entry, "older": tuple(entry["older"]), "inverse": tuple(entry["inverse"])})
        for entry in data["relatives"]
    ]
    return World(
        day=data["days"]["scenario"],
        first_registration=data["days"]["first_registration"],
        last_registration=data["days"]["last_registration"],
        organisations={shore: tuple(data["organisations"][shore]) for shore in Shore},
        phones=data["phones"],
        ages=Weighted((int(age), share) for age, share in data["ages"].items()),
        kinds=Weighted((kind, kind.share) for kind in kinds),
    )


def _attested() -> dict[Shore, dict[str, Weighted[str]]]:
    """``names/spellings.csv``: its head says where the spellings come from."""
    seen: dict[tuple[Shore, str], list[tuple[str, float]]] = defaultdict(list)
    lines = (files("havre.scenario") / "names" / "spellings.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        seen[Shore(row["shore"]), row["native"]].append((row["spelling"], float(row["seen"])))
    found: dict[Shore, dict[str, Weighted[str]]] = {shore: {} for shore in Shore}
    for (shore, native), spellings in seen.items():
        found[shore][native] = Weighted(spellings)
    return found


@cache
def tables() -> Tables:
    """The tables of the package."""
    rates = _toml("rates.toml")
    world_rates = rates["world"]
    words = _words(world_rates["zipf"])
    places = {key: _places(entry, world_rates["place_zipf"]) for key, entry in _toml("places.toml").items()}
    origins = _toml("origins.toml")
    stocks = {key: _stock(entry, words) for key, entry in origins["stocks"].items()}
    habits = _toml("habits.toml")
    return Tables(
        nationalities=tuple(
            Nationality(
                code=code,
                camp=entry["camp"],
                children=entry["children"],
                stocks=Weighted((stocks[key], share) for key, share in entry["stocks"].items()),
                places=places[code],
            )
            for code, entry in origins["nationalities"].items()
        ),
        world=_world(),
        rates=world_rates,
        errors=rates["error"],
        towns={Shore.FRANCE: places["FR"], Shore.BRITAIN: places["GB"]},
        habits={Shore.FRANCE: habits["french"], Shore.BRITAIN: habits["english"]},
        attested=_attested(),
    )
