# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody without the key may try with a file of codes; everything but the key is known to them.

``by_frequency``: which group of alike codes is which common name (in the manner of Christen and others, PAKDD 2017).
``by_graph``: which code is which link of a list that they hold as well, by who resembles whom (in the manner of
Vidanage and others, 2020): no key hides how alike two codes are.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from havre.engines.veil.codes import BITS, Codes
from havre.engines.veil.features import Features, Speaker
from havre.engines.veil.weights import WHOLE, shipped, weighted

Similar = NDArray[np.float64]


def similar_codes(codes: Codes) -> Similar:
    """(links, links): the cosine between codes, as anybody can count it."""
    bits = np.unpackbits(codes.bits, axis=1).astype(np.float32)
    agree = bits @ bits.T + (1 - bits) @ (1 - bits).T
    return np.cos(np.pi * (1 - agree.astype(np.float64) / BITS))


def similar_links(links: Sequence[Features], speaker: Speaker) -> Similar:
    """(links, links): the cosine that their codes would have, from the plain text and the published weights."""
    rows = [weighted(each, speaker, shipped().evidence) for each in links]
    index = {feature: k for k, feature in enumerate(sorted({feature for row in rows for feature in row}))}
    x = np.zeros((len(rows), len(index)))
    for line, row in zip(x, rows, strict=True):
        line[[index[feature] for feature in row]] = list(row.values())
    norms = np.maximum(np.sqrt((x**2).sum(axis=1)), WHOLE**0.5)
    return (x / norms[:, None]) @ (x / norms[:, None]).T


def by_frequency(codes: Codes, names: dict[str, str], groups: int = 10) -> tuple[int, float]:
    """How many of the codes get the name that they have, and how many would by chance.

    The largest group of alike codes is taken for the most common name (id to name), and so on. The attacker knows how
    common each name is on this very list, and draws the groups as large as the names are common.
    """
    common = Counter(names.values()).most_common(groups)
    alike = similar_codes(codes)
    free = np.ones(len(codes.ids), bool)
    hits, chance = 0, 0.0
    for name, count in common:
        close = np.where(free, np.sort(np.where(free, alike, -1), axis=1)[:, -count:].mean(axis=1), -1)
        centre = int(close.argmax())
        members = np.argsort(np.where(free, -alike[centre], 2))[:count]
        free[members] = False
        hits += sum(names.get(codes.ids[k]) == name for k in members.tolist())
        chance += count * count / len(codes.ids)
    return hits, chance


def by_graph(
    codes: Codes, held: Sequence[Features], speaker: Speaker, *, known: Sequence[int] = (), rounds: int = 15
) -> NDArray[np.intp]:
    """For each link that the attacker holds in plain text the code that they take it for, by its place.

    First by how alike each one is to its nearest, then again and again by how alike it is to those already placed.
    ``known`` are the places of the codes of the first few links, where the attacker has learned them elsewhere.
    """
    plain, coded = similar_links(held, speaker), similar_codes(codes)
    depth = max(2, min(len(plain), len(coded)) // 3)
    profile = [np.sort(each, axis=1)[:, ::-1][:, 1:depth] for each in (plain, coded)]
    apart = _apart(*profile)
    if known:
        apart = _apart(plain[:, : len(known)], coded[:, list(known)])
    for round_ in range(rounds):
        sure = _mutual(apart)
        gap = np.sort(apart, axis=1)
        margin = (gap[:, 1] - gap[:, 0])[sure[:, 0]]
        kept = sure[np.argsort(-margin)[: max(8, len(sure) * (round_ + 1) // rounds)]]
        apart = _apart(plain[:, kept[:, 0]], coded[:, kept[:, 1]])
    return np.asarray(apart.argmin(axis=1))


def _apart(a: Similar, b: Similar) -> Similar:
    """(rows of a, rows of b): the squared distance of each two rows."""
    return (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1)[None, :] - 2 * a @ b.T


def _mutual(apart: Similar) -> NDArray[np.intp]:
    """(n, 2): rows and columns that are nearest to each other."""
    best = apart.argmin(axis=1)
    rows = np.arange(len(best))
    rows = rows[apart.argmin(axis=0)[best] == rows]
    return np.stack([rows, best[rows]], axis=1)
