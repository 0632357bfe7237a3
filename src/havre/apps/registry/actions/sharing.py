# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a registration to another organisation on the basis of a pair, in two steps, and closing it.

Who confirms a pair offers the own side to the organisation of the other; who verifies it there takes the offer and
shares theirs. So each side is opened by its own organisation, and not before two members have looked.
"""

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.finding import own_registration
from havre.apps.registry.actions.once import once
from havre.apps.registry.enums import ShareBasis
from havre.apps.registry.models import Share
from havre.apps.registry.policies import SHARE
from havre.apps.registry.queries import Registrations, registrations
from havre.core.access import check
from havre.core.clock import now


@transaction.atomic
def share(
    registration_id: UUID,
    *,
    recipient_id: UUID,
    basis: ShareBasis,
    basis_id: UUID,
    until: date | None = None,
    offered: bool = False,
    idempotency_key: UUID | None = None,
) -> Share:
    """Opens an own registration to an organisation; where it is only ``offered``, once that one accepts.

    What is shared on this basis already stays as it is, but an offer is made good by a share.
    """
    check(SHARE)
    registration = own_registration(registration_id)
    if recipient_id == registration.organisation_id:
        raise RegistryError("share_with_oneself", "recipient")
    if registration.withdrawn_at is not None:
        raise RegistryError("withdrawn")
    made = once("share", idempotency_key)
    known = Share.objects.filter(
        registration=registration, recipient=recipient_id, basis=basis, basis_id=basis_id, ended_at=None
    ).first()
    if known is not None:
        return known if offered else _opened(known)
    return Share.objects.create(
        id=made.made,
        registration=registration,
        recipient_id=recipient_id,
        basis=basis,
        basis_id=basis_id,
        since=None if offered else now(),
        until=until,
    )


def accept_share(share_id: UUID) -> None:
    """Takes what another organisation offered; RegistryError where it offers this no more, or not to us."""
    check(SHARE)
    if not _gate("registry_accept", share_id):
        raise RegistryError("no_such_offer")


def end_share(share_id: UUID) -> None:
    """Closes what the own organisation shares, or gives up what it was given."""
    check(SHARE)
    with transaction.atomic():
        own = Share.objects.filter(id=share_id, ended_at=None, registration__in=_own()).update(ended_at=now())
    if not own and not _gate("registry_give_up", share_id):
        raise RegistryError("no_such_share")


def end_shares(*, basis: ShareBasis, basis_id: UUID) -> int:
    """Closes, in both directions, all that is open on a basis; how many that were."""
    check(SHARE)
    shares = Share.objects.filter(basis=basis, basis_id=basis_id, ended_at=None)
    ended = shares.filter(registration__in=_own()).update(ended_at=now())
    given = list(shares.values_list("id", flat=True))
    return ended + sum(_gate("registry_give_up", share_id) for share_id in given)


def _own() -> Registrations:
    return registrations().own()


def _opened(offer: Share) -> Share:
    if offer.since is None:
        offer.since = now()
        offer.save(update_fields=["since"])
    return offer


def _gate(function: str, share_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [share_id, now()])
        return bool((cursor.fetchone() or (False,))[0])
