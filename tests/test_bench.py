# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site that is measured is filled by statements that nobody runs for weeks: they have to fit today's tables."""

import re
from pathlib import Path

import pytest
from django.apps import apps

BENCH = Path(__file__).parents[1] / "bench"
INSERT = re.compile(r"INSERT INTO ((?:registry|tracing|cases)_\w+) \(([^)]*)\)")
WRITTEN = [
    found for file in sorted(BENCH.glob("site_*.py")) for found in INSERT.findall(file.read_text("utf-8"))
]


@pytest.mark.parametrize(("table", "columns"), WRITTEN)
def test_what_the_bench_writes_names_every_column_that_must_not_be_empty(table: str, columns: str) -> None:
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    named = {column.strip() for column in columns.split(",")}
    fields = model._meta.concrete_fields
    assert {each.column for each in fields if not each.null} <= named <= {each.column for each in fields}
