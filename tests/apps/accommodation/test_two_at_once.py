# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last bed, given by two members at once: one of them gives it, and the other is told so in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from apps.accommodation.camp import Camp, new_place
from cast import Cast
from django.db import connections

from havre.apps.accommodation.actions import Refused, block_units, check_in
from havre.apps.accommodation.actions.desk import Explained, offer_regions, take_offer
from havre.apps.accommodation.enums import BlockReason, PartyKind
from havre.apps.accommodation.models import Offer, UnitUse
from havre.apps.accommodation.queries.desk import waiting_line
from havre.words import Language


def test_the_last_bed_is_given_once(committed_database: None, cast: Cast) -> None:
    camp, start = Camp(cast), Barrier(2)
    with camp.acts(camp.desk):
        bed = new_place(camp.centre, "P1", PartyKind.ADULT, units=1)
    two = [camp.party("0001").pk, camp.party("0002").pk]

    def gives(party: UUID) -> str:
        try:
            with camp.acts(camp.desk):
                start.wait(timeout=60)
                check_in(party, bed.pk)
        except Refused as refused:
            return refused.say(Language.ENGLISH)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as hands:
        said = sorted(hands.map(gives, two))
    assert said[0] == ""
    assert said[1].startswith("There is no room any more at Centre C1.")
    with camp.acts(camp.desk):
        assert UnitUse.objects.count() == 1


def test_the_last_bed_is_promised_once_and_the_other_is_told_that_they_wait(
    committed_database: None, cast: Cast
) -> None:
    camp, start = Camp(cast), Barrier(2)
    with camp.acts(camp.desk):
        new_place(camp.centre, "P1", PartyKind.ADULT, units=2)
        both = [offer_regions(camp.party(wristband).pk) for wristband in ("0001", "0002")]
        block_units(camp.centre.places.get().pk, 1, reason=BlockReason.WORKS)

    def takes(offer: Offer) -> bool:
        try:
            with camp.acts(camp.desk):
                start.wait(timeout=60)
                return take_offer(offer.pk, offer.place_1_id, Explained("pus")).instead is None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(takes, [each for each in both if isinstance(each, Offer)])) == [False, True]
    with camp.acts(camp.desk):
        assert UnitUse.objects.filter(promise__isnull=False).count() == 1
        assert [each.party.wristband for each in waiting_line()] in (["0001"], ["0002"])
