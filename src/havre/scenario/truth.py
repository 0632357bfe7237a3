# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is true of a scenario, kept apart from its lists."""

import csv
import io
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Truth:
    """Which entries of the two lists speak of the same people. All tuples are sorted by id."""

    pairs: tuple[tuple[str, str], ...]
    """(link of France, link of Britain): the two links speak of the same two people."""
    people: tuple[tuple[str, str], ...]
    """(link of France, person of Britain): the relative is on the list but has not named this child."""
    same: tuple[tuple[str, str], ...]
    """(person of France, person of France): two registrations of one child."""


def write_truth(truth: Truth, folder: Path | str) -> None:
    """Write ``truth.csv``, ``truth_people.csv`` and ``truth_same.csv`` into ``folder``, which is made.

    Each file is replaced whole: the old one stands until the new one is complete.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, head, rows in (
        ("truth.csv", ("link_france", "link_britain"), truth.pairs),
        ("truth_people.csv", ("link_france", "person_britain"), truth.people),
        ("truth_same.csv", ("person_france", "person_france_again"), truth.same),
    ):
        _replace(folder / name, head, rows)


def _replace(path: Path, head: tuple[str, str], rows: tuple[tuple[str, str], ...]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(text.getvalue().encode("utf-8"))
    part.replace(path)
