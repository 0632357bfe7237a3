# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom the search finds in the open register, beside comparing everybody with the same comparator."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench.search_world import COUNTRIES, SEXES, Query, queries, register, truth
from bench.tables import figure, table, tell
from havre.apps.registry.actions import search
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.engines.linkage.records import BirthInterval, BirthKind, Sex
from havre.engines.names.alignment import Names
from havre.engines.names.compare import compare

BRUTE = 60
"""Queries that are compared with everybody."""
CHUNK = 20_000
"""Pairs of names that are compared at once."""
Meant = tuple[str, str]
"""The canonical name of somebody, and who it is."""


@dataclass
class Shares:
    """How often somebody of exactly this name, or the very person, stood among the first."""

    asked: int = 0
    name_10: int = 0
    person_1: int = 0
    person_10: int = 0

    def count(self, query: Query, found: Sequence[Meant]) -> None:
        """One query and who was found, the most like first."""
        self.asked += 1
        self.name_10 += query.name_key in [name for name, _ in found[:10]]
        self.person_1 += query.entity in [who for _, who in found[:1]]
        self.person_10 += query.entity in [who for _, who in found[:10]]

    def line(self, what: str) -> tuple[str, ...]:
        """A line of the table."""
        return (
            what,
            str(self.asked),
            *(figure(n / self.asked) for n in (self.name_10, self.person_1, self.person_10)),
        )


def _name(_: Query) -> dict[str, Any]:
    return {}


def _year(query: Query) -> dict[str, Any]:
    born = (
        BirthInterval(date(query.year, 1, 1), date(query.year, 12, 31), BirthKind.YEAR)
        if query.year
        else None
    )
    return {"sex": Sex(SEXES[query.sex]) if query.sex else None, "born": born}


def _all(query: Query) -> dict[str, Any]:
    return {**_year(query), "nationality": COUNTRIES.get(query.country, "")}


TYPED: dict[str, Callable[[Query], dict[str, Any]]] = {
    "name typed": _name,
    "name, sex and year typed": _year,
    "name, sex, year and nationality typed": _all,
}


def found_table(data: Path, member: Member) -> str:
    """All queries by the search's own action; some of them by brute force."""
    meant, asked = truth(data), queries(data)
    some = asked[:: len(asked) // BRUTE][:BRUTE]
    lines = [_searched(what, said, asked, meant, member).line(what) for what, said in TYPED.items()]
    lines.append(_searched("name typed", _name, some, meant, member).line("name typed, of some"))
    lines.append(_compared(data, some, meant).line("the same, everybody compared"))
    return table(("200,000 people", "queries", "name@10", "person@1", "person@10"), lines)


def _searched(
    what: str,
    said: Callable[[Query], dict[str, Any]],
    asked: Sequence[Query],
    meant: dict[str, Meant],
    member: Member,
) -> Shares:
    tell(f"search: {len(asked)} times, {what}")
    shares = Shares()
    for query in asked:
        with acting_as(member.pk, Purpose.CARE):
            found = search(f"{query.name} ", elsewhere=False, **said(query)).candidates
            shares.count(query, [meant[candidate.registration.source_id] for candidate in found])
    return shares


def _compared(data: Path, asked: Sequence[Query], meant: dict[str, Meant]) -> Shares:
    tell(f"search: {len(asked)} names compared with everybody's")
    people, shares = register(data), Shares()
    names = Names(sorted({*(each.name for each in people), *(query.name for query in asked)}))
    everybody = np.array([names.index[each.name] for each in people], np.intp)
    for query in asked:
        bits = np.concatenate([*_bits(names, names.index[query.name], everybody)])
        first = np.argsort(-bits, kind="stable")[:10]
        shares.count(query, [meant[people[n].id] for n in first])
    return shares


def _bits(names: Names, one: int, others: Any) -> Iterator[Any]:
    for at in range(0, len(others), CHUNK):
        some = others[at : at + CHUNK]
        yield compare(names, np.full(len(some), one, np.intp), some).bits
