# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A backup brings everything back: the same rows, and the same walls between them."""

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from cast import Cast
from django.db import connections
from psycopg import sql

from havre.conf.backup import read_backup, write_backup
from havre.conf.checking import promises_of_site
from havre.conf.console import CommandError
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.core.database.cluster import SUPERUSER, Cluster
from havre.core.database.server import DATABASE, DatabaseRole
from havre.core.files import content_of, store
from havre.core.files.models import File

pytestmark = pytest.mark.usefixtures("committed_database")
CONTENT = b"%PDF-1.7\nwhat a child brought\n%%EOF\n"
TABLES = """
SELECT oid::regclass::text, CASE relkind WHEN 'r' THEN 'count(*), md5(string_agg(t::text, '','' ORDER BY t::text))'
    ELSE 'last_value, is_called' END
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
"""
WALLS = """
SELECT 'policy', polrelid::regclass || ' ' || polname,
    concat_ws(' ', polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid),
        (SELECT string_agg(r::regrole::text, ',') FROM unnest(polroles) r))
  FROM pg_policy
UNION ALL
SELECT 'table', oid::regclass::text, concat_ws(' ', relrowsecurity, relforcerowsecurity, relowner::regrole,
    (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(relacl) a))
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
UNION ALL
SELECT 'function', oid::regprocedure::text, concat_ws(' ', prosecdef, proowner::regrole, proconfig,
    (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(proacl) a))
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT 'trigger', tgrelid::regclass || ' ' || tgname, concat_ws(' ', tgenabled, pg_get_triggerdef(oid))
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'database', '', (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(datacl) a)
  FROM pg_database WHERE datname = current_database()
UNION ALL
SELECT 'defaults', concat_ws(' ', defaclrole::regrole, defaclobjtype), defaclacl::text FROM pg_default_acl
ORDER BY 1, 2, 3
"""


def fingerprint(cluster: Cluster) -> dict[str, object]:
    """Every row of every table, and everything that stands between them and the web role."""
    with psycopg.connect(cluster.url(SUPERUSER)) as connection:
        found: dict[str, object] = {}
        for name, what in connection.execute(TABLES).fetchall():
            asked = sql.SQL("SELECT {} FROM {} t").format(sql.SQL(what), sql.SQL(name))
            found[name] = connection.execute(asked).fetchone()
        return found | {f"{kind} {name}": wall for kind, name, wall in connection.execute(WALLS)}


@pytest.fixture
def caseworker(cast: Cast) -> Member:
    """With a file that only the own organisation may open."""
    member = cast.member(cast.dunes)
    with acting_as(member.id, Purpose.CARE):
        store("paper.pdf", CONTENT, member.organisation, uuid4())
    return member


@pytest.fixture
def saved(caseworker: Member, cluster: Cluster, tmp_path: Path) -> Path:
    file = tmp_path / "havre.backup"
    write_backup(cluster, file)
    return file


def as_superuser(cluster: Cluster, statement: str) -> None:
    connections.close_all()  # a database in use is not replaced
    with psycopg.connect(cluster.url(SUPERUSER), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def saved_again(cluster: Cluster, saved: Path) -> Path:
    """A backup of what a backup brought back.

    PostgreSQL writes a condition with other brackets once it has read it again, so only what has been restored
    before can be compared to the letter.
    """
    before = fingerprint(cluster)
    connections.close_all()
    read_backup(cluster, saved, replace=True)
    assert fingerprint(cluster).keys() == before.keys()
    write_backup(cluster, saved)
    return saved


def test_what_is_restored_is_what_was_saved(cluster: Cluster, saved_again: Path) -> None:
    before = fingerprint(cluster)
    as_superuser(
        cluster, "TRUNCATE files_file CASCADE; ALTER TABLE notices_notice DISABLE ROW LEVEL SECURITY"
    )
    assert fingerprint(cluster) != before
    assert read_backup(cluster, saved_again, replace=True) == 0
    assert fingerprint(cluster) == before


def test_behind_a_restore_everybody_sees_what_they_saw_before(
    cluster: Cluster, saved: Path, cast: Cast, caseworker: Member
) -> None:
    stranger = cast.member(cast.maraude)
    write_backup(cluster, saved)
    as_superuser(cluster, "TRUNCATE files_file CASCADE")
    read_backup(cluster, saved, replace=True)
    with acting_as(caseworker.id, Purpose.CARE):
        assert content_of(File.objects.get()) == CONTENT
    with acting_as(stranger.id, Purpose.CARE):
        assert not File.objects.exists()
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="nobody acts")
    with psycopg.connect(cluster.url(DatabaseRole.WEB)) as web, refused:
        web.execute("SELECT * FROM files_file")
    with psycopg.connect(cluster.url(DatabaseRole.MAINTENANCE)) as maintenance:
        assert not list(promises_of_site(maintenance))


def test_a_backup_can_be_made_while_the_site_is_in_use_and_only_its_owner_reads_it(
    cluster: Cluster, tmp_path: Path
) -> None:
    file = tmp_path / "havre.backup"
    file.write_bytes(b"an older one")
    file.chmod(0o644)
    with psycopg.connect(cluster.url(DatabaseRole.WEB)):
        write_backup(cluster, file)
    assert [file] == list(tmp_path.iterdir())
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes().startswith(b"PGDMP")


def test_what_is_there_is_not_replaced_by_mistake(cluster: Cluster, saved: Path) -> None:
    before = fingerprint(cluster)
    connections.close_all()
    with pytest.raises(CommandError, match="--replace"):
        read_backup(cluster, saved, replace=False)
    assert fingerprint(cluster) == before


def test_an_empty_database_is_filled_without_asking(cluster: Cluster, saved: Path) -> None:
    before = fingerprint(cluster)
    as_superuser(cluster, "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION havre_owner")
    assert read_backup(cluster, saved, replace=False) == 0
    assert fingerprint(cluster).keys() == before.keys()


def test_a_site_that_is_in_use_is_not_replaced(cluster: Cluster, saved: Path) -> None:
    connections.close_all()
    with psycopg.connect(cluster.url(DatabaseRole.WEB)), pytest.raises(CommandError, match="havre serve"):
        read_backup(cluster, saved, replace=True)


@pytest.mark.parametrize("lost", [1, 1000, 1_000_000])
def test_a_torn_backup_changes_nothing(cluster: Cluster, saved: Path, lost: int) -> None:
    whole = saved.read_bytes()
    saved.write_bytes(whole[: max(len(whole) - lost, 100)])
    before = fingerprint(cluster)
    connections.close_all()
    with pytest.raises(CommandError, match="as it was"):
        read_backup(cluster, saved, replace=True)
    assert fingerprint(cluster) == before
    assert databases(cluster) == {DATABASE}


def test_a_backup_of_a_later_havre_is_refused(cluster: Cluster, saved: Path) -> None:
    as_superuser(
        cluster, "INSERT INTO django_migrations (app, name, applied) VALUES ('files', '9999', now())"
    )
    write_backup(cluster, saved)
    with pytest.raises(CommandError, match="later Havre"):
        read_backup(cluster, saved, replace=True)
    assert databases(cluster) == {DATABASE}


def test_a_backup_whose_walls_are_down_is_refused(cluster: Cluster, saved: Path) -> None:
    as_superuser(cluster, "ALTER TABLE files_file DISABLE ROW LEVEL SECURITY")
    write_backup(cluster, saved)
    with pytest.raises(CommandError, match="files_file is not under row policies"):
        read_backup(cluster, saved, replace=True)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"-- PostgreSQL database dump"])
def test_another_file_is_no_backup(cluster: Cluster, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="no backup"):
        read_backup(cluster, file, replace=True)
    with pytest.raises(CommandError, match="cannot be read"):
        read_backup(cluster, tmp_path / "missing", replace=True)


def databases(cluster: Cluster) -> set[str]:
    """Those that a restore could leave behind, and the one it is about."""
    with psycopg.connect(cluster.url(SUPERUSER, "postgres")) as connection:
        asked = (
            "SELECT datname FROM pg_database WHERE datname IN ('havre', 'havre_restored', 'havre_replaced')"
        )
        return {str(name) for (name,) in connection.execute(asked)}
