# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""It is the day on which the camp is emptied, and searches are over at once."""

import pytest
from apps.accommodation.plans.camp import DAY, Camp, two_regions
from cast import Cast
from django.conf import settings

from havre.apps.accommodation.actions.plans import computing
from havre.engines.placement import solving


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HAVRE_TODAY", DAY)
    monkeypatch.setattr(solving, "STEPS_OF_PARTY", 200)
    monkeypatch.setattr(computing, "ENDLESS", False)


@pytest.fixture
def camp(cast: Cast) -> Camp:
    """Three lone adults, a family, two regions."""
    return two_regions(cast)
