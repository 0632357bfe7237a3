# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the camp is emptied (``leaving.toml``): who travels together, and the centres that take them in."""

import csv
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from havre.engines.linkage.records import Person
from havre.scenario.chance import Dice, Weighted

PARTY_COLUMNS = (
    *("party_id", "people", "kind", "language", "nationality", "region_1", "region_2"),
    *("relative_lat", "relative_lon", "medical", "step_free", "school"),
)
PLACE_COLUMNS = (
    *("place_id", "centre_id", "name", "town", "lat", "lon", "region", "takes", "unit", "unit_size", "units"),
    *("languages", "step_free", "hospital_km", "school", "base_points"),
)
"""Those that ``havre place`` reads, and what a centre is called."""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Town:
    """A town of France."""

    name: str
    region: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Days:
    """How the days of coaches go; parties by their ids."""

    number: int
    coaches: int
    """A day, at most."""
    refusing: tuple[str, ...]
    """Who says no at the desk to the two regions that they are offered first."""
    late: frozenset[str]
    """Who does not come to their coach."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Parties and places, one row each, by the names of the columns; and how they leave."""

    parties: tuple[Row, ...]
    places: tuple[Row, ...]
    days: Days


def leave(camp: Sequence[Person], children: int, seed: int = 2016) -> Leaving:
    """The adults of a camp and ``children`` unaccompanied ones, on their way; the same arguments give the same rows."""
    said = _said()
    dice = Dice(seed, "leaving")
    towns = [
        Town(name, region, *where) for region, found in said["towns"].items() for name, where in found.items()
    ]
    parties = [
        _party(number, size, kind, nationality, towns, dice)
        for number, (size, kind, nationality) in enumerate(_groups(camp, children, dice), 1)
    ]
    places = tuple(_places(parties, towns, dice))
    return Leaving(tuple(parties), places, _days(parties, Dice(seed, "days of coaches")))


def csv_of(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows as ``havre place`` reads them."""
    text = StringIO()
    out = csv.DictWriter(text, columns, lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue()


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "leaving.toml").read_text("utf-8"))


def _number(row: Row, column: str) -> int:
    return int(str(row[column]))


def _groups(camp: Sequence[Person], children: int, dice: Dice) -> Iterator[tuple[int, str, str]]:
    """People who travel together: how many, of which kind and nationality; nobody is left behind or told twice.

    Families are of one woman at least; who is left over travels alone. Siblings among the children are not asked
    for: whose they are, the registry knows.
    """
    said = _said()
    sizes = {kind: Weighted(list(enumerate(shares, 1))) for kind, shares in said["sizes"].items()}
    of_nation: dict[str, dict[str, int]] = {}
    for person in camp:
        said_of = person.described
        counts = of_nation.setdefault(said_of.nationality or "", {"man": 0, "woman": 0})
        counts["woman" if said_of.sex == "female" else "man"] += 1
    for nationality, left in sorted(of_nation.items()):
        while left["woman"]:
            kind = "woman" if dice.chance(said["woman_alone"]) or not left["man"] else "family"
            size = dice.draw(sizes[kind])
            women = min(left["woman"], size if kind == "woman" else math.ceil(size / 2))
            men = 0 if kind == "woman" else min(left["man"], max(size - women, 1))
            left["woman"] -= women
            left["man"] -= men
            yield women + men, kind, nationality
        while left["man"]:
            size = min(left["man"], dice.draw(sizes["adult"]))
            left["man"] -= size
            yield size, "adult", nationality
    nations = sorted(of_nation)
    for _ in range(children):
        yield 1, "minor", dice.pick(nations) if nations else ""


def _days(parties: Sequence[Row], dice: Dice) -> Days:
    """Children refuse nothing and are never late: each of them is brought by somebody."""
    said = _said()["days"]
    grown = dice.shuffled([str(row["party_id"]) for row in parties if row["kind"] != "minor"])
    refusing, others = grown[: said["refusing"]], grown[said["refusing"] :]
    late = math.ceil(len(others) * said["late"])
    return Days(said["number"], said["coaches"], tuple(refusing), frozenset(others[:late]))


def _party(
    number: int, size: int, kind: str, nationality: str, towns: Sequence[Town], dice: Dice
) -> dict[str, object]:
    asks = _said()["asks"]
    regions = sorted({town.region for town in towns})
    first, second = dice.shuffled(regions)[:2] if dice.chance(asks["region"]) else ("", "")
    relative = dice.pick(towns) if dice.chance(asks["relative"]) else None
    return {
        "party_id": f"W{number:05}",
        "people": size,
        "kind": kind,
        "language": _said()["languages"].get(nationality, ""),
        "nationality": nationality,
        "region_1": first,
        "region_2": second,
        "relative_lat": relative.lat if relative else "",
        "relative_lon": relative.lon if relative else "",
        "medical": int(dice.chance(asks["medical"])),
        "step_free": int(dice.chance(asks["step_free"])),
        "school": int(kind in ("family", "minor") and dice.chance(asks["school"])),
    }


def _places(parties: Sequence[Row], towns: Sequence[Town], dice: Dice) -> Iterator[Row]:
    """Centres all over the country, with a little more than a place for each of every kind."""
    said = _said()
    heads: dict[str, int] = {}
    for row in parties:
        heads[str(row["kind"])] = heads.get(str(row["kind"]), 0) + _number(row, "people")
    wanted = {kind: math.ceil(people / said["tight"]) + 2 for kind, people in sorted(heads.items())}
    centres = max(1, round(sum(heads.values()) / said["people_a_centre"]))
    mean = {kind: max(4.0, units / (centres * said["centres"][kind])) for kind, units in wanted.items()}
    languages = sorted(set(said["languages"].values()))
    number = made = 0
    while any(wanted.values()):
        number += 1
        shared = _centre(number, towns, languages, dice)
        for kind in [kind for kind in wanted if wanted[kind] and dice.chance(said["centres"][kind])]:
            units = min(wanted[kind], max(2, round(mean[kind] * dice.between(40, 160) / 100)))
            wanted[kind] -= units
            made += 1
            centre = shared
            if kind == "minor":  # by law such a centre takes nobody else
                number += 1
                centre = _centre(number, towns, languages, dice)
            yield {
                "place_id": f"L{made:05}",
                **centre,
                "takes": kind,
                "unit": "bed",
                "unit_size": 1,
                "units": units,
                "step_free": int(dice.chance(said["centres"]["step_free"])),
                "base_points": dice.between(100, 200),
            }


def _centre(number: int, towns: Sequence[Town], languages: Sequence[str], dice: Dice) -> dict[str, object]:
    said = _said()
    town = dice.pick(towns)
    names = said["names"]["names"]
    spoken = dice.shuffled(languages)[: dice.between(*said["centres"]["languages"])]
    far = -math.log(1 - dice.below(1000) / 1000) * said["centres"]["hospital_km"]
    return {
        "centre_id": f"C{number:04}",
        "name": f"{dice.pick(names)}, {town.name}",
        "town": town.name,
        "lat": town.lat,
        "lon": town.lon,
        "region": town.region,
        "languages": " ".join(sorted(spoken)),
        "hospital_km": round(far, 1),
        "school": int(dice.chance(said["centres"]["school"])),
    }
