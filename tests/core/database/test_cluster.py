# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The private server: made once, closed to strangers, whole again after any death."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from havre.core.database import cluster as cluster_module
from havre.core.database.cluster import SUPERUSER, Cluster
from havre.core.database.errors import DatabaseServerError
from havre.core.database.unprivileged import server_user
from havre.words import Language


def connected(cluster: Cluster, **more: object) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True, **more)


def pid_of(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def kill(cluster: Cluster) -> None:
    os.kill(pid_of(cluster), signal.SIGKILL)


@pytest.fixture
def running(own: Cluster) -> Cluster:
    own.start()
    return own


def test_starting_twice_starts_once(running: Cluster) -> None:
    assert running.is_running()
    assert running.start() is False


def test_a_stopped_server_runs_no_more_and_starts_with_what_it_held(running: Cluster) -> None:
    with connected(running) as connection:
        connection.execute("CREATE TABLE stops (n int); INSERT INTO stops VALUES (7)")
    running.stop()
    assert not running.is_running()
    running.stop()  # stopping what does not run is no error
    assert running.start() is True
    with connected(running) as connection:
        assert connection.execute("SELECT n FROM stops").fetchall() == [(7,)]


def test_it_listens_on_no_port_and_keeps_checksums_and_utf8(running: Cluster) -> None:
    with connected(running) as connection:
        for setting, value in (
            ("listen_addresses", ""),
            ("data_checksums", "on"),
            ("server_encoding", "UTF8"),
        ):
            assert connection.execute("SELECT current_setting(%s)", [setting]).fetchone() == (value,)


def test_nobody_comes_in_without_the_password(running: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        connected(running, password="").close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connected(running, password="guessed").close()  # noqa: S106


def test_only_their_owner_reads_the_secrets_and_the_data(running: Cluster) -> None:
    assert running.secrets.stat().st_mode & 0o777 == 0o700
    kept = list(running.secrets.iterdir())
    assert kept
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert running.data.stat().st_mode & 0o777 == 0o700
    assert (running.folder / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0


def test_under_root_it_runs_as_a_user_of_its_own(running: Cluster) -> None:
    user = server_user()
    assert running.data.stat().st_uid == (os.getuid() if user is None else user.uid)
    assert running.data.stat().st_uid != 0


def test_a_killed_server_starts_again_with_all_that_was_committed(running: Cluster) -> None:
    with connected(running) as connection:
        connection.execute("CREATE TABLE kills (n int); INSERT INTO kills SELECT generate_series(1, 1000)")
    kill(running)
    assert running.start() is True
    with connected(running) as connection:
        assert connection.execute("SELECT count(*), sum(n) FROM kills").fetchone() == (1000, 500500)


def test_a_server_that_is_killed_with_work_open_starts_again_at_once(running: Cluster) -> None:
    # Its processes hold the shared memory a moment longer; the start waits for them.
    with contextlib.closing(connected(running)) as busy:
        busy.pgconn.send_query(b"SELECT pg_sleep(1)")
        kill(running)
        assert running.start() is True


def test_whoever_waits_long_for_a_start_is_told_why(
    running: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "_WORTH_TELLING", 0.0)
    kill(running)
    heard: list[str] = []
    Cluster(running.folder.parent, tell=heard.append).start()
    assert any("journal" in sentence for sentence in heard)


def test_a_number_that_another_process_has_by_now_does_not_stop_the_start(running: Cluster) -> None:
    file = running.data / "postmaster.pid"
    lines = file.read_text().splitlines()
    kill(running)
    running.start()
    running.stop()
    user = server_user()
    uid = None if user is None else user.uid
    with subprocess.Popen(["sleep", "60"], user=uid) as other:
        file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        assert running.start() is True
        assert pid_of(running) != other.pid
        other.kill()


def test_a_server_that_lost_its_socket_is_ended_and_started_anew(running: Cluster) -> None:
    before = pid_of(running)
    (running.folder / ".s.PGSQL.5432").unlink()
    assert not running.is_running()
    assert running.start() is True
    assert pid_of(running) != before


STARTED = """
import sys
from pathlib import Path
from havre.core.database.cluster import Cluster
print(Cluster(Path(sys.argv[1])).start())
"""


def test_of_two_that_start_it_at_once_one_does(new_cluster: Callable[..., Cluster]) -> None:
    cluster = new_cluster()
    command = [sys.executable, "-c", STARTED, str(cluster.folder.parent)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted(each.communicate(timeout=60)[0].strip() for each in both)
    assert said == ["False", "True"]
    assert cluster.is_running()


def test_it_stops_behind_the_last_who_uses_it(running: Cluster) -> None:
    running.stop()
    other = Cluster(running.folder.parent)
    with running.running():
        with other.running():
            assert running.is_running()
        assert running.is_running()
    assert not running.is_running()


def test_an_error_while_it_is_used_stops_it_and_is_not_lost(running: Cluster) -> None:
    running.stop()
    with pytest.raises(ZeroDivisionError), running.running():
        _ = 1 / 0
    assert not running.is_running()


def test_a_folder_with_a_very_long_path_has_its_socket_elsewhere(new_cluster: Callable[..., Cluster]) -> None:
    cluster = new_cluster("/".join(["a folder with a 'long' name"] * 5))
    cluster.start()
    socket = cluster.url("postgres").partition("host=")[2]
    assert len(socket) < 100
    with connected(cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    cluster.stop()
    assert not cluster._socket.exists()


def test_a_folder_for_the_socket_that_somebody_else_has_is_refused(
    new_cluster: Callable[..., Cluster], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = new_cluster("/".join(["long"] * 25))
    taken = Path(cluster._socket)
    taken.mkdir()
    taken.chmod(0o777)
    with pytest.raises(DatabaseServerError, match="belongs to somebody else"):
        cluster.start()
    taken.rmdir()


def test_data_of_another_version_is_refused_in_one_sentence(running: Cluster) -> None:
    running.stop()
    file = running.data / "PG_VERSION"
    before = file.read_text()
    file.write_text("15\n")
    try:
        with pytest.raises(DatabaseServerError) as refused:
            running.start()
    finally:
        file.write_text(before)
    assert "PostgreSQL 15" in refused.value.say(Language.ENGLISH)
    assert "sauvegardez" in refused.value.say(Language.FRENCH)


def test_a_folder_whose_database_is_gone_is_not_filled_with_a_new_one(running: Cluster) -> None:
    running.stop()
    file = running.data / "PG_VERSION"
    before = file.read_text()
    file.unlink()
    try:
        with pytest.raises(DatabaseServerError, match="holds no database"):
            running.start()
    finally:
        file.write_text(before)
        if (user := server_user()) is not None:
            user.owns(file)


def test_what_postgresql_dies_of_is_told(running: Cluster) -> None:
    running.stop()
    broken = Cluster(running.folder.parent, settings={"shared_buffers": "none"})
    with pytest.raises(DatabaseServerError, match=r"does not start\. PostgreSQL says: .*contains errors"):
        broken.start()
    assert running.start() is True


def test_no_name_reaches_the_log(running: Cluster) -> None:
    with connected(running) as connection:
        connection.execute("CREATE TABLE people (name text UNIQUE); INSERT INTO people VALUES ('Zarghuna')")
        for statement in (
            "INSERT INTO people VALUES ('Zarghuna')",
            "SELECT 'Zarghuna'::uuid",
            "SELECT Zarghuna",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
    running.stop()  # what was said is written
    written = (running.folder / "server.log").read_bytes()
    assert b"database system is ready" in written
    assert b"zarghuna" not in written.lower()
