# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""All that stands in the database, so that a test can say that nothing has changed."""

import psycopg
from psycopg import sql

OF_REQUESTS = {"django_session", "usersessions_usersession", "havre_cache", "procrastinate_workers"}
"""Tables in which a request leaves something whatever it asked."""
Contents = dict[str, tuple[int, int]]


def contents(connection: psycopg.Connection, without: set[str] = OF_REQUESTS) -> Contents:
    """How many rows each table has, and a digest of all that stands in them; ``connection`` sees every row."""
    tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    readable = f"{tables} AND relname <> ALL (%s) AND has_table_privilege(oid, 'SELECT')"
    each = [
        sql.SQL("SELECT {}, count(*), coalesce(sum(hashtext(t::text)), 0)::bigint FROM {} t").format(
            sql.Literal(name), sql.Identifier(name)
        )
        for (name,) in connection.execute(readable, [sorted(without)])
    ]
    return {name: (n, digest) for name, n, digest in connection.execute(sql.SQL(" UNION ALL ").join(each))}


def changed(before: Contents, after: Contents) -> set[str]:
    """Tables that are not as they were."""
    return {table for table in after if before.get(table) != after[table]}
