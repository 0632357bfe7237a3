# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns the weights of ``havre.engines.names.compare`` (after ``train_spelling.py``), keeping a development split.

python bench/train_compare.py NAME_PAIRS.csv.gz NAME_PAIRS_HARD.csv.gz
"""

import json
import sys

import numpy as np
from logistic import fit
from train_spelling import WEIGHTS, development, read

from havre.engines.names.alignment import Names
from havre.engines.names.compare import FEATURES, features


def average_precision(bits, truth) -> tuple[float, float]:
    """Average precision, and recall at precision .95; ties count against us."""
    order = np.lexsort((truth, -bits))
    hit = truth[order]
    precision = np.cumsum(hit) / np.arange(1, len(hit) + 1)
    recall = np.cumsum(hit) / hit.sum()
    return float((precision * hit).sum() / hit.sum()), float(recall[precision >= 0.95].max(initial=0))


def main() -> None:
    """Learns from the training part, judges on the development part, writes the weights."""
    rows = list(read(sys.argv[1:], positive_only=False))
    names = Names(row[side] for row in rows for side in "ab")
    a, b = (np.array([names.index[row[side]] for row in rows], np.intp) for side in "ab")
    a, b = np.minimum(a, b), np.maximum(a, b)
    x = features(names, a, b, names.align(a, b))
    y = np.array([row["label"] == "1" for row in rows])
    held = np.array([development(row["a"], row["b"]) for row in rows])
    sets = np.array([row["set"] for row in rows])
    count = {each: int((sets == each).sum()) for each in set(sets)}
    share = np.array([4000 / count[each] for each in sets]) ** 0.5
    beta = fit(x[~held], y[~held], weight=share[~held], pull=2.0)
    bits = x @ beta
    for each in sorted(count):
        for part, name in ((held, "development"), (~held, "training")):
            here = (sets == each) & part
            print(f"{each:22} {name:12} ap %.4f r95 %.4f" % average_precision(bits[here], y[here]))
    print(
        "mean development ap",
        np.mean(
            [average_precision(bits[(sets == e) & held], y[(sets == e) & held])[0] for e in sorted(count)]
        ),
    )
    data = json.loads(WEIGHTS.read_text("utf8"))
    data["compare"] = {name: round(float(w), 2) for name, w in zip(FEATURES, beta, strict=True)}
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf8")
    print(data["compare"])


if __name__ == "__main__":
    main()
