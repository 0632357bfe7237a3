# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Splink 5 on DuckDB, the peer, on the same lists: ``python -m bench.splink_rival [FOLDER] [THOUSANDS ...]``.

FOLDER holds the lists; THOUSANDS are sizes as in ``bench.scale``. Beside Havre and Splink: Primero's rule and
token_set_ratio. Each has a process of its own; its CPU seconds begin when the lists are read.
"""

import logging
import pickle
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, block_on

from bench.both_names import token_set_proposals
from bench.lists import Known, load, proposals
from bench.measures import Couples, PairsQuality, Proposal, judge_pairs
from bench.primero import primero_proposals
from bench.scale import make
from bench.splink_columns import records
from bench.splink_settings import ASCII, KEYS, LEAST_BITS, PAIRED, settings
from bench.tables import apart, figure, machine, peak_megabytes, say, table, tell
from havre.engines.linkage.matching import match_in_turn

LEARN_FROM = "large-noisy"
"""The lists whose truth teaches Splink; Havre has learned from them and from ``large``."""
SAMPLE = 1e6
"""Pairs from which Splink learns what chance gives, and as many for each expectation and maximisation."""
SEED = 1
HAVRE, PRIMERO, TOKENS = "Havre", "Primero's rule", "token_set_ratio"
LEARNED, COMPETING = "Splink, our keys, learned", "Splink, our keys, learned; then rivals compete"
UNTAUGHT, PLAIN = "Splink, our keys", "Splink, names in ASCII"
EVERYBODY = (HAVRE, COMPETING, LEARNED, UNTAUGHT, PLAIN, TOKENS, PRIMERO)
LISTS = {"calais": EVERYBODY, "large": tuple(way for way in EVERYBODY if way != UNTAUGHT)}
"""Without labels Splink needs minutes for ``large``, and finds less."""
Model = dict[str, Any]
"""Splink's settings with what it has learned."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One way on one pair of lists."""

    way: str
    quality: PairsQuality
    found: float
    """The share of true pairs among what is proposed."""
    seconds: float
    megabytes: float


def read(source: Path) -> Known:
    """The lists of a folder, or of a file that ``bench.scale.make`` wrote."""
    if source.is_dir():
        return load(source)
    with source.open("rb") as file:
        a, b, pairs, people = pickle.load(file)
    return Known(a, b, pairs, people, frozenset())


def frames(known: Known, labels: Couples = frozenset()) -> list[Any]:
    """Both lists in a DuckDB of their own; ``labels`` are the pairs that Splink is told."""
    of_a: dict[str, str] = {}
    of_b: dict[str, str] = {}
    for one, other in sorted(labels):  # two links of one child have one name
        of_b[other] = of_a[one] = of_b.get(other, one)
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")
    api = DuckDBAPI(database)
    return [
        api.register(records(lst, told, children=children), table_name=name)
        for name, lst, told, children in (("a", known.a, of_a, True), ("b", known.b, of_b, False))
    ]


def learn(source: Path) -> tuple[Model, float]:
    """What Splink makes of lists with their truth, and its CPU seconds."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    known = read(source)
    start = time.process_time()
    linker = Linker(frames(known, known.pairs), settings(KEYS, longest(known)), log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=SEED)
    linker.training.estimate_m_from_label_column("label")
    return linker.misc.save_model_to_json(), time.process_time() - start


def longest(known: Known) -> int:
    """The links of the longer list."""
    return max(len(known.a.links), len(known.b.links))


def splink_proposals(known: Known, names: str, model: Model | None) -> list[Proposal]:
    """Splink's pairs; without a model it finds one by expectation and maximisation."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    prior = {"probability_two_random_records_match": PAIRED / longest(known)}
    wanted = {**model, **prior} if model else settings(names, longest(known))
    linker = Linker(frames(known), wanted, log_level=None)
    if not model:
        linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=SEED)
        own = "own" if names == KEYS else "own_ascii"
        for who in "cr":
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(f"{who}_{own}"), max_pairs=SAMPLE
            )
    found = linker.inference.predict(threshold_match_weight=LEAST_BITS).as_duckdbpyrelation()
    columns = "source_dataset_l = 'a', unique_id_l, unique_id_r, person_id_l, person_id_r, match_probability"
    return [
        Proposal(left, right, person_right, p) if a_first else Proposal(right, left, person_left, p)
        for a_first, left, right, person_left, person_right, p in found.select(columns).fetchall()
    ]


def competing(pairs: Sequence[Proposal]) -> list[Proposal]:
    """Each pair against the others of either link, and against none of them being true."""
    odds = [pair.probability / max(1e-12, 1 - pair.probability) for pair in pairs]
    of_a: dict[str, float] = defaultdict(float)
    of_b: dict[str, float] = defaultdict(float)
    for pair, each in zip(pairs, odds, strict=True):
        of_a[pair.link_a] += each
        of_b[pair.link_b] += each
    return [
        pair._replace(probability=each / (1 + of_a[pair.link_a] + of_b[pair.link_b] - each))
        for pair, each in zip(pairs, odds, strict=True)
    ]


def propose(way: str, known: Known, model: Model) -> Iterable[Proposal]:
    """What one way proposes."""
    if way == HAVRE:
        return proposals(match_in_turn(known.a, known.b))
    if way == TOKENS:
        return token_set_proposals(known.a, known.b)
    if way == PRIMERO:
        return primero_proposals(known.a, known.b)
    if way == COMPETING:
        return competing(splink_proposals(known, KEYS, model))
    return splink_proposals(known, ASCII if way == PLAIN else KEYS, model if way == LEARNED else None)


def measure(way: str, source: Path, model: Model) -> Judged:
    """One way on one pair of lists; in a process of its own."""
    known = read(source)
    start = time.process_time()
    pairs = list(propose(way, known, model))
    seconds = time.process_time() - start
    found = {(pair.link_a, pair.link_b) for pair in pairs} & known.pairs
    return Judged(
        way,
        judge_pairs(pairs, known.pairs, known.people),
        len(found) / max(1, len(known.pairs)),
        seconds,
        peak_megabytes(),
    )


def rivals_table(lists: str, judged: Iterable[Judged]) -> str:
    """One line a way. Splink and Primero are asked for links only, so that nobody is asked for people here."""
    head = (
        lists, "AP", "recall at precision .95", "rank1", "rank5", "calibration", "logloss", "true pairs proposed",
        "CPU s", "peak MB",
    )  # fmt: skip
    return table(head, map(_line, judged))


def _line(each: Judged) -> tuple[str, ...]:
    quality = each.quality
    said = (quality.calibration, quality.logloss)
    return (
        each.way,
        *(figure(value) for value in (quality.ap, quality.recall, quality.rank1, quality.rank5)),
        *(figure(value) if each.way not in {TOKENS, PRIMERO} else "-" for value in said),
        figure(each.found),
        f"{each.seconds:.1f}",
        f"{each.megabytes:,.0f}",
    )


def judged(lists: str, source: Path, model: Model, ways: Iterable[str]) -> None:
    """Prints how each way does on one pair of lists."""
    lines = []
    for way in ways:
        tell(f"{lists}: {way}")
        lines.append(apart(measure, way, source, model))
    say(rivals_table(lists, lines))


def bench_splink(folder: Path, thousands: Iterable[int] = ()) -> None:
    """Prints the section on the rivals; ``folder`` holds the lists, ``thousands`` are sizes of scenarios."""
    tell(f"Splink learns from {LEARN_FROM}")
    model, seconds = apart(learn, folder / LEARN_FROM)
    say("## Rivals\n")
    say(f"Splink took {seconds:.1f} CPU s to learn from `{LEARN_FROM}`; that is in no line below.\n")
    for lists, ways in LISTS.items():
        judged(lists, folder / lists, model, ways)
    for size in thousands:
        with tempfile.TemporaryDirectory() as made:
            file = Path(made) / "lists"
            apart(make, 1000 * size, file)
            judged(f"{size},000 x {3 * size},000 links", file, model, (HAVRE, COMPETING))


if __name__ == "__main__":
    say(machine() + "\n")
    bench_splink(Path(sys.argv[1]), map(int, sys.argv[2:]))
