# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists: two shores whose truth is known, matched by Havre and by one similarity of both people's names."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.both_names import token_set_proposals
from bench.judge import couples
from bench.measures import Couples, PairsQuality, Proposal, Ranking, judge_pairs, rank
from bench.tables import Steps, apart, figure, peak_megabytes, say, table, tell
from havre.core.exchange import read_list
from havre.engines.linkage import Pair, ShoreList, match, match_self
from havre.engines.linkage.candidates import link_candidates, people_candidates
from havre.engines.linkage.columns import prepare
from havre.engines.linkage.rarity import Rarities
from havre.scenario import make_scenario
from havre.words import Language

SETS = {
    "calais": "held out from learning",
    "large": "learned from",
    "large-noisy": "learned from",
}
SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class Known:
    """Two lists and what is true of them."""

    a: ShoreList
    b: ShoreList
    pairs: Couples
    people: Couples
    same: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """How many candidates there are, and how many true pairs are among them."""

    links: float
    """Links of b a link of a."""
    links_recall: float
    people: float
    people_recall: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything about one set of lists."""

    name: str
    sizes: tuple[int, int, int, int]
    """People and links of a, people and links of b."""
    true: tuple[int, int, int]
    """True pairs of links, relatives without a link, children registered twice."""
    havre: PairsQuality
    rival: PairsQuality
    candidates: Candidates
    same: Ranking
    seconds_making: float
    seconds: float
    seconds_self: float
    megabytes: float


def load(folder: Path) -> Known:
    """The lists of a folder, and its truth."""

    a, b = (
        read_list(folder / shore, language=Language.ENGLISH).shore_list for shore in ("france", "britain")
    )
    same = frozenset(map(frozenset, couples(folder / "truth_same.csv")))
    return Known(a, b, couples(folder / "truth.csv"), couples(folder / "truth_people.csv"), same)


def imagine() -> Known:
    """The scenario that ``havre demo`` matches."""
    made = make_scenario()
    truth = made.truth
    same = frozenset(map(frozenset, truth.same))
    return Known(made.france, made.britain, frozenset(truth.pairs), frozenset(truth.people), same)


def proposals(pairs: Iterable[Pair]) -> list[Proposal]:
    """Pairs as the judge wants them: those that speak of a link of a."""
    return [Proposal(p.link_a, p.link_b, p.person_b, p.probability) for p in pairs if p.link_a]


def judge_same(pairs: Sequence[Pair], truth: frozenset[frozenset[str]]) -> Ranking:
    """How well registrations of one child are found."""
    said = np.array([pair.probability for pair in pairs], float)
    hit = np.array([frozenset((pair.person_a, pair.person_b)) in truth for pair in pairs], bool)
    return rank(said, hit, missed=len(truth) - int(hit.sum()), whole_ties=True)


def count_candidates(known: Known) -> Candidates:
    """The candidates that ``match`` compares."""
    prepared = prepare(known.a, known.b)
    rarities = Rarities.of(prepared)
    a, b = prepared.a, prepared.b
    i, j = link_candidates(prepared, rarities)
    k, m = people_candidates(prepared, rarities)
    links = {(a.links[x].link_id, b.links[y].link_id) for x, y in zip(i.tolist(), j.tolist(), strict=True)}
    people = {
        (a.links[x].link_id, b.people[y].person_id) for x, y in zip(k.tolist(), m.tolist(), strict=True)
    }
    size = max(1, len(a.links))
    return Candidates(
        len(links) / size,
        len(links & known.pairs) / max(1, len(known.pairs)),
        len(people) / size,
        len(people & known.people) / max(1, len(known.people)),
    )


def measure(name: str, folder: Path | None) -> Measured:
    """Everything about the lists of a folder, or about the scenario; in a process of its own, for the memory."""
    start = time.process_time()
    known = load(folder) if folder else imagine()
    making = time.process_time() - start
    start = time.process_time()
    pairs = match(known.a, known.b, progress=Steps(f"{name}: match"))
    matching = time.process_time() - start
    megabytes = peak_megabytes()
    start = time.process_time()
    same = match_self(known.a, progress=Steps(f"{name}: match --self"))
    matching_self = time.process_time() - start
    tell(f"{name}: candidates, and token_set_ratio on both people")
    rival = token_set_proposals(known.a, known.b)
    return Measured(
        name=name,
        sizes=(len(known.a.people), len(known.a.links), len(known.b.people), len(known.b.links)),
        true=(len(known.pairs), len(known.people), len(known.same)),
        havre=judge_pairs(proposals(pairs), known.pairs, known.people),
        rival=judge_pairs(rival, known.pairs, known.people),
        candidates=count_candidates(known),
        same=judge_same(same, known.same),
        seconds_making=making,
        seconds=matching,
        seconds_self=matching_self,
        megabytes=megabytes,
    )


def quality_table(all_measured: Sequence[Measured]) -> str:
    """Havre beside token_set_ratio, the seven figures of the judge."""
    head = (
        "lists", "AP", "recall at precision .95", "rank1", "rank5", "people5", "calibration", "logloss",
    )  # fmt: skip
    lines = []
    for each in all_measured:
        note = SETS.get(each.name)
        lines.append((f"{each.name}, Havre{f' ({note})' if note else ''}", *_ranks(each.havre),
                      figure(each.havre.calibration), figure(each.havre.logloss)))  # fmt: skip
        lines.append((f"{each.name}, token_set_ratio", *_ranks(each.rival), "-", "-"))
    return table(head, lines)


def _ranks(quality: PairsQuality) -> list[str]:
    return [
        figure(value) for value in (quality.ap, quality.recall, quality.rank1, quality.rank5, quality.people5)
    ]


def effort_table(all_measured: Sequence[Measured]) -> str:
    """Candidates, time and memory."""
    head = (
        "lists", "people a / b", "links a / b", "true pairs / people",
        "candidate links a link", "recall", "candidate people a link", "recall", "match, CPU s", "peak MB",
    )  # fmt: skip
    return table(head, map(_effort, all_measured))


def _effort(each: Measured) -> list[str]:
    people_a, links_a, people_b, links_b = each.sizes
    found = each.candidates
    return [
        each.name,
        f"{people_a:,} / {people_b:,}",
        f"{links_a:,} / {links_b:,}",
        f"{each.true[0]:,} / {each.true[1]:,}",
        f"{found.links:.0f}",
        figure(found.links_recall),
        f"{found.people:.0f}",
        figure(found.people_recall),
        f"{each.seconds:.1f}",
        f"{each.megabytes:,.0f}",
    ]


def same_table(all_measured: Sequence[Measured]) -> str:
    """France's list with itself."""
    head = ("France's list with itself", "registered twice", "AP", "recall at precision .95", "CPU s")
    return table(
        head,
        [
            (
                each.name,
                each.true[2],
                figure(each.same.ap),
                figure(each.same.recall),
                f"{each.seconds_self:.1f}",
            )
            for each in all_measured
        ],
    )


def _print(all_measured: Sequence[Measured]) -> None:
    for text in (quality_table(all_measured), effort_table(all_measured), same_table(all_measured)):
        say(text)


def _compile_kernels() -> None:
    """Compiles what a fresh clone has not compiled yet, so that no figure holds it."""
    made = make_scenario(650)
    match(made.france, made.britain)
    match_self(made.france)


def bench_scenario() -> None:
    """Prints the section on the scenario."""
    apart(_compile_kernels)
    measured = apart(measure, SCENARIO, None)
    say("## The scenario\n")
    _print([measured])
    say(f"Making it took {measured.seconds_making:.1f} CPU s.\n")


def bench_lists(folder: Path) -> None:
    """Prints the section on the lists."""
    measured = [apart(measure, name, folder / name) for name in SETS if (folder / name).is_dir()]
    say("## Lists\n")
    _print(measured)
