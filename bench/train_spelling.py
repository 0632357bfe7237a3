# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns the weights of ``havre.engines.names.spelling`` from pairs of spellings, by expectation-maximisation.

    python bench/train_spelling.py NAME_PAIRS.csv.gz NAME_PAIRS_HARD.csv.gz

writes the spelling part of ``src/havre/engines/names/weights.json``. Hard (Viterbi) EM: align, count, weigh, again.
``nk_person`` is never read.
"""

import csv
import gzip
import json
import math
import random
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from havre.engines.names.encode import _CLASSES, _VOWELS, script, units
from havre.engines.names.normalise import Script, fold
from havre.engines.names.parse import name_words
from havre.engines.names.spelling import (
    FINAL,
    INITIAL,
    INSIDE,
    TABLES,
    SpellingWeights,
    align,
    in_order,
    score_words,
)

WEIGHTS = Path(__file__).parents[1] / "src/havre/engines/names/weights.json"
ROUNDS = 5
STRENGTH = 8.0  # how many observations the starting weights are worth
SAME_NAME = 12.0  # bits of deficit up to which two aligned words are taken for one name


def development(a: str, b: str) -> bool:
    """Whether a pair is kept for development: one in five pairs. Other spellings of its names may stand in training."""
    return zlib.crc32(" ".join(sorted((fold(a), fold(b)))).encode()) % 5 == 0


def read(paths: Iterable[str], *, positive_only: bool = True) -> Iterator[dict[str, str]]:
    """The rows of some files of name pairs, without the set that is never trained on."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf8") as file:
            for row in csv.DictReader(file):
                if row["set"] != "nk_person" and (not positive_only or row["label"] == "1"):
                    yield row


def start(all_units: list[str]) -> SpellingWeights:
    """What a reader of the letter tables would say before seeing a single pair."""
    n = len(all_units)
    change = np.full((n, n), -5.0, np.float32)
    for i, x in enumerate(all_units):
        for j, y in enumerate(all_units):
            if x == y:
                change[i, j] = 4.0
            elif set(_CLASSES.get(x, "")) & set(_CLASSES.get(y, "")):
                change[i, j] = 2.5
            elif (x in _VOWELS and y in _VOWELS) or {x, y} <= set("hحه") or {x, y} <= set("wvuoو"):
                change[i, j] = 1.0
    gap = np.array([-0.7 if x in _VOWELS or x in "hحهعو" else -4.5 for x in all_units], np.float32)
    left_out = np.broadcast_to(gap[:, None], (len(TABLES), 2, n, 3)).copy()
    tables = np.stack([change] * len(TABLES))
    usual = np.broadcast_to(change.max(axis=1) - 0.5, (len(TABLES), 2, n)).copy()
    return SpellingWeights({u: i for i, u in enumerate(all_units)}, -3.0, tables, left_out, usual)


def word_pairs(names: list[tuple[str, str]], weights: SpellingWeights) -> list[tuple[str, str]]:
    """Words of two spellings of one name that belong together: each word's best partner, both ways."""
    grid, where = [], []
    for a, b in names:
        wa, wb = name_words(a), name_words(b)
        where.append((len(grid), wa, wb))
        grid += [(x, y) for x in wa for y in wb]
    unique = list(dict.fromkeys(grid))
    deficits = dict(zip(unique, score_words(unique, weights)[1].tolist(), strict=True))
    found = []
    for _, wa, wb in where:
        for x in wa:
            y = min(wb, key=lambda y: deficits[x, y])
            if min(wa, key=lambda z: deficits[z, y]) == x and deficits[x, y] < SAME_NAME:
                found.append((x, y))
    return found


class Counts:
    """How often each step was seen, with how many bits, in the alignments of words that are one name."""

    def __init__(self, first: SpellingWeights) -> None:
        n = len(first.units)
        self.units = first.units
        self.change = np.zeros((len(TABLES), n, n))
        self.out = np.zeros((len(TABLES), 2, n, 3))
        self.seen = np.ones((len(TABLES), 2, n))
        self.bits = STRENGTH * first.usual.astype(float)
        self.weighed = np.full((len(TABLES), 2, n), STRENGTH)

    def add(self, x: str, y: str, times: float, old: SpellingWeights) -> None:
        """Two words that are one name, seen so many times."""
        times = min(times, 1 + math.log2(times))  # common names must not drown the rest
        if x == y:  # the same letters teach little of how clerks differ
            times *= 0.2
        _, _, table = in_order(x, y)
        steps = align(x, y, old)
        for k, step in enumerate(steps):
            place = INITIAL if k == 0 else FINAL if k == len(steps) - 1 else INSIDE
            sides = [[self.units.get(unit, 0) for unit in units_] for units_ in (step.a, step.b)]
            for side, each in enumerate(sides):
                share = 2 if len(sides[0]) != len(sides[1]) else 1 / len(each)
                for unit in each:
                    self.bits[table, side, unit] += times * step.bits * share
                    self.weighed[table, side, unit] += times
                self.seen[table, side, each] += times
            if len(sides[0]) == len(sides[1]) == 1:
                self.change[table, sides[0][0], sides[1][0]] += times
            elif len(sides[0]) != len(sides[1]):
                side = 0 if sides[0] else 1
                self.out[table, side, sides[side][0], place] += times

    def settle(self) -> None:
        """Latin against Latin has no sides."""
        self.change[0] = (self.change[0] + self.change[0].T) / 2
        for counts in (self.out, self.seen, self.bits, self.weighed):
            counts[0] = counts[0].mean(axis=0)


def reestimate(pairs: list[tuple[str, str]], old: SpellingWeights, first: SpellingWeights) -> SpellingWeights:
    """The weights that the alignments under the old ones ask for, pulled towards the first ones."""
    counts = Counts(first)
    for (x, y), times in Counter(pairs).items():
        counts.add(x, y, times, old)
    counts.settle()
    change, out = np.zeros_like(counts.change), np.zeros_like(counts.out)
    for t in range(len(TABLES)):
        q = counts.seen[t] / counts.seen[t].sum(axis=1, keepdims=True)
        total = counts.change[t].sum() + counts.out[t].sum()
        prior = 2.0 ** first.change[t].astype(float)
        # A prior of STRENGTH observations a unit, shared as the starting weights say.
        mass = STRENGTH * prior / (prior.sum(axis=1, keepdims=True) + prior.sum(axis=0, keepdims=True))
        expected = total * np.outer(q[0], q[1])
        change[t] = np.log2((counts.change[t] + mass * 0.5) / (expected + mass * 0.5 / prior))
        for place, share in ((INITIAL, 0.16), (INSIDE, 0.62), (FINAL, 0.22)):
            prior_out = 2.0 ** first.left_out[t, :, :, place].astype(float)
            k = STRENGTH / 3
            out[t, :, :, place] = np.log2(
                (counts.out[t, :, :, place] + k * prior_out) / (q * total * share + k)
            )
    return SpellingWeights(
        old.units,
        old.swap,
        np.clip(change, -6, 9).astype(np.float32),
        np.clip(out, -6, 1).astype(np.float32),
        (counts.bits / counts.weighed).astype(np.float32),
    )


def arabic_to_arabic(w: SpellingWeights) -> None:
    """Two spellings in Arabic script: mostly the same letter, else one that Latin clerks write the same way."""
    cross = 2.0 ** w.change[1].astype(float)
    through = cross.T @ cross
    norm = np.sqrt(np.outer(np.diag(through), np.diag(through))) + 1e-9
    likeness = through / norm
    w.change[3] = np.clip(np.log2(likeness + 1e-3) * 0.8 + 1.5, -6, 2.5)
    np.fill_diagonal(w.change[3], w.change[0].diagonal())
    arabic = [i for u, i in w.units.items() if u and script(u) is Script.ARABIC]
    w.change[3][arabic, arabic] = 4.5
    w.usual[3] = w.usual[0]
    w.usual[3][:, arabic] = 4.0
    w.left_out[3] = np.clip(w.left_out[1][1][None] - 0.5, -6, -0.5)


def main() -> None:
    """Learns from all but the development part, writes the weights."""
    rows = [r for r in read(sys.argv[1:]) if not development(r["a"], r["b"])]
    random.Random(1).shuffle(rows)
    names = [(r["a"], r["b"]) for r in rows]
    words = {w for pair in names for name in pair for w in name_words(name)}
    counts = Counter(u for w in words for u in units(w))
    all_units = ["", *sorted(u for u, n in counts.items() if n >= 5)]
    first = weights = start(all_units)
    for round_ in range(ROUNDS):
        pairs = word_pairs(names, weights)
        weights = reestimate(pairs, weights, first)
        arabic_to_arabic(weights)
        print(round_, len(pairs), "pairs of words", flush=True)
    data = json.loads(WEIGHTS.read_text("utf8")) if WEIGHTS.exists() else {}
    data["spelling"] = {
        "units": all_units,
        "swap": weights.swap,
        "change": np.round(weights.change.astype(float), 1).tolist(),
        "left_out": np.round(weights.left_out.astype(float), 1).tolist(),
        "usual": np.round(weights.usual.astype(float), 1).tolist(),
    }
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf8")
    print(WEIGHTS.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
