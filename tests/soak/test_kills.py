# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever is killed in the middle of an import and of a match: nothing acknowledged is lost, nothing doubled.

``HAVRE_TEST_SEED`` chooses other moments; the one in the name of a test that failed repeats them.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from house.folder import Folder
from soak.conftest import NewFolder
from soak.story import QUICK, TWICE, Contents, Killer, Story, write_lists

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc"),
]
SEED = int(os.environ.get("HAVRE_TEST_SEED", "2016"))
TIMES = {"import": 3, "match": 2}
"""How often somebody is killed in each."""


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both shores' lists."""
    return write_lists(tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def quiet(new_folder: NewFolder, lists: Path) -> Contents:
    """What there is in the end when nobody is killed."""
    folder = new_folder()
    with folder.served(folder.path / "serve.log") as site, folder.asked_directly():
        story = Story(folder, site, lists)
        story.tell(lambda *_: None)
        assert check(folder, story) == []
        return Contents.of(folder)


@pytest.mark.parametrize("victim", ["web", "jobs", "postgres"])
@pytest.mark.parametrize("seed", [SEED])
def test_nothing_acknowledged_is_lost_and_nothing_doubled(
    new_folder: NewFolder, lists: Path, quiet: Contents, victim: str, seed: int
) -> None:
    folder = new_folder()
    with folder.served(folder.path / "serve.log") as site, folder.asked_directly():
        story = Story(folder, site, lists)
        chance = random.Random(f"{victim} {seed}")  # noqa: S311 - it only chooses moments
        killer = Killer(folder, site, victim, chance)
        story.tell(lambda what, job: killer.strike(job, TIMES[what]))
        assert killer.hits >= len(TIMES)
        assert check(folder, story) == []
        assert Contents.of(folder) == quiet


def check(folder: Folder, story: Story) -> list[str]:
    """What is wrong with a site on which a story was told."""
    return list(_wrong(folder, story))


def _wrong(folder: Folder, story: Story) -> Iterator[str]:
    kept = Counter(name for (name,) in folder.rows(QUICK))
    if kept != Counter(story.registrar.acknowledged):
        lost, more = (
            Counter(story.registrar.acknowledged) - kept,
            kept - Counter(story.registrar.acknowledged),
        )
        yield f"acknowledged and lost: {dict(lost)}; there without being acknowledged, or twice: {dict(more)}"
    if twice := folder.rows(TWICE):
        yield f"recorded twice: {twice[:5]}"
    verified = folder.havre("audit", "verify")
    if verified.returncode != 0:
        yield verified.stderr
