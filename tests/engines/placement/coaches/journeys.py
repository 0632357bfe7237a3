# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small plans that are written in one line, and random ones, with their centres south of Calais."""

import random
from dataclasses import dataclass, field

from engines.placement.camps import table

from havre.engines.placement.coaches import (
    Coaches,
    Task,
    Verdict,
    check,
    coaches_text,
    default_policy_text,
    read_policy,
    read_task,
)

_HEADS = {
    "plan": ("party_id", "place_id", "day"),
    "parties": ("party_id", "people", "travels_with"),
    "places": ("place_id", "centre_id", "lat", "lon", "arrive_from", "arrive_until"),
}


@dataclass
class Journey:
    """Texts, as they would stand in files."""

    plan: str
    parties: str
    places: str
    policy: str = field(default_factory=default_policy_text)

    def under(self, **values: object) -> "Journey":
        """The same under a policy that says otherwise."""
        lines = []
        for line in self.policy.splitlines():
            key = line.partition("=")[0].strip()
            lines.append(f"{key} = {values.pop(key)}" if key in values else line)
        assert not values
        return Journey(self.plan, self.parties, self.places, "\n".join(lines))

    def read(self):
        policy, remarks = read_policy(self.policy)
        return read_task(self.plan, self.parties, self.places, policy) if policy else (None, remarks)

    @property
    def task(self) -> Task:
        task, remarks = self.read()
        assert task, remarks
        return task

    def inputs(self) -> dict[str, str]:
        return {"plan": self.plan, "parties": self.parties, "places": self.places, "policy": self.policy}

    def text(self, made: Coaches) -> str:
        return coaches_text(made, "test", self.inputs())

    def verdict(self, text: str) -> Verdict:
        return check(text, self.plan, self.parties, self.places, self.policy)


def journey(parties, places) -> Journey:
    """Parties told by place number, people and the rest; places, each a centre, by km south of Calais and the rest."""
    rows = [{"party_id": f"P{n}", "people": 1, "at": 1, **each} for n, each in enumerate(parties, 1)]
    plan = [{"place_id": f"L{row['at']}" if row["at"] else "", **row} for row in rows]
    spots = [
        {"place_id": f"L{n}", "centre_id": f"C{n}", "lat": 50.95 - each["south"] / 111.2, "lon": 1.86, **each}
        for n, each in enumerate(places, 1)
    ]
    texts = [
        table(heads, [{head: row[head] for head in heads if head in row} for row in of])
        for heads, of in zip(_HEADS.values(), (plan, rows, spots), strict=True)
    ]
    return Journey(*texts)


def random_journey(seed: int) -> Journey:
    """Up to a dozen centres in a corner of France and a few dozen parties; some have a day, some travel together."""
    chance = random.Random(seed)  # noqa: S311 - a camp, no secret
    places = [
        {
            "south": 0,
            "lat": round(chance.uniform(48.2, 50.4), 3),
            "lon": round(chance.uniform(1.5, 3.0), 3),
            "arrive_until": chance.choice(["", "", "", "22:00"]),
        }
        for _ in range(chance.randint(1, 11))
    ]
    days = [chance.choice(["", "", "2016-10-24", "2016-10-25"]) for _ in places]
    parties = []
    for n in range(1, chance.randint(2, 45)):
        at = chance.randint(1, len(places))
        tie = f"P{chance.randint(1, n - 1)}" if n > 1 and chance.random() < 0.06 else ""
        parties.append(
            {
                "people": chance.choice([1, 1, 2, 3, 4, 6, 9]),
                "at": at if chance.random() < 0.95 else 0,
                "day": days[at - 1],
                "travels_with": tie,
            }
        )
    return journey([{"at": 1, "people": 1, "day": days[0]}, *parties], places)
