# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the own organisation did with a registration, as the record has it."""

from uuid import UUID

from havre.apps.registry.web.words import WORDS
from havre.core.audit.queries import Act, acts_on
from havre.core.ui.sides import Event
from havre.words import Language

TOLD = (
    "registry_registration",
    "registry_name",
    "registry_ageevidence",
    "registry_contact",
    "registry_document",
    "registry_familylink",
    "registry_consent",
    "registry_share",
    "registry_grouping",
)
"""Tables of which the page tells; in this order the first one gives an act its title."""
KINDS = {"insert": "added", "update": "changed"}


def history(registration: UUID, language: Language) -> list[Event]:
    """The last acts first, each with who did it."""
    return [event for act in acts_on(registration) if (event := _event(act, language))]


def _event(act: Act, language: Language) -> Event | None:
    done = sorted((TOLD.index(table), kind) for table, kind in act.done if table in TOLD and kind in KINDS)
    if not done:
        return None
    told = [_did(TOLD[at], KINDS[kind], language) for at, kind in done]
    return Event(when=act.at, title=told[0], text=", ".join(told[1:]), by=act.member)


def _did(table: str, kind: str, language: Language) -> str:
    what = table.removeprefix("registry_")
    return WORDS.say(language, f"did_{what}_{kind}")
