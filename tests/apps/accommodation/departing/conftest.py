# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""It is the day before the camp is emptied."""

from datetime import timedelta

import pytest
from apps.accommodation.departing.coach import DAY, Coach, coach_of
from cast import Cast
from django.conf import settings


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HAVRE_TODAY", DAY - timedelta(days=1))


@pytest.fixture
def coach(cast: Cast) -> Coach:
    return coach_of(cast)
