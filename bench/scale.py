# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Longer and longer lists: ``python -m bench.scale [THOUSANDS ...]`` matches so many thousand links with thrice that.

The lists are scenarios. Each is made in one process and matched in another, whose memory is then that of the match and
of the lists.
"""

import copyreg
import pickle
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bench.lists import proposals
from bench.measures import PairsQuality, judge_pairs
from bench.tables import Steps, apart, figure, machine, peak_megabytes, say, table, tell
from havre.engines.linkage.matching import match_in_turn
from havre.scenario import make_scenario

LINKS_PER_CHILD = 1.6
ADULTS_PER_LINK = 2.85
"""So that Britain's links come to three times France's."""
THOUSANDS = (1, 10, 100)


@dataclass(frozen=True, slots=True)
class Scaled:
    """One size."""

    links: tuple[int, int]
    people: tuple[int, int]
    true: int
    quality: PairsQuality
    proposals: int
    seconds_making: float
    seconds: float
    megabytes_lists: float
    megabytes: float


def _frozen(said: dict[str, Any]) -> MappingProxyType[str, Any]:
    """A mapping that pickle cannot make by its own name."""
    return MappingProxyType(said)


def make(links: int, file: Path) -> float:
    """Writes lists with about so many links to a file; the CPU seconds it took to make them."""
    start = time.process_time()
    children = round(links / LINKS_PER_CHILD)
    made = make_scenario(children, children=children, adults=round(links * ADULTS_PER_LINK))
    seconds = time.process_time() - start
    truth = frozenset(made.truth.pairs), frozenset(made.truth.people)
    copyreg.pickle(MappingProxyType, lambda said: (_frozen, (dict(said),)))
    with file.open("wb") as out:
        pickle.dump((made.france, made.britain, *truth), out, protocol=pickle.HIGHEST_PROTOCOL)
    return seconds


def measure(file: Path, seconds_making: float) -> Scaled:
    """Matches the lists of a file."""
    with file.open("rb") as lists:
        a, b, true, people = pickle.load(lists)
    held = peak_megabytes()
    start = time.process_time()
    found = proposals(match_in_turn(a, b, progress=Steps(f"{len(a.links)} links: match")))
    seconds = time.process_time() - start
    return Scaled(
        (len(a.links), len(b.links)),
        (len(a.people), len(b.people)),
        len(true),
        judge_pairs(found, true, people),
        len(found),
        seconds_making,
        seconds,
        held,
        peak_megabytes(),
    )


def scaled(links: int) -> Scaled:
    """One size, measured."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lists"
        tell(f"{links} links: making them")
        result: Scaled = apart(measure, file, apart(make, links, file))
        return result


def scale_table(sizes: Sequence[Scaled]) -> str:
    """One line a size."""
    head = (
        "links a / b", "people a / b", "true pairs", "AP", "recall at precision .95", "people5", "calibration",
        "match, CPU s", "a thousand links a", "peak MB", "of which lists", "making them, CPU s",
    )  # fmt: skip
    return table(
        head,
        [
            (
                " / ".join(f"{n:,}" for n in each.links),
                " / ".join(f"{n:,}" for n in each.people),
                f"{each.true:,}",
                *(
                    figure(value)
                    for value in (
                        each.quality.ap,
                        each.quality.recall,
                        each.quality.people5,
                        each.quality.calibration,
                    )
                ),
                f"{each.seconds:,.0f}",
                f"{1000 * each.seconds / each.links[0]:.2f}",
                f"{each.megabytes:,.0f}",
                f"{each.megabytes_lists:,.0f}",
                f"{each.seconds_making:,.0f}",
            )
            for each in sizes
        ],
    )


if __name__ == "__main__":
    say(machine() + "\n")
    say(scale_table([scaled(1000 * int(each)) for each in sys.argv[1:] or THOUSANDS]))
