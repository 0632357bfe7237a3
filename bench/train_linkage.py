# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns the weights of ``havre.engines.linkage`` from lists whose truth is known.

    python bench/train_linkage.py LISTS_DIR [LISTS_DIR ...]

1. Each link of list a chooses one link of list b, or a person of list b who has not named the child, or nobody
   (conditional logistic regression; the prior is an offset, so that the weights do not depend on the size of a list).
2. The constant of the mirror case, which no truth speaks of: what makes the children that Britain's links describe
   come out in the right number, less what being alone costs a relative.
3. What tells a child registered twice from a sibling.
4. What names that child and relative share are worth, and a sibling who is found.
"""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from logistic import constant_for, fit, fit_choice, fit_choice_of_many
from numpy.typing import NDArray

from havre.core.exchange import read_list
from havre.engines.linkage import weights as shipped_weights
from havre.engines.linkage.candidates import link_candidates, people_candidates
from havre.engines.linkage.columns import Prepared, prepare
from havre.engines.linkage.evidence import CHAIN_KNOTS, YEAR_KNOTS, Block, grid
from havre.engines.linkage.matching import _Match
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.rarity import Rarities
from havre.engines.linkage.scoring import score_people, score_same, sibling_block
from havre.words import Language

WEIGHTS = Path(__file__).parents[1] / "src/havre/engines/linkage/weights.json"
ALONE = "only the person"
SECOND_LOOK = (
    "sibling found",
    "second relative found",
    *grid("paternal chain", CHAIN_KNOTS),
    *grid("other chain", CHAIN_KNOTS),
)


@dataclass(frozen=True)
class Lists:
    """Two lists and their truth, as pairs of indices into the prepared lists."""

    prepared: Prepared
    observer: Observer
    links: set[tuple[int, int]]
    people: set[tuple[int, int]]
    same: set[tuple[int, int]]


def load(folder: Path) -> Lists:
    """Lists as in the benchmark data: two shores, and what is true of them."""
    a, b = (
        read_list(folder / shore, language=Language.ENGLISH).shore_list for shore in ("france", "britain")
    )
    prepared = prepare(a, b)
    link_a, link_b = (
        {link.link_id: i for i, link in enumerate(lst.links)} for lst in (prepared.a, prepared.b)
    )
    person_a, person_b = (
        {p.person_id: i for i, p in enumerate(lst.people)} for lst in (prepared.a, prepared.b)
    )

    def truth(name: str, first: dict[str, int], second: dict[str, int]) -> set[tuple[int, int]]:
        with (folder / name).open(encoding="utf8", newline="") as file:
            return {(first[x], second[y]) for x, y in list(csv.reader(file))[1:]}

    return Lists(
        prepared,
        Observer(prepared, Rarities.of(prepared)),
        truth("truth.csv", link_a, link_b),
        truth("truth_people.csv", link_a, person_b),
        {(min(pair), max(pair)) for pair in truth("truth_same.csv", person_a, person_a)},
    )


def true_of(i: Iterable[int], j: Iterable[int], truth: set[tuple[int, int]]) -> NDArray[np.bool_]:
    """(n,): which candidates are true."""
    return np.array([pair in truth for pair in zip(i, j, strict=True)], bool)


def stack(blocks: Sequence[Block], columns: dict[str, int]) -> NDArray[np.float32]:
    """One matrix (n, columns); a feature that stands in two blocks is added up."""
    x = np.zeros((len(blocks[0].values), len(columns)), np.float32)
    for block in blocks:
        for k, name in enumerate(block.names):
            x[:, columns.setdefault(name, len(columns))] += block.values[:, k]
    return x


def learn_evidence(runs: Sequence[Lists]) -> dict[str, Any]:
    """Step 1: the weights of the evidence, and the constants of both kinds of pair."""
    parts = []
    for base, run in zip(np.cumsum([0, *(len(run.prepared.a.links) for run in runs)]), runs, strict=False):
        a, b = run.prepared.a, run.prepared.b
        i, j = link_candidates(run.prepared, Rarities.of(run.prepared))
        parts.append(
            (list(run.observer.links(i, j)), true_of(i, j, run.links), i + base, len(b.links), False)
        )
        i, j = people_candidates(run.prepared, Rarities.of(run.prepared))
        parts.append(
            (list(run.observer.people(i, j)), true_of(i, j, run.people), i + base, len(b.people), True)
        )
        print(len(a.links), "links of a", flush=True)
    columns = {name: None for blocks, *_ in parts for block in blocks for name in block.names}
    at = {name: k for k, name in enumerate([*columns, ALONE])}
    x = np.concatenate([stack(blocks, at) for blocks, *_ in parts])
    x[:, -1] = np.concatenate([np.full(len(y), alone) for _, y, _, _, alone in parts])
    y, group = (np.concatenate([part[k] for part in parts]) for k in (1, 2))
    offset = np.concatenate([np.full(len(y), -np.log2(size)) for _, y, _, size, _ in parts])
    beta = dict(zip(at, fit_choice_of_many(x, y, group, offset).tolist(), strict=True))
    links = sum(len(run.prepared.a.links) for run in runs)
    paired = np.log2(sum(len(run.links) for run in runs) / links)
    alone = np.log2(sum(len(run.people) for run in runs) / links)
    return {"evidence": beta, "prior": {"links": -paired, "relative": beta.pop(ALONE) - alone}}


def learn_mirror(runs: Sequence[Lists], relative: float) -> float:
    """Step 2: the constant of a link of b that speaks of a child who has not named the relative."""
    constants: list[list[float]] = [[], []]
    for run in runs:
        declarant = run.prepared.b.declarant
        persons = run.people | {(i, int(declarant[j])) for i, j in run.links}
        children = {(j, int(run.prepared.a.declarant[i])) for i, j in run.links}
        sides = (
            (run.prepared, run.observer, persons),
            (run.prepared.swapped(), run.observer.swapped(), children),
        )
        for side, (prepared, observer, truth) in enumerate(sides):
            scored = score_people(prepared, observer, Rarities.of(prepared))
            prior = np.log2(len(truth) / (len(prepared.a.links) * len(prepared.b.people)))
            found = int(true_of(scored.i, scored.j, truth).sum())
            constants[side].append(constant_for(scored.evidence + prior, scored.i, found))
    identity, child = (float(np.mean(each)) for each in constants)
    return child - (identity - relative)


def learn_same(runs: Sequence[Lists]) -> dict[str, float]:
    """Step 3: the constant, and the weights of what relatives, own name and day of birth say."""
    names = ("relatives bits", "another own name", "another day")
    xs, ys, offsets = [], [], []
    for run in runs:
        prepared = prepare_self(run.prepared)
        scored = score_same(prepared, run.observer.within(prepared.a), Rarities.of(run.prepared))
        at = [about for _, about in scored.blocks]
        apart = list(run.observer.within(prepared.a).same(scored.i, scored.j))[-1].values
        relatives = scored.bits[:, at.index("relatives")] / shipped_weights.shipped()["evidence"][names[0]]
        others = [k for k, about in enumerate(at) if about not in ("relatives", "apart")]
        people = len(prepared.a.people)
        xs.append(np.column_stack([np.ones(len(scored.i)), relatives, apart]))
        ys.append(true_of(scored.i, scored.j, run.same))
        offsets.append(
            scored.bits[:, others].sum(axis=1) + np.log2(len(run.same) / (people * (people - 1) / 2))
        )
    beta = fit(np.concatenate(xs), np.concatenate(ys), offset=np.concatenate(offsets), pull=0.1)
    return dict(zip(("same", *names), beta.tolist(), strict=True))


def prepare_self(prepared: Prepared) -> Prepared:
    """List a against itself."""
    return Prepared(prepared.a, prepared.a, prepared.names, prepared.places, prepared.nations)


def learn_second_look(folders: Sequence[Path]) -> dict[str, float]:
    """Step 4: what names that child and relative share are worth, and another pair of the same relative or child."""
    xs, ys, groups, offsets, base = [], [], [], [], 0
    columns: dict[str, int] = {}
    for folder in folders:
        run = load(folder)
        a, b = (
            read_list(folder / shore, language=Language.ENGLISH).shore_list for shore in ("france", "britain")
        )
        match = _Match(a, b, None, lambda _: None)
        p, _, _ = match._compete(match.weights)
        links, people = match._links, match._people
        siblings = sibling_block(run.prepared, links, p, children_first=match._observer.children_first)
        prior_links, prior_people, _ = match._priors(match.weights)
        chains = (
            match._observer.link_chain(links.i, links.j),
            match._observer.people_chain(people.i, people.j),
        )
        columns = {name: k for k, name in enumerate((*siblings.names, *chains[0].names))}
        xs += [stack([siblings, chains[0]], columns), stack([chains[1]], columns)]
        ys += [true_of(links.i, links.j, run.links), true_of(people.i, people.j, run.people)]
        groups += [links.i + base, people.i + base]
        offsets += [links.evidence + prior_links, people.evidence + prior_people]
        base += len(a.links)
    beta = fit_choice(*(np.concatenate(each) for each in (xs, ys, groups, offsets)), pull=1.0)
    return dict(zip(columns, beta.tolist(), strict=True))


def assumed(evidence: dict[str, float]) -> dict[str, float]:
    """Weights of what the lists never hold: a day of birth that both sides know, a phone of the child's own.

    The same day weighs what no years apart weigh and 6 bits more: one day in a year is 8.5, less what clerks mistake.
    A larger gap of years never weighs more than a smaller one. The child's phone weighs as the relative's; any
    other relation that fits, as the least of those that were seen.
    """
    days = {f"{who} same day": evidence[f"{who} years apart 0"] + 6 for who in ("child", "relative")}
    phones = {
        f"child phone {how}": evidence[f"relative phone {how}"] for how in ("same", "nearly same", "another")
    }
    gaps = {}
    for who in ("child", "relative"):
        far = [f"{who} years apart {knot:g}" for knot in YEAR_KNOTS[4:]]
        gaps |= {name: min(evidence[each] for each in far[: k + 1]) for k, name in enumerate(far)}
    fits = [bits for name, bits in evidence.items() if name.startswith("relation fits") and bits]
    return gaps | days | phones | {"relation fits, other": min(fits)}


def keep(data: dict[str, Any]) -> None:
    """Writes the weights so far, and lets the engine weigh with them."""
    rounded = {
        kind: {name: round(float(bits), 2) for name, bits in each.items()} for kind, each in data.items()
    }
    WEIGHTS.write_text(json.dumps(rounded, indent=0) + "\n", "utf8")
    shipped_weights.shipped.cache_clear()


def main() -> None:
    """Learns step by step; each step weighs with what the steps before it learned."""
    folders = [Path(folder) for folder in sys.argv[1:]]
    runs = [load(folder) for folder in folders]
    data = learn_evidence(runs)
    data["evidence"] |= {"relatives bits": 1.0, "another own name": 0.0, "another day": 0.0}
    data["evidence"] |= assumed(data["evidence"])
    data["evidence"] |= dict.fromkeys(SECOND_LOOK, 0.0)
    data["prior"] |= {"child": 0.0, "same": 0.0}
    keep(data)
    data["prior"]["child"] = learn_mirror(runs, data["prior"]["relative"])
    keep(data)
    same = learn_same(runs)
    data["prior"]["same"] = same.pop("same")
    data["evidence"] |= same
    keep(data)
    data["evidence"] |= learn_second_look(folders)
    keep(data)
    print(data["prior"], same, flush=True)


if __name__ == "__main__":
    main()
