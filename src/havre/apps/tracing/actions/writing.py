# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes what a match found: some statements for thousands of pairs, and none that changes what is as it was."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from havre.apps.tracing.actions.finding import Key
from havre.apps.tracing.actions.judging import Fate, Known
from havre.apps.tracing.enums import PairState
from havre.apps.tracing.models import Pair
from havre.core.accounts.enums import Shore
from havre.core.clock import now
from havre.core.database.ids import uuid7
from havre.core.database.models import this_instance

CHUNK = 1000
"""Pairs in one statement."""
_NEW = {
    "id": "uuid",
    "registration_a_id": "uuid",
    "link_a_id": "uuid",
    "registration_b_id": "uuid",
    "link_b_id": "uuid",
    "organisation_a_id": "uuid",
    "organisation_b_id": "uuid",
}
_WEIGHED = {
    "person_a": "uuid",
    "person_b": "uuid",
    "child_shore": "text",
    "probability": "float8",
    "band": "text",
    "rivals": "integer",
    "bits": "jsonb",
    "evidence": "float8",
    "reasons": "jsonb",
    "glimpse_a": "jsonb",
    "glimpse_b": "jsonb",
    "name_keys": "varchar[]",
    "fingerprint": "text",
}
"""What a match says of a pair, and the types that PostgreSQL reads it with."""
_NAMES = ", ".join(_WEIGHED)

_INSERT = f"""
INSERT INTO tracing_pair (origin, recorded_at, state, version, confirmed_shore, state_before, came_back,
  first_run_id, last_run_id, {", ".join(_NEW)}, {_NAMES})
SELECT %s, %s, 'proposed', 1, '', '', false, %s, %s, {", ".join(f"f.{name}" for name in (*_NEW, *_WEIGHED))}
FROM jsonb_to_recordset(%s::jsonb) AS f ({", ".join(f"{name} {kind}" for name, kind in {**_NEW, **_WEIGHED}.items())})
"""  # noqa: S608 - names of columns, all from this file

# Only where the pair is still what it was when its fate was decided: a member may have been quicker.
_UPDATE = f"""
UPDATE tracing_pair p SET {", ".join(f"{name} = f.{name}" for name in _WEIGHED)}, last_run_id = %s,
  state = f.becomes, version = p.version + (p.state <> f.becomes)::integer, came_back = p.came_back OR f.came_back
FROM jsonb_to_recordset(%s::jsonb) AS f (id uuid, was text, becomes text, came_back boolean,
  {", ".join(f"{name} {kind}" for name, kind in _WEIGHED.items())})
WHERE p.id = f.id AND p.state = f.was AND (p.state <> f.becomes
  OR ({", ".join(f"p.{name}" for name in _WEIGHED)}) IS DISTINCT FROM ({", ".join(f"f.{name}" for name in _WEIGHED)}))
RETURNING p.id
"""  # noqa: S608

_FADE = """
UPDATE tracing_pair SET state = 'withdrawn', version = version + 1, last_run_id = %s,
  glimpse_a = '{}', glimpse_b = '{}', reasons = '[]', bits = '{}', name_keys = '{}'
WHERE id = ANY (%s) AND state = 'proposed'
"""

_KNOWN = (
    "id", "registration_a_id", "link_a_id", "registration_b_id", "link_b_id", "person_a", "person_b", "child_shore",
    "state", "fingerprint", "evidence",
)  # fmt: skip
_BECOMES = {Fate.RETURN: PairState.PROPOSED, Fate.COME_BACK: PairState.PROPOSED}
T = TypeVar("T")


def known_pairs() -> dict[Key, Known]:
    """Every pair that there is."""
    rows = Pair.objects.values_list(*_KNOWN)
    found = (
        Known(id, Key(*key), (a, b), Shore(shore), PairState(state), fingerprint, evidence)
        for id, *key, a, b, shore, state, fingerprint, evidence in rows.iterator(5 * CHUNK)  # noqa: A001
    )
    return {known.key: known for known in found}


def add(run: UUID, rows: Iterable[Mapping[str, Any]]) -> int:
    """Writes new pairs; how many. A row has the columns of ``_NEW`` but the id, and what a match weighs."""
    written, moment = 0, now()
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            named = [{"id": str(uuid7()), **row} for row in chunk]
            cursor.execute(_INSERT, [this_instance(), moment, run, run, json.dumps(named)])
            written += len(chunk)
    return written


def weigh(run: UUID, rows: Iterable[tuple[Known, Fate, Mapping[str, Any]]]) -> Counter[Fate]:
    """Writes what a match says now of known pairs; for each fate how many that changed."""
    changed: Counter[Fate] = Counter()
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            fates = {known.id: fate for known, fate, _ in chunk}
            told = [_row(known, fate, weighed) for known, fate, weighed in chunk]
            cursor.execute(_UPDATE, [run, json.dumps(told)])
            changed.update(fates[key] for (key,) in cursor.fetchall())
    return changed


def _row(known: Known, fate: Fate, weighed: Mapping[str, Any]) -> dict[str, Any]:
    becomes = _BECOMES.get(fate, known.state)
    came_back = fate is Fate.COME_BACK
    return {"id": str(known.id), "was": known.state, "becomes": becomes, "came_back": came_back, **weighed}


def fade(run: UUID, pairs: Sequence[UUID]) -> int:
    """Withdraws what is proposed no longer, and what it shows of both sides; how many."""
    faded = 0
    with connection.cursor() as cursor:
        for chunk in _chunks(sorted(pairs)):
            cursor.execute(_FADE, [run, chunk])
            faded += cursor.rowcount
    return faded


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
