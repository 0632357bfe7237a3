# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns the weights of ``havre.engines.linkage`` from lists whose truth is known.

    python bench/train_linkage.py LISTS_DIR [LISTS_DIR ...]

1. A first guess: each link of list a chooses one link of list b, or a person of list b who has not named the child, or
   nobody (conditional logistic regression).
2. The constant of the mirror case, which no truth speaks of: what makes the children that Britain's links describe
   come out in the right number, less what being alone costs a relative.
3. What tells a child registered twice from a sibling.
4. All evidence on pairs again, as it is used: rivals on both sides compete, registrations of one child do not, siblings
   that are found are heard. The weights are those with which every feature is as frequent among the pairs that are
   proposed, each counted by its probability, as it is among the true ones.
5. Step 3 again, on what step 4 learned.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from logistic import LN2, constant_for, fit, fit_choice
from numpy.typing import NDArray

from havre.core.exchange import read_list
from havre.engines.linkage import weights as shipped_weights
from havre.engines.linkage.candidates import link_candidates, people_candidates
from havre.engines.linkage.columns import ListColumns, Prepared, prepare
from havre.engines.linkage.competition import Rivals, compete, groups_of, sum_by
from havre.engines.linkage.evidence import (
    OWN_KNOTS,
    OWN_RARITY_KNOTS,
    RELATIVES_KNOTS,
    YEAR_KNOTS,
    Block,
    grid,
)
from havre.engines.linkage.matching import SAME
from havre.engines.linkage.observer import Observer
from havre.engines.linkage.rarity import Rarities
from havre.engines.linkage.scoring import (
    CHUNK,
    Relatives,
    Scored,
    estimate_same,
    same_probability,
    score_people,
    score_same,
    sibling_block,
)
from havre.engines.linkage.weights import ALONE, TWICE, block_bits
from havre.words import Language

WEIGHTS = Path(__file__).parents[1] / "src/havre/engines/linkage/weights.json"
PULL = 3.0
"""How strongly a weight is drawn towards nought, so that what is rarely seen does not weigh much."""
PULL_SAME = 1.0
ROUNDS = 25
MOST_STEP = 2.0
GAPS_AT_MOST = (0.0, -3.0, -6.0, -6.0)
"""Bits of the gaps of 3.5, 6, 10 and 18 years: so large ones are rarely among the candidates to learn from."""
LEAST_STEP = 0.02
LEAST_DOUBT = 1e-5
SIBLINGS = ("sibling found", "second relative found")
APART = (
    *grid("own name", OWN_KNOTS, OWN_RARITY_KNOTS),
    *grid("own name, worse way", OWN_KNOTS),
    "another day",
    *grid("relatives", RELATIVES_KNOTS),
)
"""What is learned of registrations of one child only."""
Truth = set[tuple[int, int]]


@dataclass(frozen=True)
class Lists:
    """Two lists and their truth, as pairs of indices into the prepared lists."""

    prepared: Prepared
    observer: Observer
    rarities: Rarities
    links: Truth
    people: Truth
    same: Truth


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

    def truth(name: str, first: dict[str, int], second: dict[str, int]) -> Truth:
        with (folder / name).open(encoding="utf8", newline="") as file:
            return {(first[x], second[y]) for x, y in list(csv.reader(file))[1:]}

    rarities = Rarities.of(prepared)
    return Lists(
        prepared,
        Observer(prepared, rarities),
        rarities,
        truth("truth.csv", link_a, link_b),
        truth("truth_people.csv", link_a, person_b),
        {(min(pair), max(pair)) for pair in truth("truth_same.csv", person_a, person_a)},
    )


def true_of(i: Iterable[int], j: Iterable[int], truth: Truth) -> NDArray[np.bool_]:
    """(n,): which candidates are true."""
    return np.array([pair in truth for pair in zip(i, j, strict=True)], bool)


@dataclass(frozen=True)
class Table:
    """n candidates with their features: column ``at`` has the value ``share``, (n, few) each."""

    i: NDArray[np.intp]
    j: NDArray[np.intp]
    at: NDArray[np.int16]
    share: NDArray[np.float32]

    def dot(self, beta: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n,): the bits of each candidate."""
        return np.asarray((beta[self.at] * self.share).sum(axis=1))

    def sums(self, weight: NDArray[np.float64], size: int) -> NDArray[np.float64]:
        """(size,): each column added up, a candidate counted by its weight."""
        return np.bincount(self.at.ravel(), (self.share * weight[:, None]).ravel(), size)

    def dense(self, rows: NDArray[Any], size: int) -> NDArray[np.float32]:
        """Some rows with all their columns."""
        x = np.zeros((len(rows), size), np.float32)
        for at, share in zip(self.at[rows].T, self.share[rows].T, strict=True):
            x[np.arange(len(rows)), at] += share
        return x


class Columns:
    """The columns of features by name, numbered as they are met."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def table(
        self, i: NDArray[np.intp], j: NDArray[np.intp], *looks: Callable[..., Iterable[Block]]
    ) -> Table:
        """The candidates with all that is seen of them."""
        parts = []
        for low in range(0, len(i), CHUNK):
            some = slice(low, low + CHUNK)
            blocks = [block for look in looks for block in look(i[some], j[some])]
            numbers = [
                np.array([self.names.setdefault(name, len(self.names)) for name in block.names], np.int16)
                for block in blocks
            ]
            at = [number[block.at] for number, block in zip(numbers, blocks, strict=True)]
            parts.append((np.concatenate(at, axis=1), np.concatenate([b.share for b in blocks], axis=1)))
        return Table(i, j, *(np.concatenate([part[k] for part in parts]) for k in (0, 1)))


@dataclass(frozen=True)
class Seen:
    """All candidates of two lists, and which of them are true."""

    run: Lists
    links: Table
    people: Table
    true_links: NDArray[np.bool_]
    true_people: NDArray[np.bool_]

    @property
    def shares(self) -> tuple[float, float]:
        """The share of possible pairs that are true: of links, and of a link and a person."""
        a, b = self.run.prepared.a, self.run.prepared.b
        links, people = len(self.run.links), len(self.run.people)
        return links / (len(a.links) * len(b.links)), people / (len(a.links) * len(b.people))


def look(run: Lists, columns: Columns) -> Seen:
    """Looks at all candidates of two lists."""
    observer = run.observer
    i, j = link_candidates(run.prepared, run.rarities)
    k, m = people_candidates(run.prepared, run.rarities)
    links = columns.table(i, j, observer.links, observer.link_chain)
    people = columns.table(k, m, observer.people, observer.people_chain)
    print(len(run.prepared.a.links), "links of a", flush=True)
    return Seen(run, links, people, true_of(i, j, run.links), true_of(k, m, run.people))


def first_guess(seen: Sequence[Seen], size: int) -> tuple[NDArray[np.float64], float, float]:
    """Step 1: the weights of the columns, and the constants of links and of relatives who have named nobody."""
    xs, ys, groups, offsets, base = [], [], [], [], 0
    for each in seen:
        a, b = each.run.prepared.a, each.run.prepared.b
        kinds = (
            (each.links, each.true_links, len(b.links), 0),
            (each.people, each.true_people, len(b.people), 1),
        )
        for table, true, others, alone in kinds:
            # Every true one, and every tenth of the others, which then stands for ten.
            rows = np.flatnonzero(true | (np.random.default_rng(len(xs)).random(len(true)) < 0.1))
            x = table.dense(rows, size + 1)
            x[:, size] = alone
            xs.append(x)
            ys.append(true[rows])
            groups.append(table.i[rows] + base)
            offsets.append(np.where(true[rows], 0, np.log2(10)) - np.log2(others))
        base += len(a.links)
    parts = (np.concatenate(each) for each in (xs, ys, groups, offsets))
    beta = fit_choice(*parts, pull=PULL)
    links = sum(len(each.run.prepared.a.links) for each in seen)
    paired = np.log2(sum(len(each.run.links) for each in seen) / links)
    alone = np.log2(sum(len(each.run.people) for each in seen) / links)
    return beta[:size], -paired, beta[size] - alone


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
            scored = score_people(prepared, observer, run.rarities)
            prior = np.log2(len(truth) / (len(prepared.a.links) * len(prepared.b.people)))
            found = int(true_of(scored.i, scored.j, truth).sum())
            constants[side].append(constant_for(scored.evidence + prior, scored.i, found))
    identity, child = (float(np.mean(each)) for each in constants)
    return child - (identity - relative)


def learn_same(runs: Sequence[Lists]) -> dict[str, float]:
    """Steps 3 and 5: the constant ("same"), and what own names, days of birth and relatives say."""
    xs, ys, offsets = [], [], []
    for run in runs:
        people = len(run.prepared.a.people)
        scored, blocks = same_blocks(run)
        apart = [block.values for block in blocks if set(block.names) <= set(APART)]
        others = [block_bits(block) for block in blocks if not set(block.names) <= set(APART)]
        xs.append(np.column_stack([np.ones(len(scored.i), np.float32), *apart]))
        ys.append(true_of(scored.i, scored.j, run.same))
        offsets.append(np.sum(others, axis=0) + np.log2(len(run.same) / (people * (people - 1) / 2)))
    beta = fit(np.concatenate(xs), np.concatenate(ys), offset=np.concatenate(offsets), pull=PULL_SAME)
    return dict(zip(("same", *APART), beta.tolist(), strict=True))


def same_blocks(run: Lists) -> tuple[Scored, list[Block]]:
    """The candidates of list a with itself, and all that is seen of them."""
    prepared = replace(run.prepared, b=run.prepared.a)
    observer = run.observer.within(prepared.a)
    scored = score_same(prepared, observer, run.rarities)
    relatives = Relatives(prepared.a, observer)
    return scored, [*observer.same(scored.i, scored.j), *relatives.same(scored.i, scored.j)]


@dataclass(frozen=True)
class Lack:
    """What is lacking with some weights."""

    gradient: NDArray[np.float64]
    """(columns,): each feature among the true pairs, less that among the proposed."""
    hessian: NDArray[np.float64]
    counts: NDArray[np.float64]
    """(2,): true pairs less proposed ones, of links and of links with a person."""
    doubt: NDArray[np.float64]
    """(2,): p (1 - p), added up."""


class Together:
    """Step 4 on two lists: what is proposed with some weights, and what that lacks of the truth."""

    def __init__(self, seen: Seen, columns: Columns) -> None:
        run = seen.run
        self._seen, self._size = seen, len(columns.names)
        self._siblings = [columns.names[name] for name in SIBLINGS]
        mirror = run.observer.swapped()
        i, j = people_candidates(run.prepared.swapped(), run.rarities)
        self._mirror = columns.table(i, j, mirror.people, mirror.people_chain)
        self._groups = [self._grouped(run, each) for each in (run.prepared.a, run.prepared.b)]

    @staticmethod
    def _grouped(run: Lists, lst: ListColumns) -> NDArray[np.intp]:
        scored = score_same(replace(run.prepared, a=lst, b=lst), run.observer.within(lst), run.rarities)
        people = len(lst.people)
        share = estimate_same(scored, people, 2 * TWICE / people)
        sure = same_probability(scored, share)[1] >= SAME
        return groups_of(people, scored.i[sure], scored.j[sure])

    def lack(self, beta: NDArray[np.float64], priors: tuple[float, float, float]) -> Lack:
        """How much less of each feature is proposed than true, and how that changes with the weights."""
        seen, run = self._seen, self._seen.run
        bits, people = seen.links.dot(beta), seen.people.dot(beta)
        first, _ = self._compete(bits, people, beta, priors)
        siblings = sibling_block(
            run.prepared,
            Scored(seen.links.i, seen.links.j, bits),
            first,
            children_first=run.observer.children_first,
        ).share.astype(np.float64)
        p, alone = self._compete(bits + siblings @ beta[self._siblings], people, beta, priors)
        missing, missing_people = seen.true_links - p, seen.true_people - alone
        gradient = seen.links.sums(missing, self._size) + seen.people.sums(missing_people, self._size)
        gradient[self._siblings] += missing @ siblings
        hessian = np.zeros((self._size, self._size))
        for table, each, more in ((seen.links, p, siblings), (seen.people, alone, None)):
            rows = np.flatnonzero(each * (1 - each) > LEAST_DOUBT)
            x = table.dense(rows, self._size)
            if more is not None:
                x[:, self._siblings] = more[rows]
            hessian += (x * (each * (1 - each))[rows, None]).T @ x
        counts = np.array([missing.sum(), missing_people.sum()])
        return Lack(gradient, hessian, counts, np.array([(p * (1 - p)).sum(), (alone * (1 - alone)).sum()]))

    def _compete(
        self,
        bits: NDArray[np.float64],
        people: NDArray[np.float64],
        beta: NDArray[np.float64],
        priors: tuple[float, float, float],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Probabilities of the pairs of links, and of links with a person."""
        seen, (a, b) = self._seen, (self._seen.run.prepared.a, self._seen.run.prepared.b)
        share, share_people = seen.shares
        links, relative, child = priors
        odds = np.exp2(np.clip(people + relative + np.log2(share_people), -60, 60))
        mirror = self._mirror.dot(beta) + child + np.log2(ALONE / len(a.people))
        p, weight, _ = compete(
            Rivals(
                i=seen.links.i,
                j=seen.links.j,
                bits=bits + links + np.log2(share),
                alone_a=sum_by(seen.people.i, odds, len(a.links)),
                alone_b=sum_by(self._mirror.i, np.exp2(np.clip(mirror, -60, 60)), len(b.links)),
                person_a=a.declarant,
                person_b=b.declarant,
                group_a=self._groups[0],
                group_b=self._groups[1],
            )
        )
        return p, odds / weight[seen.people.i]


def learn_together(
    runs: Sequence[Together], beta: NDArray[np.float64], priors: tuple[float, float, float]
) -> tuple[NDArray[np.float64], tuple[float, float, float]]:
    """Step 4: weights and constants with which nothing is lacking, but for the pull."""
    for turn in range(ROUNDS):
        found = [run.lack(beta, priors) for run in runs]
        gradient = sum(each.gradient for each in found) - PULL * beta * LN2
        hessian = sum(each.hessian for each in found) + PULL * np.eye(len(beta))
        step = np.linalg.solve(hessian, gradient) / LN2
        step *= min(1.0, MOST_STEP / np.abs(step).max())
        beta = beta + step
        counts = sum(each.counts for each in found) / sum(each.doubt for each in found) / LN2
        priors = (priors[0] + 0.5 * counts[0], priors[1] + 0.5 * counts[1], priors[2])
        print(
            turn,
            "largest step",
            np.abs(step).max().round(3),
            "missing",
            sum(e.counts for e in found).round(1),
            flush=True,
        )
        if np.abs(step).max() < LEAST_STEP:
            break
    return beta, priors


def assumed(evidence: dict[str, float]) -> dict[str, float]:
    """Weights of what the lists never hold: a day of birth that both sides know, a phone of the child's own.

    The same day weighs what no years apart weigh and 6 bits more: one day in a year is 8.5, less what clerks mistake.
    A larger gap of years never weighs more than a smaller one, and ten speak clearly against a pair, without a veto.
    The child's phone weighs as the relative's; any other relation that fits, as the least of those that were seen.
    """
    days = {f"{who} same day": evidence[f"{who} years apart 0"] + 6 for who in ("child", "relative")}
    phones = {
        f"child phone {how}": evidence[f"relative phone {how}"] for how in ("same", "nearly same", "another")
    }
    gaps = {}
    for who in ("child", "relative"):
        far = [f"{who} years apart {knot:g}" for knot in YEAR_KNOTS[4:]]
        falling = {name: min(evidence[each] for each in far[: k + 1]) for k, name in enumerate(far)}
        gaps |= {name: min(falling[name], most) for name, most in zip(far, GAPS_AT_MOST, strict=True)}
    fits = [bits for name, bits in evidence.items() if name.startswith("relation fits") and bits]
    return gaps | days | phones | {"relation fits, other": min(fits)}


def keep(evidence: dict[str, float], prior: dict[str, float]) -> None:
    """Writes the weights so far, and lets the engine weigh with them."""
    rounded = {
        kind: {name: round(float(bits), 2) for name, bits in each.items()}
        for kind, each in (("evidence", evidence), ("prior", prior))
    }
    WEIGHTS.write_text(json.dumps(rounded, indent=0) + "\n", "utf8")
    shipped_weights.shipped.cache_clear()


def main() -> None:
    """Learns step by step; each step weighs with what the steps before it learned."""
    runs = [load(Path(folder)) for folder in sys.argv[1:]]
    columns = Columns()
    seen = [look(run, columns) for run in runs]
    for name in SIBLINGS:
        columns.names.setdefault(name, len(columns.names))
    beta, links, relative = first_guess(seen, len(columns.names))
    evidence = dict(zip(columns.names, beta.tolist(), strict=True)) | dict.fromkeys(APART, 0.0)
    evidence |= assumed(evidence)
    prior = {"links": links, "relative": relative, "child": 0.0, "same": 0.0}
    keep(evidence, prior)
    prior["child"] = learn_mirror(runs, relative)
    keep(evidence, prior)
    learn_apart(runs, evidence, prior)
    together = [Together(each, columns) for each in seen]
    beta, (links, relative, _) = learn_together(together, beta, (links, relative, prior["child"]))
    evidence |= dict(zip(columns.names, beta.tolist(), strict=True))
    evidence |= assumed(evidence)
    prior |= {"links": links, "relative": relative}
    keep(evidence, prior)
    learn_apart(runs, evidence, prior)
    print(prior, flush=True)


def learn_apart(runs: Sequence[Lists], evidence: dict[str, float], prior: dict[str, float]) -> None:
    """Learns of registrations of one child, and keeps it."""
    same = learn_same(runs)
    prior["same"] = same.pop("same")
    evidence |= same
    keep(evidence, prior)


if __name__ == "__main__":
    main()
