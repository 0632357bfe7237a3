# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small camps that are written in one line, and random ones."""

import csv
import random
from dataclasses import dataclass, field
from io import StringIO

from havre.engines.placement import Plan, Task, default_policy, default_policy_text, read_policy, read_task
from havre.engines.placement.reading import PARTY_COLUMNS, PLACE_COLUMNS

PARTY = {"people": 1, "kind": "adult", "medical": 0, "step_free": 0, "school": 0}
PLACE = {
    "centre_id": "C1",
    "lat": 50.0,
    "lon": 2.0,
    "region": "R01",
    "takes": "adult",
    "unit": "bed",
    "unit_size": 1,
    "units": 2,
    "step_free": 0,
    "hospital_km": 5,
    "school": 0,
    "base_points": 100,
}


def table(heads, rows) -> str:
    text = StringIO(newline="")
    out = csv.DictWriter(text, heads, restval="", lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue()


@dataclass
class Camp:
    """Texts, as they would stand in files."""

    parties: str
    places: str
    locks: str = ""
    policy: str = field(default_factory=default_policy_text)

    @property
    def task(self) -> Task:
        policy, _ = read_policy(self.policy)
        assert policy
        task, remarks = read_task(self.parties, self.places, policy, self.locks)
        assert task, remarks
        return task

    def inputs(self) -> dict[str, str]:
        return {"parties": self.parties, "places": self.places, "policy": self.policy, "locks": self.locks}


def camp_of(parties, places, locks="") -> Camp:
    """Parties and places told by what differs from a lone adult and a place of two beds."""
    people = [{"party_id": f"P{n}", **PARTY, **each} for n, each in enumerate(parties, 1)]
    beds = [{"place_id": f"L{n}", **PLACE, **each} for n, each in enumerate(places, 1)]
    return Camp(table(PARTY_COLUMNS, people), table(PLACE_COLUMNS, beds), locks)


def random_camp(seed: int, units: tuple[str, ...] = ("bed", "room"), *, locked: bool = True) -> Camp:
    """A dozen or two of parties, too many for the places as a rule; with locks of every kind."""
    chance = random.Random(seed)  # noqa: S311 - a camp, no secret
    regions, words, kinds = ["R01", "R02", "R03", ""], ["ara", "pus", "tir", ""], ["adult", "family", "woman"]
    parties = [
        {
            "people": chance.choice([1, 1, 1, 2, 3, 4, 6]),
            "kind": chance.choice(kinds),
            "language": chance.choice(words),
            "region_1": chance.choice(regions),
            "region_2": chance.choice(regions),
            **(
                {"relative_lat": chance.uniform(44, 49), "relative_lon": chance.uniform(0, 6)}
                if chance.random() < 0.4
                else {}
            ),
            "medical": int(chance.random() < 0.2),
            "step_free": int(chance.random() < 0.2),
            "school": int(chance.random() < 0.3),
        }
        for _ in range(chance.randint(2, 22))
    ]
    places = [
        {
            "centre_id": f"C{chance.randint(1, 4)}",
            "lat": chance.uniform(44, 49),
            "lon": chance.uniform(0, 6),
            "region": chance.choice(regions),
            "takes": " ".join(chance.sample(kinds, chance.randint(1, 3))),
            "unit": chance.choice(units),
            "unit_size": chance.randint(1, 5),
            "units": chance.randint(0, 7),
            "languages": " ".join(chance.sample(words[:3], chance.randint(0, 2))),
            "step_free": int(chance.random() < 0.5),
            "hospital_km": round(chance.uniform(0, 60), 3),
            "school": int(chance.random() < 0.5),
            "base_points": chance.randint(0, 200),
        }
        for _ in range(chance.randint(1, 8))
    ]
    made = camp_of(parties, places)
    return Camp(made.parties, made.places, _locks(chance, made) if locked else "")


LOCK_COLUMNS = ("rule", "party_id", "place_id", "other_party_id", "centre_id", "day", "people")


def _locks(chance: random.Random, made: Camp) -> str:
    """Locks that do not contradict each other: what the reader refuses is left out."""
    task = made.task
    text = table(LOCK_COLUMNS, [])
    for rule in ("never", "apart", "stays", "intake"):
        for number in range(chance.randint(0, 3)):
            row = {
                "rule": rule,
                "party_id": chance.choice(task.parties).id,
                "place_id": chance.choice(task.places).id,
                "other_party_id": chance.choice(task.parties).id,
                "centre_id": chance.choice(task.places).centre,
                "day": f"2016-10-2{number}",
                "people": chance.randint(0, 6),
            }
            longer = text + table(LOCK_COLUMNS, [row]).partition("\n")[2]
            if rule == "stays" and "intake" in text:
                continue
            if read_task(made.parties, made.places, default_policy(), longer)[0]:
                text = longer
    return _without_stays_at_counted_centres(text, task)


def _without_stays_at_counted_centres(text: str, task: Task) -> str:
    rows = list(csv.DictReader(StringIO(text)))
    counted = {row["centre_id"] for row in rows if row["rule"] == "intake"}
    centre = {place.id: place.centre for place in task.places}
    return table(
        LOCK_COLUMNS,
        [row for row in rows if row["rule"] != "stays" or centre[row["place_id"]] not in counted],
    )


def places_of(plan: Plan) -> dict[str, str]:
    """Party to place; empty for who waits."""
    ids = [place.id for place in plan.task.places]
    return {
        party.id: ids[at] if at >= 0 else ""
        for party, at in zip(plan.task.parties, plan.place_of, strict=True)
    }
