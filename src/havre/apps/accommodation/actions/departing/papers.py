# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers of a coach, for its escort and for the luggage: wristbands and needs, no names. Each is on record."""

from io import BytesIO
from uuid import UUID

import qrcode
from qrcode.image.svg import SvgPathImage

from havre.apps.accommodation.actions.refusing import WORDS, Refused
from havre.apps.accommodation.actions.sheets import language_name
from havre.apps.accommodation.models import Departure, Party, Passenger
from havre.apps.accommodation.policies import READ_DEPARTURES
from havre.apps.accommodation.queries.departing import seats
from havre.core.access import check
from havre.core.audit import record_handed
from havre.core.clock import now
from havre.core.letters import pdf
from havre.core.ui.telling import both_clocks
from havre.words import Language

_LIST = "havre.core/letters/list.typ"
_LABELS = "havre.apps.accommodation/letters/labels.typ"
COLUMNS = ("stop", "wristband", "people_column", "kind", "needs", "tick")
WIDTHS = (6, 4, 4, 6, 8, 2)
NEEDS = ("medical", "step_free", "school")


def manifest(departure_id: UUID, language: Language) -> bytes:
    """Who is on the coach and what they need, stop by stop, for its escort: PDF/UA."""
    departure, riding = _riding(departure_id, "manifest")
    people = sum(_people(each) for each in riding)
    data = {
        **_head(departure, "paper_manifest", language),
        "paragraphs": [
            WORDS.say(language, "paper_leaves", when=both_clocks(departure.leaves_at, language)),
            WORDS.say(language, "paper_people", n=people),
        ],
        "columns": [WORDS.say(language, f"paper_{name}") for name in COLUMNS],
        "widths": list(WIDTHS),
        "rows": [_row(each, language) for each in riding],
        "closing": [WORDS.say(language, "paper_no_names")],
    }
    return pdf(_LIST, data, language, made_at=now().replace(microsecond=0))


def labels(departure_id: UUID, language: Language) -> bytes:
    """A label for each party, with its wristband to scan, its coach and its stop: PDF/UA."""
    departure, riding = _riding(departure_id, "labels")
    data = {
        **_head(departure, "paper_labels", language),
        "labels": [
            {
                "wristband": each.party.wristband,
                "coach": WORDS.say(language, "paper_coach", number=departure.number),
                "stop": each.stop.centre.name,
                "people": WORDS.say(language, "paper_people", n=_people(each)),
                "code": _code(each.party.wristband),
                "spoken": WORDS.say(language, "paper_code", wristband=each.party.wristband),
            }
            for each in riding
        ],
    }
    return pdf(_LABELS, data, language, made_at=now().replace(microsecond=0))


def _riding(departure_id: UUID, paper: str) -> tuple[Departure, list[Passenger]]:
    """The coach and who sits on it, by stop; Refused where there is none that may be read."""
    check(READ_DEPARTURES)
    departure = Departure.objects.select_related("organisation").filter(pk=departure_id).first()
    if departure is None:
        raise Refused("no_such_coach", status=404)
    found = seats().filter(stop__departure=departure).order_by("stop__position", "party__wristband")
    riding = list(found)
    record_handed("accommodation_passenger", [(each.pk, each.party_id) for each in riding], paper=paper)
    return departure, riding


def _head(departure: Departure, title: str, language: Language) -> dict[str, object]:
    return {
        "title": WORDS.say(language, title, number=departure.number),
        "organisation": departure.organisation.name,
    }


def _row(seat: Passenger, language: Language) -> list[str]:
    where = f"{seat.stop.position}. {seat.stop.centre.name}"
    kind = WORDS.say(language, f"paper_{seat.party.kind}")
    return [where, seat.party.wristband, str(_people(seat)), kind, _needs(seat.party, language), ""]


def _needs(party: Party, language: Language) -> str:
    told = [WORDS.say(language, f"paper_{need}") for need in NEEDS if getattr(party, need)]
    return ", ".join([*told, *([language_name(party.language, language)] if party.language else [])])


def _people(seat: Passenger) -> int:
    return seat.boarded_people if seat.boarded_at else seat.counted


def _code(wristband: str) -> str:
    """A picture that a scanner reads, as SVG."""
    out = BytesIO()
    qrcode.make(wristband, image_factory=SvgPathImage, border=2).save(out)
    return out.getvalue().decode()
