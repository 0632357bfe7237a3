# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one door to protected rows: a member acts, for a purpose, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from havre.core.access.enums import Purpose
from havre.core.accounts.enums import Role, Shore
from havre.core.accounts.system import SYSTEM_MEMBER
from havre.core.clock import today
from havre.core.database.ids import uuid7

SETTINGS = ("havre.member", "havre.purpose", "havre.request", "havre.today")
"""What PostgreSQL is told of a transaction; row policies and audit triggers read it."""


class NobodyActs(Exception):
    """Something asked who acts, outside ``acting_as``."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A member in an act: who, for which organisation, in which role, why."""

    member_id: UUID
    account_id: UUID
    organisation_id: UUID
    organisation: str
    shore: Shore
    role: Role
    ward_id: UUID | None
    purpose: Purpose
    request_id: UUID
    name: str


BESIDE = "log"
"""A connection of its own."""

_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


def current_actor() -> Actor:
    """Who acts now; NobodyActs outside ``acting_as``."""
    actor = _acting.get()
    if actor is None:
        raise NobodyActs
    return actor


@contextmanager
def acting_as(member_id: UUID, purpose: Purpose, *, request_id: UUID | None = None) -> Iterator[Actor]:
    """Opens a transaction in which this member acts for this purpose; protected rows exist in no other.

    NobodyActs where the member is unknown, or no longer active. Acts may be nested: the inner one ends with its
    block, and the outer member acts again.
    """
    with transaction.atomic():
        before, actor = _acting.get(), actor_of(member_id, purpose, request_id)
        _tell(actor)
        token = _acting.set(actor)
        try:
            yield actor
        finally:
            _acting.reset(token)
        # After an error, or where it shall be rolled back, the savepoint takes the settings back; else we do.
        if transaction.get_rollback():
            return
        if before is not None:
            _tell(before)
        else:
            forget()


@contextmanager
def beside() -> Iterator[str]:
    """The name of another connection on which whoever acts may write: what they do there stays, whatever comes of this.

    NobodyActs outside ``acting_as``. It sees nothing that this transaction has not committed.
    """
    actor = current_actor()
    with transaction.atomic(using=BESIDE):
        _tell(actor, BESIDE)
        yield BESIDE


def system_member() -> UUID:
    """Havre itself, which does what comes by the clock; it administers and reads no child."""
    return SYSTEM_MEMBER


def begin(actor: Actor) -> None:
    """Lets ``actor`` act until the transaction ends or ``forget``; for the request, whose middleware owns both."""
    _tell(actor)
    _acting.set(actor)


def forget() -> None:
    """Nobody acts any more in this transaction."""
    _acting.set(None)
    _set(("", "", "", ""))


def stop() -> None:
    """Nobody acts any more in this context; what PostgreSQL was told ends with the transaction."""
    _acting.set(None)


def actor_of(member_id: UUID, purpose: Purpose, request_id: UUID | None = None) -> Actor:
    """The member ready to act; NobodyActs where there is no such active member."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.account_id, m.organisation_id, o.name, o.shore, m.role, m.ward, a.full_name"
            " FROM accounts_member m JOIN accounts_organisation o ON o.id = m.organisation_id"
            " JOIN accounts_account a ON a.id = m.account_id"
            " WHERE m.id = %s AND m.active AND a.is_active",
            [member_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise NobodyActs
    account_id, organisation_id, organisation, shore, role, ward, name = row
    return Actor(
        member_id=member_id,
        account_id=account_id,
        organisation_id=organisation_id,
        organisation=organisation,
        shore=Shore(shore),
        role=Role(role),
        ward_id=ward,
        purpose=purpose,
        request_id=request_id or uuid7(),
        name=name,
    )


def _tell(actor: Actor, using: str = DEFAULT_DB_ALIAS) -> None:
    _set((str(actor.member_id), actor.purpose.value, str(actor.request_id), today().isoformat()), using)


def _set(values: tuple[str, ...], using: str = DEFAULT_DB_ALIAS) -> None:
    with connections[using].cursor() as cursor:
        calls = ", ".join("set_config(%s, %s, true)" for _ in SETTINGS)
        cursor.execute(
            f"SELECT {calls}",
            [text for pair in zip(SETTINGS, values, strict=True) for text in pair],
        )
