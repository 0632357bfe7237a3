# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several counts are one question, and each is what it would be alone."""

import pytest
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Shore
from havre.core.accounts.models import Member, Organisation
from havre.core.database.counting import counted_together
from havre.core.notices.models import Notice

pytestmark = pytest.mark.usefixtures("database")


def test_several_counts_are_asked_at_once(cast: Cast) -> None:
    cast.member(cast.dunes)
    cast.member(cast.harbour)
    asked = {
        "french": Member.objects.filter(organisation__shore=Shore.FRANCE).exclude(account__email="x%s'"),
        "named": Organisation.objects.filter(name__contains="%").order_by("name"),
        "nobody": Member.objects.none(),
        "all": Member.objects.select_related("account").all(),
    }
    with CaptureQueriesContext(connection) as seen:
        counted = counted_together(**asked)
    assert len(seen) == 1
    assert counted == {name: rows.count() for name, rows in asked.items()}
    assert (counted["nobody"], counted["named"]) == (0, 0)
    assert counted["all"] > counted["french"] > 0


def test_nothing_is_asked_where_there_is_nothing_to_ask() -> None:
    with CaptureQueriesContext(connection) as seen:
        assert counted_together() == {}
        assert counted_together(nobody=Member.objects.none()) == {"nobody": 0}
    assert len(seen) == 0


def test_rows_that_may_not_be_read_are_not_counted(cast: Cast) -> None:
    mine, other = cast.member(cast.dunes), cast.member(cast.harbour)
    for member in (mine, other):
        with acting_as(member.id, Purpose.CARE):
            Notice.objects.create(member=member, key="house.nothing", link="/")
            assert counted_together(notices=Notice.objects.all()) == {"notices": 1}
