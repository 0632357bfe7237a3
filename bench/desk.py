# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk against hindsight: people come in a random order, fifty at a time; of the others a census is known.

Who finds no place comes again with the next fifty.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from bench.placement_world import open_camp
from bench.tables import apart, say, table, tell
from havre.engines.placement import (
    Desk,
    Expected,
    Forecast,
    Kept,
    Offer,
    Party,
    Policy,
    expect,
    goals,
    solve,
)

BATCH = 50
"""People."""
ORDERS = (1, 2)
_TAKES = ("first", "own", "refusals")
_WEIGHT = 0.3
"""Of the prices that a batch finds, among those before it."""
_REFUSE = 0.2
"""Parties that refuse the region offered first, where there are such."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a desk reached."""

    points: int
    waiting: int
    families_waiting: int
    cpu: float
    longest: float
    """CPU seconds of the batch that took longest."""
    refused: frozenset[tuple[str, str]]
    """Party and a place of a region that it refused: who plans with hindsight knows that too."""


def bench_desk(data: Path) -> None:
    """The open camp, in two orders of arrival; each desk in a process of its own."""
    tell("desk, hindsight")
    all_known, waiting = apart(_hindsight, data / "calais", frozenset())
    rows = []
    for order in ORDERS:
        for takes in _TAKES:
            tell(f"desk, order {order}, {takes}")
            ended = apart(_desk, data / "calais", order, takes)
            best = apart(_hindsight, data / "calais", ended.refused)[0] if ended.refused else all_known
            rows.append(
                [
                    order,
                    takes,
                    f"{ended.points:,}",
                    f"{ended.points / best:.2%}",
                    ended.waiting,
                    ended.families_waiting,
                    f"{ended.cpu:.0f}",
                    f"{ended.longest:.1f}",
                ]
            )
    say("## The desk\n")
    say(f"Everything known beforehand: {all_known:,} points, {waiting} people waiting.\n")
    heads = [
        "order",
        "party takes",
        "points",
        "of hindsight",
        "waiting",
        "families",
        "CPU s",
        "longest batch",
    ]
    say(table(heads, rows))


def _hindsight(folder: Path, refused: frozenset[tuple[str, str]]) -> tuple[int, int]:
    task = open_camp(folder)
    plan = solve(replace(task, locks=replace(task.locks, never=task.locks.never | refused)))
    return plan.points, plan.waiting


def batches(parties: list[Party]) -> Iterator[list[Party]]:
    """As many as make BATCH people, in order."""
    batch: list[Party] = []
    for party in parties:
        batch.append(party)
        if sum(each.people for each in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _desk(folder: Path, order: int, takes: str) -> Ended:
    """``takes``: each party takes the region offered first; the one worth more to itself; or some refuse the first."""
    task = open_camp(folder)
    chance = Random(order)
    expected = list(task.parties)
    chance.shuffle(expected)
    left = {place.id: place.units for place in task.places}
    places = {place.id: place for place in task.places}
    came: list[Party] = []
    prices: Expected | None = None
    kept: Kept = {}
    at: dict[str, str] = {}
    refused: set[tuple[str, str]] = set()
    waits: list[Party] = []
    begun, longest = time.process_time(), 0.0
    for number, new in enumerate(list(batches(expected))):
        started = time.process_time()
        del expected[: len(new)]
        came += new
        batch = [*waits, *new]
        now = replace(
            task,
            parties=tuple(batch),
            places=tuple(replace(place, units=left[place.id]) for place in task.places),
            locks=replace(task.locks, never=_of(batch, refused)),
        )
        forecast = Forecast(tuple(expected), tuple(came))
        found = expect(now, forecast, number, samples=2 if prices else 4)
        prices = prices.averaged(found, _WEIGHT) if prices else found
        desk = Desk(now, expected, prices, number + 1, kept)
        for party in batch:
            offers = desk.offers(party.id) if takes == "refusals" and party in new else ()
            if offers and chance.random() < _REFUSE:
                region = offers[0].place.region
                desk.refuse(party.id, region)
                refused |= {(party.id, place.id) for place in task.places if place.region == region}
            at[party.id] = _chosen(desk, party, takes)
            if place := at[party.id]:
                left[place] -= places[place].use(party.people)
        waits = [party for party in batch if not at[party.id]]
        kept = desk.kept
        longest = max(longest, time.process_time() - started)
    parties = {party.id: party for party in task.parties}
    points = sum(
        sum(goals(task.policy, parties[party], places[place]).values())
        for party, place in at.items()
        if place
    )
    return Ended(
        points - _lost(task.policy, waits),
        sum(party.people for party in waits),
        sum(party.kind == "family" for party in waits),
        time.process_time() - begun,
        longest,
        frozenset(refused),
    )


def _of(batch: list[Party], refused: set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    here = {party.id for party in batch}
    return frozenset(each for each in refused if each[0] in here)


def _lost(policy: Policy, waits: list[Party]) -> int:
    return sum(policy.waiting(party) * party.people for party in waits)


def _chosen(desk: Desk, party: Party, takes: str) -> str:
    """The id of the place, or nothing."""
    offers = desk.offers(party.id)
    if not offers:
        return ""
    chosen = max(offers, key=_points) if takes == "own" else offers[0]
    desk.take(party.id, chosen.place.id)
    return chosen.place.id


def _points(offer: Offer) -> int:
    return offer.points


if __name__ == "__main__":
    bench_desk(Path("../shared/data/placement"))
