# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One world a file: made once and committed. What a test changes in it, it rolls back."""

from typing import Any

import pytest
from house.world import World, new_world


@pytest.fixture(scope="module")
def world(site: Any, request: pytest.FixtureRequest) -> World:
    """Dunes, what it has, and everybody who looks at it."""
    site.as_migrated(request, commits=True)
    return new_world()
