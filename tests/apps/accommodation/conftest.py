# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A camp's desk, and who runs the centres."""

import pytest
from apps.accommodation.camp import Camp
from cast import Cast


@pytest.fixture
def camp(cast: Cast) -> Camp:
    return Camp(cast)
