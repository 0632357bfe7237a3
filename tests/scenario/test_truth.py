# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
import csv
from pathlib import Path

import pytest

from havre.scenario import Scenario, Truth, write_truth

SHARED = Path(__file__).resolve().parents[2].parent / "shared/data/lists/calais"
NAMES = ("truth.csv", "truth_people.csv", "truth_same.csv")


def test_truth_comes_back_from_its_three_files(calais: Scenario, tmp_path: Path) -> None:
    write_truth(calais.truth, tmp_path / "new folder")
    read = []
    for name in NAMES:
        with (tmp_path / "new folder" / name).open(encoding="utf-8", newline="") as lines:
            read.append(tuple((a, b) for a, b in list(csv.reader(lines))[1:]))
    assert Truth(*read) == calais.truth


def test_writing_again_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    write_truth(Truth((("a", "b"),), (), ()), tmp_path)
    write_truth(Truth((), (), ()), tmp_path)
    assert (tmp_path / "truth.csv").read_bytes() == b"link_france,link_britain\r\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)


@pytest.mark.skipif(not SHARED.exists(), reason="the open lists are not here")
@pytest.mark.parametrize("name", NAMES)
def test_the_files_have_the_shape_of_the_open_lists(name: str, tmp_path: Path) -> None:
    write_truth(Truth((), (), ()), tmp_path)
    assert (tmp_path / name).read_bytes() == (SHARED / name).read_bytes().splitlines(keepends=True)[0]
