# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judges what any tool says of the benchmark: see README.md beside this file.

    python -m bench.judge names PAIRS.csv[.gz] SCORES.csv
    python -m bench.judge lists FOLDER PAIRS.csv

The first prints a line a set of name pairs, the second the seven figures of a match of two lists.
"""

import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.measures import Couples, Proposal, f1, judge_pairs, rank
from bench.tables import figure, say, table

USAGE = (__doc__ or "").split("\n\n")[1]


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, compressed or not."""
    opened = gzip.open if path.suffix == ".gz" else Path.open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def couples(path: Path) -> Couples:
    """The pairs of ids in a file of truth, its first line a head."""
    return frozenset((first, second) for first, second in (row.values() for row in rows_of(path)))


def judge_names(pairs: Path, scores: Path) -> str:
    """A table: AP, recall at precision .95 and F1 at one half, of each set and of all together."""
    said = [float(row["probability"]) for row in rows_of(scores)]
    parts: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    known = [(row["set"], row["label"] == "1") for row in rows_of(pairs)]
    if len(known) != len(said):
        sys.exit(
            f"{scores}: {len(said)} scores for the {len(known)} pairs of {pairs}; write one row a pair, in order"
        )
    for (name, true), score in zip(known, said, strict=True):
        parts[name].append((score, true))
        parts["pooled"].append((score, true))
    lines = []
    for name, rows in sorted(parts.items(), key=lambda part: (part[0] == "pooled", part[0])):
        score, truth = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
        found = rank(score, truth)
        lines.append(
            (name, len(rows), figure(found.ap, 4), figure(found.recall, 4), figure(f1(score, truth), 4))
        )
    return table(("set", "pairs", "AP", "recall at precision .95", "F1 at .5"), lines)


def judge_lists(folder: Path, pairs: Path) -> str:
    """A table of one line: how good the proposals are against the truth of a folder."""
    proposals = (
        Proposal(row["link_a"], row["link_b"], row["person_b"], float(row["probability"]))
        for row in rows_of(pairs)
        if row["link_a"]
    )
    found = judge_pairs(proposals, couples(folder / "truth.csv"), couples(folder / "truth_people.csv"))
    head = ("AP", "recall at precision .95", "rank1", "rank5", "people5", "calibration", "log loss")
    values = (
        found.ap,
        found.recall,
        found.rank1,
        found.rank5,
        found.people5,
        found.calibration,
        found.logloss,
    )
    return table(head, [[figure(value, 4) for value in values]])


def main() -> None:
    """Prints a table, or how to ask for one."""
    match sys.argv[1:]:
        case ["names", pairs, scores]:
            say(judge_names(Path(pairs), Path(scores)))
        case ["lists", folder, pairs]:
            say(judge_lists(Path(folder), Path(pairs)))
        case _:
            sys.exit(USAGE)


if __name__ == "__main__":
    main()
