# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows that an action is about, or the sentence that there is none."""

from uuid import UUID

from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.models import Person, Registration
from havre.apps.registry.queries import people, registrations


def own_registration(registration_id: UUID) -> Registration:
    """An own registration that still holds something, locked until the transaction ends; else RegistryError."""
    found = registrations().own().filter(id=registration_id).select_for_update().first()
    if found is None:
        raise RegistryError("no_such_registration")
    if found.erased_at is not None:
        raise RegistryError("erased")
    return found


def readable_person(person_id: UUID) -> Person:
    """A person who may be read; else RegistryError."""
    found = people().filter(id=person_id).first()
    if found is None:
        raise RegistryError("no_such_person")
    return found
