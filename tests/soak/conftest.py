# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Folders of sites that are served for real."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from house.folder import Folder

NewFolder = Callable[[], Folder]


@pytest.fixture(scope="module")
def new_folder(django_db_blocker: Any) -> Iterator[NewFolder]:
    """``new_folder()`` gives the folder of a site that was migrated and has nobody in it yet."""
    with tempfile.TemporaryDirectory(prefix="havre-soak-", ignore_cleanup_errors=True) as above:
        first, made = Folder(Path(above) / "migrated"), list[Folder]()
        done = first.havre("migrate")
        assert done.returncode == 0, done.stderr

        def new() -> Folder:
            made.append(first.copy(Path(above) / f"site-{len(made)}"))
            return made[-1]

        with django_db_blocker.unblock():
            yield new
        for folder in made:
            folder.cluster.stop()
