# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Servers of these tests alone, which they may stop and kill."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from havre.core.database.cluster import Cluster
from havre.core.database.roles import prepare_cluster


@pytest.fixture(scope="session")
def new_cluster() -> Iterator[Callable[..., Cluster]]:
    """Makes servers in short folders; all are stopped and removed in the end."""
    made: list[tuple[Cluster, Path]] = []

    def make(below: str = "") -> Cluster:
        top = Path(tempfile.mkdtemp(prefix="havre-"))
        cluster = Cluster(top / below, settings={"fsync": "off"})
        made.append((cluster, top))
        return cluster

    yield make
    for cluster, top in made:
        cluster.stop()
        shutil.rmtree(top)


@pytest.fixture(scope="session")
def own(new_cluster: Callable[..., Cluster]) -> Cluster:
    """A server with the roles of Havre and its empty database; each test starts it."""
    cluster = new_cluster()
    cluster.start()
    prepare_cluster(cluster)
    return cluster
