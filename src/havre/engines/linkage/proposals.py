# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is shown of a match: the candidates worth a look, as pairs, in order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache

import numpy as np

from havre.engines.linkage.columns import Prepared
from havre.engines.linkage.evidence import Block
from havre.engines.linkage.pairs import Bits, Later, Pair, Reason
from havre.engines.linkage.reasons import Count, Seen, Teller
from havre.engines.linkage.scoring import Scored
from havre.engines.linkage.weights import block_bits
from havre.engines.names.arrays import Doubles, Indices

LEAST_PROBABILITY = 0.001
"""Below it a pair is not proposed, unless it is among the first of its link."""
FIRST = 5
LEAST_FIRST = 1e-6
_TOLD_TOGETHER = 4096


@dataclass(frozen=True)
class Kind:
    """One kind of proposal: its candidates, their probability, and the columns that it fills."""

    scored: Scored
    p: Doubles
    prior: float
    link_a: Indices | int
    link_b: Indices | int
    person_a: Indices
    person_b: Indices
    look: Callable[[Indices], Iterable[Block]]
    """Observes some of the candidates again."""
    teller: Callable[[Indices], Teller]


def worth(kind: Kind) -> Indices:
    """Rows that are probable enough, or among the first of their link."""
    # A link of b finds its persons among what the links of a propose; only likely ones stand for themselves.
    least = LEAST_PROBABILITY if isinstance(kind.link_a, int) else LEAST_FIRST
    rows = np.flatnonzero(kind.p >= least)
    rows = rows[np.lexsort((-kind.p[rows], kind.scored.i[rows]))]
    link, p = kind.scored.i[rows], kind.p[rows]
    start = np.flatnonzero(np.diff(link, prepend=-1))
    size = np.diff(np.append(start, len(rows)))
    # Ties with the last one kept are kept too: which of them came first would depend on nothing that was said.
    last = np.repeat(p[start + np.minimum(size, FIRST) - 1], size) if len(rows) else p
    return np.sort(rows[(p >= LEAST_PROBABILITY) | (p >= last)])


def in_turn(shown: Sequence[tuple[Kind, Indices, Indices]], prepared: Prepared) -> Iterator[Pair]:
    """Pairs by probability, then by the canonical place of what they speak of."""
    size = [len(rows) for _, rows, _ in shown]
    which = np.repeat(np.arange(len(shown)), size)
    row = np.concatenate([rows for _, rows, _ in shown])
    places = [
        np.concatenate(
            [np.full(len(rows), place) if isinstance(place, int) else place[rows] for place, rows in each]
        )
        for each in zip(
            *(
                [(place, rows) for place in (kind.link_a, kind.link_b, kind.person_a, kind.person_b)]
                for kind, rows, _ in shown
            ),
            strict=True,
        )
    ]
    said = np.concatenate([np.minimum(1.0, kind.p[rows]).round(6) for kind, rows, _ in shown])
    order = np.lexsort((*places[::-1], -said))
    for low in range(0, len(order), _TOLD_TOGETHER):
        part = order[low : low + _TOLD_TOGETHER]
        made: dict[int, Pair] = {}
        for k, (kind, _, rivals) in enumerate(shown):
            mine = part[which[part] == k]
            made.update(zip(mine.tolist(), _pairs(kind, row[mine], rivals, prepared), strict=True))
        yield from (made[each] for each in part.tolist())


def _pairs(kind: Kind, rows: Indices, rivals: Indices, prepared: Prepared) -> Iterator[Pair]:
    if not len(rows):
        return
    seen = [Seen(block.part, block.about, block_bits(block)) for block in kind.look(rows)]
    sums: dict[str, Doubles] = {"prior": np.full(len(rows), kind.prior)}
    for each in seen:
        sums[each.part] = sums.get(each.part, np.zeros(len(rows))) + each.bits
    start = round(kind.prior, 4)
    prior = Reason("prior", "prior", start, {"one_in": Count(2.0**-start)})

    @cache
    def told() -> list[tuple[Reason, ...]]:
        return [(prior, *reasons) for reasons in kind.teller(rows).tell(seen)]

    links = [
        [""] * len(rows) if isinstance(at, int) else [lst.links[k].link_id for k in at[rows].tolist()]
        for at, lst in ((kind.link_a, prepared.a), (kind.link_b, prepared.b))
    ]
    people = [
        [lst.people[k].person_id for k in at[rows].tolist()]
        for at, lst in ((kind.person_a, prepared.a), (kind.person_b, prepared.b))
    ]
    nothing = np.zeros(len(rows))
    parts = zip(*(sums.get(part.name, nothing).round(4).tolist() for part in fields(Bits)), strict=True)
    p = np.minimum(1.0, kind.p[rows]).round(6).tolist()
    columns = zip(*links, *people, parts, p, rivals[rows].tolist(), strict=True)
    for n, (link_a, link_b, person_a, person_b, bits, probability, others) in enumerate(columns):
        yield Pair(
            link_a=link_a,
            link_b=link_b,
            person_a=person_a,
            person_b=person_b,
            bits=Bits(*bits),
            probability=probability,
            rivals=others,
            reasons=Later(told, n),
        )
