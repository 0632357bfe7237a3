# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts reads and other acts on record. Changes need no call: triggers see them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from havre.core.audit.limits import LIMITS


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that is not as it was written: changed, removed, inserted, or its link of the chain is broken."""

    entry: int
    kind: str


def record(
    kind: str, *, table: str = "", row: UUID | None = None, subject: UUID | None = None, **note: int | str
) -> None:
    """Puts an act on record: ``kind`` is one word, ``note`` holds counts and ids, never a name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_record(%s, %s, %s, %s, %s::jsonb)", [kind, table, row, subject, json.dumps(note)]
        )


def record_handed(table: str, rows: Iterable[tuple[UUID, UUID]], **note: int | str) -> None:
    """Puts on record of whom a list, a letter or an answer spoke that left the house: (row, subject) each.

    The export itself is recorded once, with its counts; this says, subject by subject, what can be recalled no more.
    """
    told = [(table, row, subject, json.dumps(note)) for row, subject in dict.fromkeys(rows)]
    if not told:
        return
    with connection.cursor() as cursor:
        cursor.executemany("SELECT audit_record('handed', %s, %s, %s, %s::jsonb)", told)


def record_read(table: str, row: UUID, subject: UUID | None = None) -> None:
    """Puts on record that the acting member read a person's page; sounds the alarm at a bulk reader."""
    record("read", table=table, row=row, subject=subject or row)
    limit = LIMITS.reading
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_read_lately(%s), audit_count_lately('alarm', %s)", [limit.seconds, limit.seconds]
        )
        read, alarms = cursor.fetchone() or (0, 0)
    if read > limit.most and not alarms:
        record("alarm", children=int(read), seconds=limit.seconds)


def record_listed(table: str, subjects: Iterable[UUID]) -> None:
    """Puts on record that a page spoke of each of these, in one statement; within ten minutes once.

    It sounds no alarm: who works at a coach or at the door of a centre is shown many, all day.
    """
    told = list(subjects)
    if told:
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_listed(%s, %s::uuid[])", [table, told])


def done_lately(kind: str, seconds: int) -> int:
    """How often the acting member did this within so many seconds, for limits on how fast one may act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_count_lately(%s, %s)", [kind, seconds])
        return int((cursor.fetchone() or (0,))[0])


def forget(subject: UUID) -> None:
    """Removes for ever what the record holds of a subject; who did what and when stays, and so does the chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_erase(%s)", [subject])


def seal() -> int:
    """Takes up into the chain what has been recorded since; how many entries that were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_new()")
        return int((cursor.fetchone() or (0,))[0])


def faults() -> Iterator[Fault]:
    """Every entry that is not as it was written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, fault FROM audit_faults()")
        yield from (Fault(int(entry), str(kind)) for entry, kind in cursor.fetchall())
