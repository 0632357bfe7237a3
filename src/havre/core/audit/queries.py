# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is on record, as the row policies let the acting member see it."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, with the names of who acted; what it holds of a child is not read."""

    id: int
    at: datetime
    kind: str
    table: str
    row: UUID | None
    member: str
    organisation: str
    purpose: str
    note: dict[str, object]


def lines(
    *,
    kind: str = "",
    member: str = "",
    about: UUID | None = None,
    before: int | None = None,
    most: int = PAGE,
) -> list[Line]:
    """The newest entries first, at most ``most``; of one kind, by members whose name holds a text, before an id.

    ``about``: of one subject or row, a person or a party: who read them, on their page or among others.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.at, e.kind, e.table_name, e.row, coalesce(a.full_name, ''), coalesce(o.name, ''),"
            " e.purpose, e.note FROM audit_entry e LEFT JOIN accounts_member m ON m.id = e.member"
            " LEFT JOIN accounts_account a ON a.id = m.account_id"
            " LEFT JOIN accounts_organisation o ON o.id = e.organisation"
            " WHERE (%(kind)s = '' OR e.kind = %(kind)s) AND (%(before)s::bigint IS NULL OR e.id < %(before)s)"
            " AND (%(about)s::uuid IS NULL OR %(about)s::uuid IN (e.subject, e.row))"
            " AND (%(member)s = '' OR strpos(lower(a.full_name), lower(%(member)s)) > 0)"
            " ORDER BY e.id DESC LIMIT %(most)s",
            {"kind": kind, "before": before, "member": member, "about": about, "most": most},
        )
        return [Line(*(*row[:-1], json.loads(row[-1]))) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the chain reaches."""

    sealed: int
    waiting: int
    last: datetime | None


def chain() -> Chain:
    """How many entries are sealed and how many wait for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM audit_seal),"
            " (SELECT count(*) FROM audit_entry e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry = e.id)),"
            " (SELECT max(sealed_at) FROM audit_seal)"
        )
        sealed, waiting, last = cursor.fetchone() or (0, 0, None)
    return Chain(int(sealed), int(waiting), last)


@dataclass(frozen=True, slots=True)
class Act:
    """What one request did to a subject: when, by whom, and which kinds of changes to which tables."""

    at: datetime
    member: str
    done: frozenset[tuple[str, str]]
    """(table, kind), each once."""


def acts_on(subject: UUID, *, most: int = 30) -> list[Act]:
    """The last changes of a subject, newest first; of the own organisation, or of all for an auditor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(e.at), coalesce(max(a.full_name), ''), array_agg(DISTINCT ARRAY[e.table_name, e.kind])"
            " FROM audit_entry e LEFT JOIN accounts_member m ON m.id = e.member"
            " LEFT JOIN accounts_account a ON a.id = m.account_id"
            " WHERE e.subject = %s AND e.kind IN ('insert', 'update', 'delete')"
            " GROUP BY e.request ORDER BY 1 DESC LIMIT %s",
            [subject, most],
        )
        return [
            Act(at, member, frozenset((table, kind) for table, kind in done))
            for at, member, done in cursor.fetchall()
        ]
