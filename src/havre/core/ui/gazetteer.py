# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a town is that somebody named: GeoNames for France and the United Kingdom, however the name is written.

Nothing is guessed. A name that is not there, or that several towns of about one size bear, has no coordinates.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from havre.core.ui.assets import content
from havre.engines.names import fold
from havre.words import Language

NUMBERED = re.compile(r"\S*\d\S*")
"""Postcodes and numbers of boroughs: "62100 Calais", "Paris 19e", "London E17"."""
ENDS = re.compile(r"[,;/(\n]")
"""What follows says more of the town that stands in front: "Calais, France"."""

Index = Mapping[tuple[str, str], "Town | None"]


@dataclass(frozen=True, slots=True)
class Town:
    """A town of either shore."""

    name: str
    """As its own country calls it."""
    country: str
    """ISO 3166-1 alpha-2."""
    latitude: float
    longitude: float
    people: int
    others: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Language to name, where another one is usual in it."""

    def called(self, language: Language) -> str:
        """Its usual name in a language."""
        return self.others.get(language.value, self.name)


def town_of(written: str, country: str = "") -> Town | None:
    """The town that was meant, in ``country`` (ISO 3166-1 alpha-2) where one was said; None where that is not sure.

    Case, accents, hyphens, postcodes and what stands behind a comma do not matter; many names are known in Arabic
    script too. Where no country was said, a name that both countries have is none's.
    """
    towns, countries = _index(), (country,) if country else ("FR", "GB")
    for name in _readings(written):
        meant = [towns[key] for each in countries if (key := (each, name)) in towns]
        if meant:
            return meant[0] if len(meant) == 1 else None
    return None


def _readings(written: str) -> Iterator[str]:
    """The name as written, then without what is said around it."""
    plain = _key(written)
    yield plain
    yield _key(NUMBERED.sub(" ", ENDS.split(written.strip(), maxsplit=1)[0]))


def _key(written: str) -> str:
    """The name under which a town is looked up."""
    short = _said()["short"]
    return " ".join(short.get(word, word) for word in fold(written).split())


@cache
def _index() -> Index:
    """Country and folded name to the town; None where several bear the name and none is clearly larger."""
    index: dict[tuple[str, str], Town | None] = {}
    people: dict[tuple[str, str], int] = {}
    for name, town in sorted(_names(), key=lambda item: -item[1].people):
        key = (town.country, _key(name))
        if key not in people:
            index[key], people[key] = town, town.people
        elif index[key] != town and town.people * _said()["clearly_larger"] > people[key]:
            index[key] = None
    return index


def _names() -> Iterator[tuple[str, Town]]:
    """Every name of every town."""
    for country, entries in json.loads(content("gazetteer.json")).items():
        said = dict(_said()[country])
        for name, latitude, longitude, people in entries:
            # Entries come the largest first: what is said of a name is said of the largest town that bears it.
            more = said.pop(name, {})
            others = {key: text for key, text in more.items() if key != "also"}
            town = Town(name, country, latitude, longitude, people, others)
            for each in (name, *others.values(), *more.get("also", ())):
                yield each, town


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "gazetteer.toml").read_text("utf-8"))
