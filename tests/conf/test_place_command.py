# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre place``: a plan from two files, checked by the other half of the command; and one line for what is wrong."""

import csv
import signal
import subprocess
import time

import pytest
from conf.conftest import environment
from engines.placement.camps import camp_of, random_camp
from house.folder import HAVRE

from havre.conf.console import CommandError
from havre.conf.placing import Inputs, check_files
from havre.engines.placement import default_policy_text

BLANK = "rule,party_id,place_id,other_party_id,centre_id,day,people\n"


@pytest.fixture
def written(tmp_path):
    """Two files of a camp in which everybody has a place."""
    made = camp_of([{}, {"people": 2, "region_1": "R02"}, {}], [{}, {"units": 3, "region": "R02"}])
    parties, places = tmp_path / "parties.csv", tmp_path / "places.csv"
    parties.write_text(made.parties, "utf-8")
    places.write_text(made.places, "utf-8")
    return parties, places


def test_a_plan_is_made_and_checked_and_one_promise_broken_is_found(havre, written, tmp_path):
    parties, places = written
    out, locks = tmp_path / "plan.csv", tmp_path / "locks.csv"
    locks.write_text(BLANK + "stays,P1,L2,,,,\n", "utf-8")
    done = havre("place", parties, places, "--out", out, "--locks", locks, "--threads", 2)
    assert done.returncode == 0, done.stderr
    assert "0 people wait" in done.stderr
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert {row["party_id"]: row["place_id"] for row in rows} == {"P1": "L2", "P2": "L2", "P3": "L1"}
    assert "locks=" in rows[0]["about"]
    assert "Every rule is kept" in check_files([places, out, parties], Inputs(locks=locks))
    out.write_text(out.read_text("utf-8").replace("P3,L1", "P3,L2"), "utf-8")
    with pytest.raises(CommandError, match="breaks 2 rules"):  # a place overfull, and other locks
        check_files([out, parties, places], Inputs())


def test_what_is_wrong_is_told_before_anything_is_reckoned(havre, written, tmp_path):
    parties, places = written
    parties.write_text(parties.read_text("utf-8").replace("P2,2,adult", "P2,2,Zmarai"), "utf-8")
    done = havre("place", parties, places, "--out", tmp_path / "plan.csv", HAVRE_LANG="fr")
    assert done.returncode == 1
    assert f"{parties}, ligne 3, kind : écrivez l’un de : adult, family, minor, woman" in done.stderr
    assert "Zmarai" not in done.stderr
    assert not (tmp_path / "plan.csv").exists()


def test_requests_that_cannot_be_are_refused_in_one_sentence(asked, written, tmp_path):
    parties, places = written
    two, out = [str(parties), str(places)], ["--out", str(tmp_path / "plan.csv")]
    bad = tmp_path / "bad.toml"
    bad.write_text(default_policy_text().replace("300", '"much"'), "utf-8")
    requests = [
        ["place", *two],
        ["place", str(parties), *out],
        ["place", *two, "--out", str(tmp_path / "plan.xlsx")],
        ["place", *two, "--out", str(places)],
        ["place", *two, *out, "--policy", str(bad)],
        ["place", *two, *out, "--previous", str(parties)],
        ["place", *two, *out, "--locks", str(tmp_path / "none.csv")],
        ["place", "check", *two],
        ["place", "check", *two, str(parties)],
    ]
    for language in ("en", "fr"):
        told = asked(requests, language)
        assert [code for code, _ in told] == [1] * len(requests), told
        assert all(len(said.strip().splitlines()) <= 2 for _, said in told), told
    assert not (tmp_path / "plan.csv").exists()


def test_a_plan_that_is_killed_on_the_way_is_whole_and_keeps_every_rule(tmp_path):
    made = random_camp(7, ("bed",), locked=False)
    parties, places, out = (tmp_path / name for name in ("parties.csv", "places.csv", "plan.csv"))
    parties.write_text(made.parties, "utf-8")
    places.write_text(made.places, "utf-8")
    with subprocess.Popen(
        [*HAVRE, "place", str(parties), str(places), "--out", str(out), "--time", "3600"],
        env=environment(),
        stderr=subprocess.DEVNULL,
    ) as running:
        while not out.exists() and running.poll() is None:
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert "gap" in check_files([out, parties, places], Inputs())


def test_a_question_is_answered_at_once_and_by_the_plan_made_again(havre, written, tmp_path):
    parties, places = written
    out = tmp_path / "plan.csv"
    assert havre("place", parties, places, "--out", out).returncode == 0
    done = havre("what-if", places, out, parties, "--close", "C1", "--more", "L2=-1")
    assert done.returncode == 0, done.stderr
    assert "4 people wait (before: 0)" in done.stdout
    assert "at most -6000 points are possible then; 7000 are lost at least" in done.stdout
    assert "0 other parties change" in done.stdout
    french = havre("what-if", out, parties, places, "--more", "L1=2", HAVRE_LANG="fr")
    assert "Tout de suite" in french.stdout
    assert "L1 : un emplacement de plus" in french.stdout


def test_a_question_that_cannot_be_is_refused_in_one_sentence(asked, written, tmp_path):
    parties, places = written
    plan = tmp_path / "plan.csv"
    plan.write_text("party_id,place_id\nP1,L1\nP2,L2\nP3,L1\n", "utf-8")
    three = ["what-if", str(plan), str(parties), str(places)]
    requests = [
        three,
        [*three[:-1], "--close", "C1"],
        [*three, "--close", "C7"],
        [*three, "--more", "L1"],
        [*three, "--more", "L1=many"],
        [*three, "--more", "L1=-3"],
        [*three, "--never", "P9=L1"],
        [*three, "--always", "P2=L7"],
    ]
    for language in ("en", "fr"):
        told = asked(requests, language)
        assert [code for code, _ in told] == [1] * len(requests), told
        assert all(len(said.strip().splitlines()) == 1 for _, said in told), told
