# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Codes: the match of two lists by somebody who sees neither, beside the open match of the same lists.

``python -m bench.veil LISTS`` measures this section alone.
"""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from bench.lists import SETS, Known, load, proposals
from bench.measures import Ranking, judge_pairs, rank
from bench.tables import Steps, figure, say, table
from havre.engines.linkage import match
from havre.engines.veil import Said, Speaker, encode, match_codes
from havre.engines.veil.matching import probabilities

KEY = sha256(b"a benchmark keeps no secret").digest()


@dataclass(frozen=True, slots=True)
class Veiled:
    """One set of lists, matched openly and by codes."""

    name: str
    links: tuple[int, int]
    open_ap: float
    every: Ranking
    """All pairs that are compared, as whoever matches ranks them."""
    told: Ranking
    """The pairs that come back."""
    count: int
    megabytes: float
    """Both files of codes."""
    encoding: float
    """CPU seconds."""
    matching: float


def ranked(
    found: Iterable[tuple[str, str, float]], own_a: dict[str, Said], own_b: dict[str, Said], known: Known
) -> tuple[Ranking, int]:
    """How good pairs of codes are, and how many there are; links that nobody said are thrown away, as the shores do."""
    pairs = [(own_a[x].link_id, own_b[y].link_id, p) for x, y, p in found if x in own_a and y in own_b]
    said = np.array([p for *_, p in pairs], float)
    hit = np.array([(one, two) in known.pairs for one, two, _ in pairs], bool)
    return rank(said, hit, missed=len(known.pairs) - int(hit.sum()), whole_ties=True), len(pairs)


def measure(name: str, folder: Path) -> Veiled:
    """Both matches of the lists of a folder."""
    known = load(folder)
    opened = judge_pairs(
        proposals(match(known.a, known.b, progress=Steps(f"{name}: open"))), known.pairs, known.people
    )
    start = time.process_time()
    codes_a, own_a = encode(known.a, KEY, Speaker.CHILDREN)
    codes_b, own_b = encode(known.b, KEY, Speaker.RELATIVES)
    encoding = time.process_time() - start
    start = time.process_time()
    told = match_codes(codes_a, codes_b, progress=Steps(f"{name}: codes"))
    matching = time.process_time() - start
    i, j, p = probabilities(codes_a, codes_b)
    compared = (
        (codes_a.ids[x], codes_b.ids[y], q)
        for x, y, q in zip(i.tolist(), j.tolist(), p.tolist(), strict=True)
    )
    every, _ = ranked(compared, own_a, own_b, known)
    back, count = ranked(((pair.code_a, pair.code_b, pair.probability) for pair in told), own_a, own_b, known)
    return Veiled(
        name=name,
        links=(len(known.a.links), len(known.b.links)),
        open_ap=opened.ap,
        every=every,
        told=back,
        count=count,
        megabytes=(len(codes_a.to_bytes()) + len(codes_b.to_bytes())) / 1e6,
        encoding=encoding,
        matching=matching,
    )


def bench_veil(folder: Path) -> None:
    """Prints the section on codes."""
    head = (
        "lists", "links a / b", "AP, open", "AP, codes", "recall at precision .95", "pairs told", "their AP",
        "codes, MB", "encode, CPU s", "match, CPU s",
    )  # fmt: skip
    rows = []
    for name in SETS:
        if (folder / name).is_dir():
            each = measure(name, folder / name)
            rows.append((
                name, f"{each.links[0]:,} / {each.links[1]:,}", figure(each.open_ap), figure(each.every.ap),
                figure(each.every.recall), f"{each.count:,}", figure(each.told.ap), f"{each.megabytes:.1f}",
                f"{each.encoding:.1f}", f"{each.matching:.1f}",
            ))  # fmt: skip
    say("## Lists that may not be shown to each other\n")
    say(table(head, rows))


if __name__ == "__main__":
    bench_veil(Path(sys.argv[1]))
