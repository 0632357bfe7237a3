# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody is looked for at the desk. A search by name is put on record and limited, as that of the registry is."""

from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.models import Party
from havre.apps.accommodation.policies import OFFER
from havre.apps.accommodation.queries.desk import at_desk_by_code, at_desk_by_name
from havre.core.access import check
from havre.core.audit import LIMITS, done_lately, record, record_listed


def seek_at_desk(text: str) -> list[Party]:
    """Parties of the own desk: by a wristband, by the reference of one of them, or else by a registered name.

    What was typed is not kept, but of how many words it was. Who is found is on record. Refused to who searches by
    name too often within a short time.
    """
    check(OFFER)
    typed = text.strip()
    found = at_desk_by_code(typed)
    if not found:
        limit = LIMITS.searching
        if done_lately("search", limit.seconds) >= limit.most:
            raise Refused("sought_too_often", field="q", status=429, most=limit.most)
        record("search", table="accommodation_party", words=len(typed.split()))
        found = at_desk_by_name(typed)
    record_listed("accommodation_party", (each.pk for each in found))
    return found
