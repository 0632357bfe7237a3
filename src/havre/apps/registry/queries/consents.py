# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which consent is in force on a day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Consent, Registration
from havre.core.clock import today


def in_force(consents: Iterable[Consent], on: date) -> Consent | None:
    """The consent that holds on a day, of several to one thing; the one that holds longest.

    Each giver's last word counts, and nobody's may be a no: what the child allowed and the guardian refused is not
    allowed. A word that was withdrawn was not said.
    """
    last = {
        consent.given_by: consent
        for consent in sorted(consents, key=lambda each: (each.given_on, each.id))
        if consent.withdrawn_at is None and consent.given_on <= on
    }
    if any(consent.refused for consent in last.values()):
        return None
    holding = [consent for consent in last.values() if consent.until is None or consent.until >= on]
    return max(holding, key=lambda consent: consent.until or date.max, default=None)


def effective_consents(registration: Registration) -> dict[tuple[ConsentFor, UUID | None], Consent]:
    """What is allowed today, and by which consent: by purpose, and for sharing by recipient."""
    said: dict[tuple[ConsentFor, UUID | None], list[Consent]] = {}
    for consent in registration.consents.all():
        said.setdefault((ConsentFor(consent.for_what), consent.recipient_id), []).append(consent)
    found = {key: in_force(consents, today()) for key, consents in said.items()}
    return {key: consent for key, consent in found.items() if consent is not None}
