# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names: pairs of spellings whose truth is known, scored by Havre and by what others use."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, Levenshtein

from bench.judge import rows_of
from bench.measures import best_threshold, f1, rank
from bench.tables import apart, figure, say, table, tell
from bench.train_names import never_seen
from bench.train_names import read as read_rows
from havre.engines.names import compare_names, explain_pairs, probability
from havre.engines.names.alignment import Names
from havre.engines.names.arrays import Doubles, Flags, Floats
from havre.engines.names.compare import compare

FILES = ("name_pairs.csv.gz", "name_pairs_hard.csv.gz")
APART = "nk_person"
"""Never trained on, and neither averaged nor pooled."""
BY_ORIGIN = "wd_arab_latin"
RIVALS: dict[str, Callable[[str, str], float]] = {
    "Levenshtein": Levenshtein.normalized_similarity,
    "Jaro-Winkler": JaroWinkler.similarity,
    "token_set_ratio": lambda a, b: fuzz.token_set_ratio(a, b) / 100,
}
_ALONE = 300
"""Pairs that are also scored one at a time."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of spellings."""

    set: str
    group: str
    a: str
    b: str
    same: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs and what each comparator says of them."""

    sets: Sequence[str]
    groups: Sequence[str]
    truth: Flags
    scores: dict[str, Doubles]

    def only(self, kept: Flags) -> "Scored":
        """Those rows."""
        return Scored(
            [name for name, keep in zip(self.sets, kept, strict=True) if keep],
            [name for name, keep in zip(self.groups, kept, strict=True) if keep],
            self.truth[kept],
            {name: scores[kept] for name, scores in self.scores.items()},
        )


def read(folder: Path, file: str) -> list[Row]:
    """The pairs of one file."""
    return [
        Row(row["set"], row["group"], row["a"], row["b"], row["label"] == "1")
        for row in rows_of(folder / file)
    ]


@cache
def ascii_of(name: str) -> str:
    """What rivals get to see of a name: any script in ASCII, small letters."""
    return anyascii(name).casefold()


def score(rows: Sequence[Row], havre: Floats | None = None) -> Scored:
    """All comparators on the same pairs; Havre's bits, unless they are given, by the weights that ship.

    Its probability has six digits, as ``havre names score`` writes it.
    """
    pairs = [(row.a, row.b) for row in rows]
    scores = {"Havre": probability(compare_names(pairs) if havre is None else havre).round(6)}
    for name, similarity in RIVALS.items():
        scores[name] = np.array([similarity(ascii_of(a), ascii_of(b)) for a, b in pairs])
    return Scored(
        [row.set for row in rows],
        [row.group for row in rows],
        np.array([row.same for row in rows]),
        scores,
    )


def score_never_seen(folder: Path) -> Scored:
    """The pairs of one name in five, by what is learned anew without any spelling of it; minutes."""
    rows = [row for file in FILES for row in read(folder, file) if row.set != APART]
    bits, held = never_seen(read_rows(folder / file for file in FILES))
    kept = np.flatnonzero(held)
    return score([rows[i] for i in kept.tolist()], bits[kept])


def thresholds(scored: Scored) -> dict[str, float]:
    """Of each comparator: .5 for Havre; for the others the best one for all sets, chosen on these very rows."""
    inside = np.array([name != APART for name in scored.sets])
    return {
        name: 0.5 if name == "Havre" else best_threshold(scores[inside], scored.truth[inside])
        for name, scores in scored.scores.items()
    }


def measures(scored: Scored, limits: dict[str, float]) -> dict[str, tuple[float, float, float]]:
    """Comparator to AP, recall at precision .95 and F1."""
    found = {}
    for name, scores in scored.scores.items():
        ranking = rank(scores, scored.truth)
        found[name] = (ranking.ap, ranking.recall, f1(scores, scored.truth, limits[name]))
    return found


def quality_table(scored: Scored, average: str | None = None) -> str:
    """A row a set, their mean, and all of them pooled; nk_person apart, at the end."""
    limits = thresholds(scored)
    sets = np.array(scored.sets)
    names = sorted(set(scored.sets) - {APART})
    rows = [(name, scored.only(sets == name)) for name in names]
    found = [measures(part, limits) for _, part in rows]
    lines = [_line(name, part, each) for (name, part), each in zip(rows, found, strict=True)]
    mean = {each: tuple(np.mean([one[each] for one in found], axis=0).tolist()) for each in scored.scores}
    inside = scored.only(sets != APART)
    lines.append([f"**{average or 'mean'}**", "", "", *map(_cell, mean.values())])
    lines.append(_line("**pooled**", inside, measures(inside, limits)))
    if APART in scored.sets:
        apart = scored.only(sets == APART)
        lines.append(_line(f"{APART} (never trained on)", apart, measures(apart, limits)))
    head = ("AP / recall at precision .95 / F1", "pairs", "true", *scored.scores)
    return table(head, lines)


def origin_table(scored: Scored) -> str:
    """The pairs across scripts by where the names come from."""
    limits = thresholds(scored)
    across = scored.only(np.array([name == BY_ORIGIN for name in scored.sets]))
    groups = np.array(across.groups)
    parts = [(name, across.only(groups == name)) for name in sorted(set(across.groups))]
    head = (f"{BY_ORIGIN}, AP / recall at precision .95 / F1", "pairs", "true", *scored.scores)
    return table(head, [_line(name, part, measures(part, limits)) for name, part in parts])


def _line(name: str, part: Scored, found: dict[str, tuple[float, float, float]]) -> list[str]:
    return [name, f"{len(part.sets):,}", f"{part.truth.sum():,}", *map(_cell, found.values())]


def _cell(three: Sequence[float]) -> str:
    return " / ".join(figure(value) for value in three)


@dataclass(frozen=True, slots=True)
class Speed:
    """CPU seconds a pair."""

    batch: float
    ready: float
    """The same pairs, their names parsed and coded before."""
    alone: float
    """One pair at a time, with its reasons."""
    jaro_winkler: float
    """anyascii on both names, then Jaro-Winkler, in a plain loop."""


def measure_speed(folder: Path) -> Speed:
    """On all pairs of the first file, one thread, in a process that has compiled what it needs and nothing more.

    Each way is the best of three runs.
    """
    pairs = [(row.a, row.b) for row in read(folder, FILES[0])]

    def timed(work: Callable[[], object]) -> float:
        """The least CPU seconds of three runs."""
        runs = []
        for _ in range(3):
            start = time.process_time()
            work()
            runs.append(time.process_time() - start)
        return min(runs)

    def plain() -> None:
        for a, b in pairs:
            JaroWinkler.similarity(anyascii(a), anyascii(b))

    compare_names(pairs[:1])
    batch = timed(lambda: compare_names(pairs)) / len(pairs)
    names = Names(sorted({name for pair in pairs for name in pair}))
    a, b = (np.array([names.index[pair[side]] for pair in pairs]) for side in (0, 1))
    ready = timed(lambda: compare(names, a, b)) / len(pairs)
    some = pairs[:: max(1, len(pairs) // _ALONE)]
    alone = timed(lambda: [explain_pairs([pair]) for pair in some]) / len(some)
    rival = timed(plain) / len(pairs)
    return Speed(batch, ready, alone, rival)


def speed_table(speed: Speed) -> str:
    """How long a pair takes, beside Jaro-Winkler."""
    ways = {
        "Havre, one batch of all pairs": speed.batch,
        "Havre, names parsed and coded before": speed.ready,
        "Havre, one pair at a time with its reasons": speed.alone,
        "anyascii on both, then Jaro-Winkler (rapidfuzz), plain loop": speed.jaro_winkler,
    }
    head = ("way", "µs CPU a pair", "pairs a second", "times Jaro-Winkler")
    return table(
        head,
        [
            (name, f"{cpu * 1e6:.1f}", f"{1 / cpu:,.0f}", f"{cpu / speed.jaro_winkler:.1f}")
            for name, cpu in ways.items()
        ],
    )


def bench_names(folder: Path) -> None:
    """Prints the section on names."""
    say("## Names\n")
    tell("names: speed")
    speed = apart(measure_speed, folder)
    scored = []
    for file in FILES:
        tell(f"names: quality on {file}")
        scored.append(score(read(folder, file)))
    tell("names: learning anew without one name in five")
    unseen = score_never_seen(folder)
    hard = np.array([name.startswith("hard") for name in unseen.sets])
    say("### Names never seen\n")
    for kept in (~hard, hard):
        say(quality_table(unseen.only(kept)))
    say("### Arabic script against Latin by origin, names never seen\n")
    say(origin_table(unseen))
    say("### All rows, by the weights that ship (which have seen them)\n")
    for each in scored:
        say(quality_table(each))
    say("### Speed\n")
    say(speed_table(speed))
