# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The slip that a party carries: its wristband, as a number and as a code for a camera, and where it is expected."""

from uuid import UUID

import qrcode

from havre.apps.accommodation.actions.refusing import WORDS, Refused
from havre.apps.accommodation.models import Promise
from havre.apps.accommodation.policies import OFFER
from havre.apps.accommodation.queries import parties, promises
from havre.core.access import check
from havre.core.audit import record_read
from havre.core.clock import now
from havre.core.letters import pdf
from havre.core.ui.telling import day
from havre.words import Language

TEMPLATE = "havre.apps.accommodation/letters/slip.typ"


def slip(party_id: UUID, language: Language) -> bytes:
    """A PDF in both languages, that of the reader first. No name stands on it; the code holds the wristband alone.

    Refused where there is no such party of the own desk, or no place was promised to it.
    """
    check(OFFER)
    party = parties().of_our_desk().select_related("organisation").filter(pk=party_id).first()
    if party is None:
        raise Refused("no_such_party", status=404)
    promise = promises().filter(party=party).first()
    if promise is None:
        raise Refused("nothing_promised", status=404)
    record_read("accommodation_party", party.pk, party.pk)
    other = next(each for each in Language if each is not language)
    data = {
        "title": WORDS.say(language, "slip_title", wristband=party.wristband),
        "organisation": party.organisation.name,
        "wristband": party.wristband,
        "code": code_of(party.wristband),
        "told": [_told(promise, each) for each in (language, other)],
    }
    return pdf(TEMPLATE, data, language, made_at=now().replace(microsecond=0))


def code_of(wristband: str) -> list[str]:
    """The rows of a QR code that holds the wristband and nothing else: 1 is dark."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(wristband)
    code.make(fit=True)
    return ["".join("1" if dark else "0" for dark in row) for row in code.get_matrix()]


def _told(promise: Promise, language: Language) -> dict[str, object]:
    centre = promise.place.centre
    lines = [
        WORDS.say(language, "slip_people", n=promise.party.people),
        WORDS.say(language, "slip_centre", centre=centre.name),
        WORDS.say(language, "slip_where", town=centre.town or centre.name, region=centre.region),
        WORDS.say(language, "slip_day", day=day(promise.on_day, language))
        if promise.on_day
        else WORDS.say(language, "slip_no_day"),
        WORDS.say(language, "slip_right"),
    ]
    return {"language": language.value, "heading": WORDS.say(language, "slip_heading"), "lines": lines}
