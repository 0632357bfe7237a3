# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dump can be read by other servers than its own. (tests/conf/test_server_backup.py restores a whole site.)"""

from pathlib import Path

import pytest

from havre.core.database.cluster import SUPERUSER, Cluster
from havre.core.database.dump import DumpFailed, dump, for_any_server, load

SCRIPT = b"""SET lock_timeout = 0;
SET transaction_timeout = 0;
CREATE TABLE public.t (a text);
ALTER TABLE ONLY public.t ALTER COLUMN a SET (pg_attver=27552000);
ALTER TABLE ONLY public.t ALTER COLUMN a SET STORAGE PLAIN;
COPY public.t (a) FROM stdin;
SET transaction_timeout = 0;
ALTER TABLE ONLY public.t ALTER COLUMN a SET (pg_attver=27552000);
\\.
SET transaction_timeout = 0;
"""


def test_what_only_some_servers_know_is_left_out_and_rows_are_not() -> None:
    assert (
        b"".join(for_any_server(SCRIPT.splitlines(keepends=True)))
        == b"""SET lock_timeout = 0;
CREATE TABLE public.t (a text);
ALTER TABLE ONLY public.t ALTER COLUMN a SET STORAGE PLAIN;
COPY public.t (a) FROM stdin;
SET transaction_timeout = 0;
ALTER TABLE ONLY public.t ALTER COLUMN a SET (pg_attver=27552000);
\\.
"""
    )


def test_a_program_that_fails_says_of_what_and_not_how_to_sign_in(own: Cluster, tmp_path: Path) -> None:
    own.start()
    url = own.url(SUPERUSER, "nowhere")
    with pytest.raises(DumpFailed, match='database "nowhere" does not exist') as failed:
        dump(url, tmp_path / "file")
    assert (own.secrets / "database-postgres").read_text().strip() not in str(failed.value)
    dump(own.url(SUPERUSER), tmp_path / "file")
    with pytest.raises(DumpFailed):
        load(tmp_path / "file", url)
