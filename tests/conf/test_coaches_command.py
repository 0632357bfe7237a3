# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre place coaches``: coaches from three files, judged by the other half; one line for what is wrong."""

import csv
import signal
import subprocess
import time

import pytest
from conf.conftest import environment
from engines.placement.coaches.journeys import journey, random_journey
from house.folder import HAVRE

from havre.conf.coaching import check_coach_files
from havre.conf.console import CommandError
from havre.engines.placement.coaches import default_policy_text


@pytest.fixture
def written(tmp_path):
    """The three files of five parties, four of which leave for three centres."""
    parties = [
        {"people": 20},
        {"people": 9, "travels_with": "P1"},
        {"at": 2, "people": 20},
        {"at": 3},
        {"at": 0},
    ]
    return _written(tmp_path, journey(parties, [{"south": 100}, {"south": 130}, {"south": 100, "lon": 6.0}]))


def _written(folder, at):
    paths = [folder / name for name in ("plan.csv", "parties.csv", "places.csv")]
    for path, text in zip(paths, (at.plan, at.parties, at.places), strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_coaches_are_filled_and_checked_and_one_seat_too_many_is_found(havre, written, tmp_path):
    out = tmp_path / "coaches.csv"
    done = havre("place", "coaches", *written, "--out", out, "--first-day", "2016-10-24")
    assert done.returncode == 0, done.stderr
    assert "2 coaches, at least 2 needed" in done.stderr
    assert "1 coach is half empty" in done.stderr
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert {row["party_id"] for row in rows} == {"P1", "P2", "P3", "P4"}
    assert {row["day"] for row in rows} == {"2016-10-24"}
    assert "2 coaches" in check_coach_files([out, *written], None)
    out.write_text(out.read_text("utf-8").replace("P4,1,", "P3,1,"), "utf-8")
    with pytest.raises(CommandError, match=r"breaks \d rules"):  # one sits there twice, and one is missing
        check_coach_files([out, *written], None)


def test_requests_that_cannot_be_are_refused_in_one_sentence(asked, written, tmp_path):
    three, out = [str(path) for path in written], ["--out", str(tmp_path / "coaches.csv")]
    bad = tmp_path / "bad.toml"
    bad.write_text(default_policy_text().replace("seats = 50", "seats = 0"), "utf-8")
    large, empty = tmp_path / "large.csv", tmp_path / "empty.csv"
    empty.write_text("\ufeff\n", "utf-8")
    large.write_text(written[1].read_text("utf-8").replace("P1,20", "P1,99"), "utf-8")
    requests = [
        ["place", "coaches", *three],
        ["place", "coaches", *three[:2], *out],
        ["place", "coaches", *three, "--out", three[0]],
        ["place", "coaches", *three, *out, "--first-day", "Monday"],
        ["place", "coaches", three[0], str(large), three[2], *out],
        ["place", "coaches", three[0], str(empty), three[2], *out],
        ["place", "coaches", *three, *out, "--policy", str(bad)],
        ["place", "coaches", "check", *three],
        ["place", "coaches", "check", three[0], *three],
    ]
    for language in ("en", "fr"):
        told = asked(requests, language)
        assert [code for code, _ in told] == [1] * len(requests), told
        assert all(len(said.strip().splitlines()) <= 2 for _, said in told), told
    assert not (tmp_path / "coaches.csv").exists()


@pytest.mark.parametrize(
    ("part", "own", "others"),
    [
        ((), "--previous", "--first-day"),
        (("check",), "--locks", "--out"),
        (("coaches",), "--first-day", "--locks"),
        (("coaches", "check"), "--policy", "--time"),
    ],
)
def test_each_part_of_place_shows_its_own_help_and_takes_its_own_options(havre, part, own, others):
    for language in ("en", "fr"):
        shown = havre("place", *part, "--help", HAVRE_LANG=language)
        assert shown.returncode == 0, shown.stderr
        assert " ".join(["place", *part, "["]) in shown.stdout
        assert own in shown.stdout
        assert others not in shown.stdout
    refused = havre("place", *part, "a.csv", others, "1")
    assert refused.returncode == 2
    assert " ".join(["place", *part]) + ": " + others in refused.stderr


def test_coaches_that_are_killed_on_the_way_are_whole_and_keep_every_rule(tmp_path):
    paths, out = _written(tmp_path, random_journey(4)), tmp_path / "coaches.csv"
    with subprocess.Popen(
        [*HAVRE, "place", "coaches", *map(str, paths), "--out", str(out), "--time", "3600"],
        env=environment(),
        stderr=subprocess.DEVNULL,
    ) as running:
        while not out.exists() and running.poll() is None:
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert "Every rule is kept" in check_coach_files([out, *paths], None)
