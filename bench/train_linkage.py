# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns the weights of ``havre.engines.linkage`` from lists whose truth is known.

    python bench/train_linkage.py LISTS_DIR [LISTS_DIR ...]

Each link of list a chooses one link of list b, or a person of list b who has not named the child, or nobody
(conditional logistic regression; the prior is an offset, so that the weights do not depend on the size of a list).
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np

import sys as _s; _s.path.insert(0,"/tmp"); from load import load as read_for_training
from havre.engines.linkage.candidates import link_candidates, people_candidates
from havre.engines.linkage.columns import prepare
from havre.engines.linkage.evidence import Observer
from havre.engines.linkage.rarity import Rarities

LN2 = float(np.log(2))
WEIGHTS = Path(__file__).parents[1] / "src/havre/engines/linkage/weights.json"


def fit_in_two(x, y, group, offset, seed=1):
    """``fit_choice`` on a tenth of the wrong candidates, then on all that come near and a tenth of the rest."""
    rng = np.random.default_rng(seed)
    tenth = rng.random(len(y)) < 0.1
    beta = fit_sampled(x, y, group, offset, y | tenth, y)
    near = y | (offset + x @ beta > -14)
    print("near", near.sum(), flush=True)
    return fit_sampled(x, y, group, offset, near | tenth, near)


def fit_sampled(x, y, group, offset, kept, sure):
    """``fit_choice`` on the kept rows; those that are not sure stand for ten."""
    return fit_choice(x[kept], y[kept], group[kept], (offset + np.where(sure, 0, np.log2(10)))[kept])


def fit_choice(x, y, group, offset, pull=3.0, rounds=25):
    """Weights in bits: within each group p is proportional to 2 ** (offset + x @ w), against 1 for nobody."""
    order = np.argsort(group, kind="stable")
    x, y, group, offset = x[order], y[order], group[order], offset[order] * LN2
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    sizes = np.diff(np.r_[starts, len(group)])
    k = x.shape[1]
    beta = np.zeros(k)

    def probabilities(beta):
        e = np.exp(np.clip(x @ beta + offset, -60, 60))
        return e / np.repeat(1 + np.add.reduceat(e, starts), sizes)

    def loss(beta):
        s = np.clip(x @ beta + offset, -60, 60)
        return np.log1p(np.add.reduceat(np.exp(s), starts)).sum() - s[y].sum() + pull / 2 * (beta @ beta)

    now = loss(beta)
    for _ in range(rounds):
        p = probabilities(beta)
        gradient = x.T @ (y - p) - pull * beta
        mean = np.add.reduceat(x * p[:, None], starts, axis=0)
        hessian = (x * p[:, None]).T @ x - mean.T @ mean + pull * np.eye(k)
        step = np.linalg.solve(hessian, gradient)
        size = 1.0
        while size > 1e-3 and (after := loss(beta + size * step)) > now:
            size /= 2
        beta = beta + size * step
        if now - after < 1e-3:
            break
        now = after
    print("loss", now, flush=True)
    return beta / LN2


def truth(folder: Path, name: str) -> set[tuple[str, ...]]:
    with (folder / name).open(encoding="utf8") as file:
        return {tuple(row.values()) for row in csv.DictReader(file)}


def observe(folder: Path):
    """Feature columns by name for both kinds of candidate of one folder of lists."""
    a, b = read_for_training(folder / "france"), read_for_training(folder / "britain")
    prepared = prepare(a, b)
    rarities = Rarities.of(prepared)
    observer = Observer(prepared, rarities)
    links, people = truth(folder, "truth.csv"), truth(folder, "truth_people.csv")
    i, j = link_candidates(prepared, rarities)
    yield "links", i, j, list(observer.links(i, j)), np.array(
        [(prepared.a.links[x].link_id, prepared.b.links[y].link_id) in links for x, y in zip(i, j, strict=True)]
    ), prepared
    i, j = people_candidates(prepared, rarities)
    yield "people", i, j, list(observer.people(i, j)), np.array(
        [(prepared.a.links[x].link_id, prepared.b.people[y].person_id) in people for x, y in zip(i, j, strict=True)]
    ), prepared


def stack(blocks, columns):
    """One matrix (n, columns); a feature that stands in two blocks is added up."""
    at = {name: k for k, name in enumerate(columns)}
    x = np.zeros((len(blocks[0].values), len(columns)), np.float32)
    for block in blocks:
        for k, name in enumerate(block.names):
            x[:, at[name]] += block.values[:, k]
    return x


def main() -> None:
    runs = [run for folder in sys.argv[1:] for run in observe(Path(folder))]
    columns = list(dict.fromkeys(name for run in runs for block in run[3] for name in block.names)) + ["only the person"]
    xs, ys, groups, offsets, base = [], [], [], [], 0
    for kind, i, _, blocks, y, prepared in runs:
        x = stack(blocks, columns)
        x[:, -1] = kind == "people"
        size = len(prepared.b.links) if kind == "links" else len(prepared.b.people)
        xs.append(x), ys.append(y), groups.append(i + base)
        offsets.append(np.full(len(i), -np.log2(size)))
        base += len(prepared.a.links) if kind == "people" else 0  # links and people compete in one group
        print(kind, x.shape, y.sum(), flush=True)
    np.savez("/tmp/linkage.npz", columns=np.array(columns), **{f"{n}{k}": v for n, vs in (("x", xs), ("y", ys), ("g", groups), ("o", offsets)) for k, v in enumerate(vs)})
    return
    beta = fit_in_two(np.concatenate(xs), np.concatenate(ys), np.concatenate(groups), np.concatenate(offsets))
    data = json.loads(WEIGHTS.read_text("utf8")) if WEIGHTS.exists() else {}
    data["evidence"] = {name: round(float(w), 2) for name, w in zip(columns, beta, strict=True)}
    WEIGHTS.write_text(json.dumps(data, indent=0) + "\n", "utf8")


if __name__ == "__main__":
    main()
