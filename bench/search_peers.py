# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same million searched by pg_trgm: names in ASCII in a table of its own, without policies and without a page.

Its operators are not leakproof, so that under a row policy its indexes lie idle: this is the best that it can do.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

import psycopg
from anyascii import anyascii

from bench.search_world import Query, truth
from bench.tables import figure, table, tell

NAMES = "SELECT r.source_id, n.written FROM registry_registration r JOIN registry_name n ON n.registration_id = r.id"
PEERS = {
    "pg_trgm, GIN, similarity over .3": (
        "CREATE INDEX peer_index ON peer USING gin (name gin_trgm_ops)",
        "SELECT id FROM peer WHERE name %% %(name)s ORDER BY similarity(name, %(name)s) DESC, id LIMIT 10",
    ),
    "pg_trgm, GiST, the ten nearest": (
        "CREATE INDEX peer_index ON peer USING gist (name gist_trgm_ops)",
        "SELECT id FROM peer ORDER BY name <-> %(name)s LIMIT 10",
    ),
}


def peers_table(url: str, data: Path, asked: Sequence[Query]) -> str:
    """Times and whom they find; ``url`` is the superuser's."""
    meant = truth(data)
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'").fetchone():
            return "This PostgreSQL comes without pg_trgm: it was not measured.\n"
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        if connection.execute("SELECT to_regclass('peer') IS NULL").fetchone() == (True,):
            _fill(connection)
        lines = [_line(connection, name, *how, meant, asked) for name, how in PEERS.items()]
        connection.execute("DROP INDEX IF EXISTS peer_index")
    return table(("the query alone, 1,000,000 people", "queries", "p50, ms", "p95, ms", "name@10"), lines)


def _fill(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    tell("search: names for pg_trgm")
    names = connection.execute(NAMES).fetchall()
    connection.execute("CREATE TABLE peer (id text, name text)")
    with connection.cursor().copy("COPY peer FROM STDIN") as copy:
        for key, name in names:
            copy.write_row((key, anyascii(str(name)).lower()))
    connection.execute("VACUUM ANALYZE peer")


def _line(
    connection: psycopg.Connection[tuple[object, ...]],
    name: str,
    index: str,
    query: str,
    meant: dict[str, tuple[str, str]],
    asked: Sequence[Query],
) -> tuple[str, ...]:
    tell(f"search: {name}")
    connection.execute("DROP INDEX IF EXISTS peer_index")
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute(index)
    took, found = [], 0
    for each in asked:
        began = time.perf_counter()
        rows = connection.execute(query, {"name": anyascii(each.name).lower()}).fetchall()
        took.append(1000 * (time.perf_counter() - began))
        found += each.name_key in [meant.get(str(key), ("", ""))[0] for (key,) in rows]
    return (
        name,
        str(len(asked)),
        f"{median(took):.0f}",
        f"{quantiles(took, n=20)[-1]:.0f}",
        figure(found / len(asked)),
    )
