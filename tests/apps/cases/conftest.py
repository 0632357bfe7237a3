# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A verified pair on a day of November 2016, made once; each test begins there and is rolled back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from apps.cases.journey import TODAY, Journey
from apps.cases.many import ASKED, EARLIER, LODGED, TAKEN_IN, asked, opened
from apps.tracing.shores import acts
from cast import Cast
from django.db import connections, transaction

from havre.apps.cases.queries import stock


@pytest.fixture(scope="module")
def verified(site: Any, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[Journey]:
    """The journey as it stands when the pair is verified, for all tests of a module; nothing of it is committed."""
    from django.conf import settings

    site.as_migrated(request)
    before: date | None = settings.HAVRE_TODAY
    with django_db_blocker.unblock():
        log, connections["log"] = connections["log"], connections["default"]
        settings.HAVRE_TODAY = TODAY
        try:
            with transaction.atomic("default"):
                yield Journey.of(Cast())
                transaction.set_rollback(True, "default")
        finally:
            settings.HAVRE_TODAY = before
            connections["log"] = log


@pytest.fixture
def journey(verified: Journey) -> Iterator[Journey]:
    """The same, for one test; members whom it names are gone with it."""
    with transaction.atomic():
        yield replace(verified, cast=Cast(dict(verified.cast._members)))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def many(verified: Journey) -> Journey:
    """Cases that wait for three authorities."""
    for nth in range(ASKED):
        asked(verified, nth)
    for nth in range(LODGED):
        verified.happens(opened(verified, ASKED + nth), "lodged", EARLIER)
    for nth in range(TAKEN_IN):
        verified.happens(opened(verified, ASKED + LODGED + nth), "taken_in", EARLIER)
    return verified


@pytest.fixture
def board(many: Journey, journey: Journey) -> Iterator[Journey]:
    """The same for one test, seen by Dunes."""
    with acts(journey.dunes):
        assert stock().cases == ASKED + LODGED + TAKEN_IN
        yield journey
