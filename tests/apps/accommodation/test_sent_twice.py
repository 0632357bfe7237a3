# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A form that is sent twice changes nothing the second time."""

from uuid import uuid4

from apps.accommodation.camp import Camp

from havre.apps.accommodation.actions import InspectionSaid, PledgeSaid, block_units, inspect, record_pledge
from havre.apps.accommodation.enums import BlockReason
from havre.apps.accommodation.models import Block, Inspection, Pledge, UnitUse
from havre.core.clock import today


def test_units_are_blocked_once_though_no_more_are_free(camp: Camp) -> None:
    place, key = camp.place.pk, uuid4()
    with camp.acts(camp.runner):
        first = block_units(place, 10, reason=BlockReason.WORKS, idempotency_key=key)
        assert block_units(place, 10, reason=BlockReason.WORKS, idempotency_key=key).pk == first.pk
        assert Block.objects.count() == 1
        assert UnitUse.objects.filter(block=first).count() == 10


def test_an_inspection_is_written_down_once(camp: Camp) -> None:
    said, key = InspectionSaid(today(), "Amina", "No heating"), uuid4()
    with camp.acts(camp.runner):
        first = inspect(camp.centre.pk, said, idempotency_key=key)
        assert inspect(camp.centre.pk, said, idempotency_key=key).pk == first.pk
        assert inspect(camp.centre.pk, said, idempotency_key=uuid4()).pk != first.pk
        assert Inspection.objects.count() == 2


def test_a_pledge_is_kept_once(camp: Camp) -> None:
    said, key = PledgeSaid(7000, "the minister", today(), "a press release"), uuid4()
    with camp.acts(camp.desk):
        assert record_pledge(said, idempotency_key=key).pk == record_pledge(said, idempotency_key=key).pk
        assert Pledge.objects.count() == 1
