# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who hears of what happens at the desk: colleagues, where a choice of minors waits for one of them."""

from django.urls import reverse

from havre.apps.accommodation.models import Offer
from havre.apps.accommodation.policies import OFFER
from havre.core.access import current_actor
from havre.core.accounts.models import Member
from havre.core.notices import tell


def tell_colleagues(offer: Offer) -> None:
    """That a choice of minors waits for a second member. It names a party's page and nobody."""
    actor = current_actor()
    colleagues = Member.objects.filter(
        organisation_id=actor.organisation_id, role__in=OFFER.roles, active=True
    ).exclude(account=actor.account_id)
    found = colleagues.order_by("id").values_list("id", flat=True)
    tell(list(found), "accommodation.notice_second", reverse("accommodation:at_desk", args=[offer.party_id]))
