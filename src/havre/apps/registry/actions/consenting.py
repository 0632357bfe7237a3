# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Consent: what was answered, and what follows from it at once."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from havre.apps.registry.actions.bulk import Values
from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.finding import own_registration
from havre.apps.registry.actions.once import once
from havre.apps.registry.actions.said import ConsentSaid, clean
from havre.apps.registry.actions.telling import tell_organisation
from havre.apps.registry.enums import ConsentFor, ShareBasis
from havre.apps.registry.models import Consent, Registration, Share
from havre.apps.registry.policies import CONSENT
from havre.apps.registry.queries import effective_consents
from havre.core.access import check, current_actor
from havre.core.clock import now, today


@transaction.atomic
def give_consent(registration_id: UUID, said: ConsentSaid, *, idempotency_key: UUID | None = None) -> Consent:
    """Records what somebody answered, yes or no; a consent to share opens the registration, a refusal closes it."""
    check(CONSENT)
    registration = own_registration(registration_id)
    made = once("give_consent", idempotency_key)
    if made.again:
        return Consent.objects.get(id=made.made)
    if said.recipient_id == registration.organisation_id:
        raise RegistryError("share_with_oneself", "recipient")
    consent = Consent.objects.create(id=made.made, **consent_values(registration.id, said))
    apply_consents(registration)
    return consent


@transaction.atomic
def withdraw_consent(consent_id: UUID) -> Consent:
    """Takes a consent (or a refusal) back: from now on it was not said. What it opened is closed.

    What other organisations read or took out before, ``queries.given_to_others`` names: that is recalled by no program.
    """
    actor = check(CONSENT)
    consent = Consent.objects.filter(id=consent_id).first()
    if consent is None:
        raise RegistryError("no_such_consent")
    registration = own_registration(consent.registration_id)
    if consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_by_id = now(), actor.member_id
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        apply_consents(registration)
    return consent


def consent_values(registration_id: UUID, said: ConsentSaid) -> Values:
    """The columns of a consent; RegistryError for one that cannot be."""
    given_on = said.given_on or today()
    if given_on > today():
        raise RegistryError("not_yet", "given_on")
    if said.until is not None and said.until < given_on:
        raise RegistryError("ends_before_it_begins", "until")
    if said.for_what.names_recipient != (said.recipient_id is not None):
        raise RegistryError("share_with_whom", "recipient")
    return {
        "registration_id": registration_id,
        "for_what": said.for_what,
        "given_by": said.given_by,
        "how": said.how,
        "language": clean(said.language, "language"),
        "interpreter": clean(said.interpreter, "interpreter"),
        "recipient_id": said.recipient_id,
        "purpose": clean(said.purpose, "purpose"),
        "legal_basis": said.legal_basis,
        "recorded_by_id": current_actor().member_id,
        "given_on": given_on,
        "until": said.until,
        "refused": said.refused,
    }


def apply_consents(registration: Registration) -> None:
    """Makes what is open follow from what is allowed: comparison, being findable, and each share."""
    allowed = effective_consents(registration)
    if registration.withdrawn_at is not None:
        allowed = {}
    findable = allowed.get((ConsentFor.FINDABLE, None))
    traceable = allowed.get((ConsentFor.TRACING, None))
    registration.findable, registration.findable_until = (
        findable is not None,
        findable.until if findable else None,
    )
    registration.traceable = traceable is not None
    registration.traceable_until = traceable.until if traceable else None
    registration.save(update_fields=["findable", "findable_until", "traceable", "traceable_until"])
    _shares(registration, [consent for (what, _), consent in allowed.items() if what is ConsentFor.SHARING])
    if traceable is None:
        end_open(registration, Q(basis=ShareBasis.PAIR))


def _shares(registration: Registration, allowed: list[Consent]) -> None:
    end_open(registration, Q(basis=ShareBasis.CONSENT) & ~Q(basis_id__in=[consent.id for consent in allowed]))
    open_already = set(registration.shares.filter(ended_at=None).values_list("basis_id", flat=True))
    for consent in allowed:
        if consent.id not in open_already and consent.recipient_id is not None:
            Share.objects.create(
                registration=registration,
                recipient_id=consent.recipient_id,
                basis=ShareBasis.CONSENT,
                basis_id=consent.id,
                since=now(),
                until=consent.until,
            )
            tell_organisation(consent.recipient_id, "notice_shared", registration.id)


def end_open(registration: Registration, which: Q) -> None:
    """Closes shares of a registration that are still open."""
    Share.objects.filter(which, registration=registration, ended_at=None).update(ended_at=now())
