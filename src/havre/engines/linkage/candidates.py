# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which pairs are worth comparing: those whose people share name keys, the rare ones first, or a phone number.

Every link keeps the candidates with the most shared bits, on either side, so that swapping the lists changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from havre.engines.linkage.columns import Columns, Prepared
from havre.engines.linkage.competition import sum_by
from havre.engines.linkage.rarity import Rarities
from havre.engines.names.arrays import Doubles, Indices

MOST = 40
"""Candidates that a link keeps, by shared bits."""
MOST_PEOPLE = 100
"""Persons that a link keeps who may be the one it describes: one name says less than two."""
MOST_SAME = 20
"""Candidates that a person keeps who may be registered twice."""
LEAST_BITS = 2.5
"""Shared bits below which a pair is not compared: a nationality alone is not enough, a word on a short list is."""
PHONE_BITS = 20.0
NATION_BITS = 2.0

Keyed = list[dict[str, float]]


def keyed(columns: Columns, prepared: Prepared, weights: Rarities, mark: str) -> Keyed:
    """For each description its keys with their bits; ``mark`` keeps child's and adult's keys apart."""
    rows: Keyed = []
    for at, names in enumerate(columns.names.tolist()):
        row = {
            mark + key: weights.names.of_key(key) for i in names if i >= 0 for key in prepared.names.keys[i]
        }
        for kind, place in (("@", columns.birthplace[at]), ("~", columns.town[at])):
            for key in prepared.places.keys[place] if place >= 0 else ():
                row[f"{mark}{kind}{key}"] = weights.places.of_key(key)
        if nation := columns.nationality[at] + 1:
            row[f"{mark}#{nation}"] = NATION_BITS
        if phone := columns.phone[at]:
            row[f"{mark}+{phone}"] = PHONE_BITS
        rows.append(row)
    return rows


def together(*parts: Iterable[dict[str, float]]) -> Keyed:
    """The keys of several descriptions of one row as one."""
    return [{key: bits for row in rows for key, bits in row.items()} for rows in zip(*parts, strict=True)]


def shared(a: Keyed, b: Keyed, *, most: int = MOST) -> tuple[Indices, Indices]:
    """Candidate pairs (index in a, index in b), sorted: each row's best on either side."""
    forward, backward = best(a, b, most), best(b, a, most)
    codes = np.concatenate([forward[0] * len(b) + forward[1], backward[1] * len(b) + backward[0]])
    distinct = np.unique(codes)
    return distinct // max(1, len(b)), distinct % max(1, len(b))


def best(a: Keyed, b: Keyed, most: int = MOST) -> tuple[Indices, Indices]:
    """Candidate pairs (index in a, index in b), sorted: for each row of a the rows of b with the most shared bits."""
    listed: dict[str, list[int]] = defaultdict(list)
    for j, row in enumerate(b):
        for key in row:
            listed[key].append(j)
    postings = {key: np.array(rows, np.intp) for key, rows in listed.items()}
    found_a, found_b = [], []
    for i, row in enumerate(a):
        hits = [(postings[key], bits) for key, bits in sorted(row.items()) if key in postings]
        if not hits:
            continue
        rows = np.concatenate([rows for rows, _ in hits])
        bits = np.repeat([bits for _, bits in hits], [len(rows) for rows, _ in hits])
        sums = sum_by(rows, bits, len(b)).round(6)
        kept = np.flatnonzero(sums >= max(LEAST_BITS, _threshold(sums, most)))
        found_a.append(np.full(len(kept), i, np.intp))
        found_b.append(kept)
    empty = np.zeros(0, np.intp)
    return np.concatenate([*found_a, empty]), np.concatenate([*found_b, empty])


def _threshold(sums: Doubles, most: int) -> float:
    """The bits of the last candidate kept; those with exactly as many bits are kept too."""
    return float(np.partition(sums, -most)[-most]) if len(sums) > most else 0.0


def link_candidates(prepared: Prepared, rarities: Rarities) -> tuple[Indices, Indices]:
    """Links of a and of b that may speak of the same two people."""
    a, b = prepared.a, prepared.b
    sides = []
    for lst, declarant, described in ((a, "d", "s"), (b, "s", "d")):
        people = keyed(lst.of_people, prepared, rarities, declarant)
        sides.append(
            together((people[i] for i in lst.declarant), keyed(lst.of_links, prepared, rarities, described))
        )
    return shared(*sides)


def people_candidates(prepared: Prepared, rarities: Rarities) -> tuple[Indices, Indices]:
    """Links of a and people of b whom they may describe."""
    described = keyed(prepared.a.of_links, prepared, rarities, "")
    return best(described, keyed(prepared.b.of_people, prepared, rarities, ""), MOST_PEOPLE)


def same_candidates(prepared: Prepared, rarities: Rarities) -> tuple[Indices, Indices]:
    """People of a and of b who may be one."""
    return shared(
        *(keyed(lst.of_people, prepared, rarities, "") for lst in (prepared.a, prepared.b)), most=MOST_SAME
    )
