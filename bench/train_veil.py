# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns the weights of ``havre.engines.veil`` from lists whose truth is known.

    python bench/train_veil.py LISTS_DIR [LISTS_DIR ...]

Each link of list a chooses one link of list b, or none (conditional logistic regression), by what the two share of each
attribute. What agrees may only speak for a pair, and what is known on both sides only against it, since that is what
directions can say (see ``weighted``); an attribute that would do otherwise is left out and the rest learned again.
"""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from logistic import fit_choice_of_many
from numpy.typing import NDArray

from havre.core.exchange import read_list
from havre.engines.linkage.candidates import link_candidates
from havre.engines.linkage.columns import prepare
from havre.engines.linkage.rarity import Rarities
from havre.engines.linkage.records import ShoreList
from havre.engines.veil.features import Features, Speaker, features_of
from havre.words import Language

WEIGHTS = Path(__file__).parents[1] / "src/havre/engines/veil/weights.json"
START = "start"
LEAST = 0.05
"""Bits below which an attribute is left out: it would fill the code and say nothing."""


@dataclass(frozen=True)
class Candidates:
    """n candidate pairs of two lists."""

    group: NDArray[np.intp]
    """(n,): the link of a."""
    true: NDArray[np.bool_]
    shared: list[dict[str, float]]
    """Attribute to what both links share of it."""
    links: tuple[int, int]


def shared(a: Features, b: Features) -> dict[str, float]:
    """Attribute to the sum of strength times strength over the features that both have."""
    found: dict[str, float] = {}
    for feature, strength in a.items():
        if feature in b:
            found[feature[0]] = found.get(feature[0], 0.0) + strength * b[feature]
    return found


def load(folder: Path) -> Candidates:
    """The candidates of two lists as in the benchmark data."""
    a, b = (
        read_list(folder / shore, language=Language.ENGLISH).shore_list for shore in ("france", "britain")
    )
    of_a, of_b = _features(a, Speaker.CHILDREN), _features(b, Speaker.RELATIVES)
    with (folder / "truth.csv").open(encoding="utf8", newline="") as file:
        truth = {(one, two) for one, two in list(csv.reader(file))[1:]}
    prepared = prepare(a, b)
    rows, columns = link_candidates(prepared, Rarities.of(prepared))
    ids = [
        (prepared.a.links[i].link_id, prepared.b.links[j].link_id)
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    print(folder.name, len(ids), "candidates", flush=True)
    return Candidates(
        rows,
        np.array([pair in truth for pair in ids]),
        [shared(of_a[one], of_b[two]) for one, two in ids],
        (len(a.links), len(b.links)),
    )


def _features(lst: ShoreList, speaker: Speaker) -> dict[str, Features]:
    return {said.link_id: said.features for said in features_of(lst, speaker)}


def learn(runs: Sequence[Candidates]) -> dict[str, float]:
    """Attribute (and START) to bits."""
    attributes = [START, *sorted({name for run in runs for row in run.shared for name in row})]
    at = {name: k for k, name in enumerate(attributes)}
    x = np.zeros((sum(len(run.true) for run in runs), len(attributes)), np.float32)
    for line, row in zip(x, (row for run in runs for row in run.shared), strict=True):
        for name, value in row.items():
            line[at[name]] = value
    x[:, 0] = 1
    y = np.concatenate([run.true for run in runs])
    base = np.cumsum([0, *(run.links[0] for run in runs)])
    group = np.concatenate([run.group + first for run, first in zip(runs, base, strict=False)])
    offset = np.concatenate([np.full(len(run.true), -np.log2(run.links[1])) for run in runs])
    kept = list(range(len(attributes)))
    while True:
        beta = fit_choice_of_many(x[:, kept], y, group, offset)
        good = [k == 0 or bits * (-1 if attributes[k].endswith("known") else 1) >= LEAST
                for k, bits in zip(kept, beta, strict=True)]  # fmt: skip
        if all(good):
            paired = y.sum() / sum(run.links[0] for run in runs)
            beta[0] -= np.log2(paired)
            return {attributes[k]: float(bits) for k, bits in zip(kept, beta, strict=True)}
        print(
            "left out:", *(attributes[k] for k, fine in zip(kept, good, strict=True) if not fine), flush=True
        )
        kept = [k for k, fine in zip(kept, good, strict=True) if fine]


def main() -> None:
    """Learns from all folders together."""
    learned = learn([load(Path(folder)) for folder in sys.argv[1:]])
    start = round(learned.pop(START), 2)
    evidence = {name: round(bits, 2) for name, bits in learned.items()}
    WEIGHTS.write_text(json.dumps({"evidence": evidence, "start": start}, indent=0) + "\n", "utf8")
    print(start, evidence, flush=True)


if __name__ == "__main__":
    main()
