# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A camp and its centres of any size, of the same kind as the open data: nobody and no centre in it exists."""

import csv
import random
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from havre.engines.placement import Task, at_sea, default_policy, read_task

_LANGUAGES = ("ara", "ara-sy", "pus", "fas", "tir", "amh", "kur", "urd", "eng", "fra-td")
_SIZES = {
    "adult": (1372, 269, 162, 70, 50, 18, 15, 8),
    "minor": (321, 54, 23),
    "woman": (168, 96, 32, 19, 5),
    "family": (0, 83, 117, 150, 87, 91, 46, 34, 10, 4),
}
"""How many parties of each size there are for about 7,080 people."""
_TIGHT = 0.97
"""People for each bed of their kind."""


@dataclass(frozen=True, slots=True)
class Camp:
    """Two CSVs."""

    parties: str
    places: str

    @property
    def task(self) -> Task:
        """By the default policy."""
        task, remarks = read_task(self.parties, self.places, default_policy())
        if task is None:
            raise ValueError(remarks)
        return task


def open_camp(folder: Path) -> Task:
    """One of the open data."""
    return Camp(*((folder / f"{name}.csv").read_text("utf-8") for name in ("parties", "places"))).task


def make_camp(people: int, centres: int, seed: int) -> Camp:
    """About so many people and centres; the same seed gives the same camp."""
    chance = random.Random(seed)
    regions = [f"R{number:02}" for number in range(12)]
    towns = [_town(chance) for _ in range(max(80, centres // 3))]
    parties = _parties(chance, people, regions, towns)
    heads = {"adult": 0, "family": 0, "minor": 0}
    for party in parties:
        heads["family" if party[2] == "woman" else str(party[2])] += int(str(party[1]))
    return Camp(
        _csv(
            "party_id,people,kind,language,region_1,region_2,relative_lat,relative_lon,medical,step_free,school",
            parties,
        ),
        _csv(
            "place_id,centre_id,lat,lon,region,takes,unit,unit_size,units,languages,step_free,hospital_km,school,base_points",
            _places(chance, centres, regions, heads),
        ),
    )


def _town(chance: random.Random) -> tuple[float, float]:
    while True:
        town = round(chance.uniform(43, 50.5), 5), round(chance.uniform(-1.5, 7.5), 5)
        if not at_sea(*town):
            return town


def _csv(head: str, rows: list[list[object]]) -> str:
    text = StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(head.split(","))
    out.writerows(rows)
    return text.getvalue()


def _parties(
    chance: random.Random, people: int, regions: list[str], towns: list[tuple[float, float]]
) -> list[list[object]]:
    kinds = [
        (kind, size + 1) for kind, counts in _SIZES.items() for size, n in enumerate(counts) for _ in range(n)
    ]
    rows: list[list[object]] = []
    left = people
    while left > 0:
        kind, size = chance.choice(kinds)
        size = min(size, left)
        wishes = [chance.choice(regions), chance.choice(regions)] if chance.random() < 0.7 else ["", ""]
        relative = chance.choice(towns) if chance.random() < 0.3 else ("", "")
        medical, step_free = (int(chance.random() < share) for share in (0.05, 0.03))
        school = int(kind in ("family", "minor") and chance.random() < 0.6)
        row = [kind, chance.choice(_LANGUAGES), *wishes, *relative, medical, step_free, school]
        rows.append([f"P{len(rows) + 1:06}", size, *row])
        left -= size
    return rows


def _places(
    chance: random.Random, centres: int, regions: list[str], heads: dict[str, int]
) -> list[list[object]]:
    wanted = {kind: int(n / _TIGHT) + 1 for kind, n in heads.items()}
    share = {"adult": 0.6, "family": 0.75, "minor": 0.12}
    mean = {kind: max(4.0, wanted[kind] / (centres * share[kind])) for kind in wanted}
    rows: list[list[object]] = []
    number = 0
    while any(n > 0 for n in wanted.values()):
        number += 1
        centre = f"C{number:05}"
        lat, lon = _town(chance)
        spoken = " ".join(chance.sample(_LANGUAGES, chance.randint(2, 5)))
        common = [chance.choice(regions), f"{chance.expovariate(1 / 16):.3f}", int(chance.random() < 0.6)]
        for kind in wanted:
            if wanted[kind] <= 0 or chance.random() > share[kind]:
                continue
            units = min(wanted[kind], max(2, round(chance.gammavariate(2.2, mean[kind] / 2.2))))
            wanted[kind] -= units
            takes = "woman family" if kind == "family" and chance.random() < 0.5 else kind
            step_free = int(chance.random() < 0.35)
            row = [common[0], takes, "bed", 1, units, spoken, step_free, common[1], common[2]]
            rows.append([f"L{len(rows) + 1:05}", centre, lat, lon, *row, chance.randint(100, 200)])
    return rows
