# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""As much of many registrations as ranking them asks for: values instead of rows, in one query."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from havre.engines.linkage.records import BirthInterval, BirthKind

# The age evidence is the one that ``best_birth`` takes.
SKETCHES = """
SELECT r.id, r.sex, r.nationality, n.written, a.earliest, a.latest, a.kind
FROM registry_registration r
CROSS JOIN LATERAL (
  SELECT array_agg(n.written ORDER BY n.recorded_at, n.id) AS written FROM registry_name n
  WHERE n.registration_id = r.id
) n
LEFT JOIN LATERAL (
  SELECT a.earliest, a.latest, a.kind FROM registry_ageevidence a WHERE a.registration_id = r.id
  ORDER BY a.disputed, a.latest - a.earliest, a.true_on DESC, a.id DESC LIMIT 1
) a ON true
WHERE r.id = ANY (%s) AND r.erased_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Who may be meant."""

    id: UUID
    sex: str
    nationality: str
    names: Sequence[str]
    birth: BirthInterval | None


def sketches(keys: Collection[UUID]) -> list[Sketch]:
    """Of each registration that may be read and still holds something, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(SKETCHES, [list(keys)])
        return [
            Sketch(
                key,
                sex,
                nationality,
                names or (),
                BirthInterval(earliest, latest, BirthKind(kind)) if kind else None,
            )
            for key, sex, nationality, names, earliest, latest, kind in cursor.fetchall()
        ]
