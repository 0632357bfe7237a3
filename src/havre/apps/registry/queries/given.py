# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What other organisations were given of a registration, as the record has it: what no withdrawal calls back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Given:
    """One organisation, and one way in which it was given something."""

    organisation: str
    kind: str
    """read: on a page or by a program; handed: in a list, a letter, an answer; export: whole, in a file of its own."""
    table: str
    """Of what was read, or what spoke of the registration."""
    form: str
    """Of what left the house, such as pdf; may be empty."""
    times: int
    first: datetime
    last: datetime


Source = Callable[[UUID], Iterable[Given]]
_sources: list[Source] = []


def register_given(source: Source) -> None:
    """Adds what an app showed of registrations that the record does not name; called in its ``ready``, once."""
    if source not in _sources:
        _sources.append(source)


def given_to_others(registration_id: UUID) -> list[Given]:
    """What others were given of an own registration, the last one first; nothing of another organisation's."""
    found = [*asked_of_record("registry_given", registration_id)]
    found += (given for source in _sources for given in source(registration_id))
    return sorted(found, key=lambda each: (each.last, each.organisation, each.table), reverse=True)


def asked_of_record(function: str, registration_id: UUID) -> Iterable[Given]:
    """What a gate function of the shape of ``registry_given`` answers."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT o.name, g.kind, g.table_name, g.form, g.times, g.first, g.last FROM {function}(%s) g"  # noqa: S608 - names of ours
            " JOIN accounts_organisation o ON o.id = g.organisation",
            [registration_id],
        )
        return [Given(*row) for row in cursor.fetchall()]
