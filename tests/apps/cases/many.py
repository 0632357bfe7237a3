# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many cases at once, and the pages that show them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from apps.cases.journey import ROUTE, TODAY, Journey
from apps.tracing.shores import CHILD, UNCLE_SAID, acts, registered
from apps.tracing.web.conftest import site_of

from havre.apps.cases import actions
from havre.apps.cases.models import Case
from havre.core.accounts.models import Member

EARLIER = TODAY - timedelta(days=120)
ASKED, LODGED, TAKEN_IN = 7, 6, 2
"""Children whose request nobody has answered; for whom none was sent; whose age nobody has evaluated."""


def opened(journey: Journey, nth: int) -> Case:
    """The case of a child whom nobody has matched, with Harbour asked."""
    child = registered(
        journey.dunes,
        replace(CHILD, names=f"Walid {'abcdefghijklmnopqrst'[nth]}zaman", other_names="", phone=""),
        ("uncle", replace(UNCLE_SAID, names=f"Gul {'abcdefghijklmnopqrst'[nth]}ghan", phone="")),
    )
    with acts(journey.dunes):
        case = actions.open_case_of_link(child.links.get().pk)
        return actions.address_case(case.pk, journey.cast.harbour.pk)


def asked(journey: Journey, nth: int) -> Case:
    case = opened(journey, nth)
    journey.happens(case, "sent", EARLIER, route=ROUTE)
    journey.happens(case, "received", EARLIER)
    return case


def page(member: Member, place: str, language: str = "en", status: int = 200) -> str:
    answer: Any = site_of(member, language).get(place)
    assert answer.status_code == status, place
    return str(answer.content.decode())
