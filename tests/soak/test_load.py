# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Eight members of both shores read and decide the same pairs at once, as fast as they can."""

import json
import logging
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

import pytest
from cast import Cast
from house.browsing import Browsing
from house.folder import Folder
from soak.conftest import NewFolder
from soak.story import Story, write_lists

from havre.apps.tracing.enums import Act, reasons_for

pytestmark = pytest.mark.soak
logger = logging.getLogger(__name__)
MEMBERS = 4
"""Of each shore."""
SECONDS = 20
PAGES = ("/", "/tracing/pairs", "/tracing/found", "/people", "/api/pairs")
DECIDED = "SELECT idempotency_key::text, kind FROM tracing_verdict"
VERSIONS = """
SELECT p.id FROM tracing_pair p LEFT JOIN tracing_verdict v ON v.pair_id = p.id
 GROUP BY p.id, p.version
HAVING p.version <> 1 + count(*) FILTER (WHERE v.pair_state_before <> v.pair_state_after)
"""
"""Pairs that have changed more often, or less, than somebody decided."""


@dataclass
class Colleague:
    """A member who opens pages, looks at a pair, and does to it what they may, twice over the same bad line."""

    browsing: Browsing
    chance: random.Random
    taken: dict[str, str] = field(default_factory=dict)
    """Key to act, of what was acknowledged."""
    waits: list[float] = field(default_factory=list)
    """Seconds that each page took."""
    wrong: list[str] = field(default_factory=list)

    def work(self, until: float) -> None:
        """Until that moment."""
        while time.monotonic() < until:
            self._open(self.chance.choice(PAGES))
            pairs = self._open("/api/pairs")["pairs"]
            if pairs:
                self._decide(self.chance.choice(pairs)["id"])

    def _open(self, path: str) -> Any:
        began = time.monotonic()
        answer = self.browsing.get(path)
        self.waits.append(time.monotonic() - began)
        return answer.json() if path.startswith("/api/") and answer.status == 200 else {}

    def _decide(self, pair: str) -> None:
        self._open(f"/tracing/pairs/{pair}")
        seen = self._open(f"/api/pairs/{pair}")
        if possible := [act for act in map(Act, seen.get("possible", ())) if act is not Act.REUNITE]:
            act, key = self.chance.choice(possible), str(uuid4())
            reasons = [reason.key for reason in reasons_for(act)]
            said = {"act": act, "version": seen["version"], "idempotency_key": key}
            told = json.dumps({**said, "reason": reasons[0] if reasons else ""}).encode()
            answers = [
                self.browsing.post(f"/api/pairs/{pair}/verdicts", told, "application/json") for _ in "12"
            ]
            self._note(act, key, [answer.status for answer in answers])

    def _note(self, act: Act, key: str, statuses: list[int]) -> None:
        if statuses == [200, 200]:
            self.taken[key] = act
        elif not set(statuses) <= {409, 422}:  # somebody was quicker
            self.wrong.append(f"{act}: {statuses}")


def test_many_at_once_find_no_fault_and_double_nothing(new_folder: NewFolder, tmp_path: Path) -> None:
    folder, lists = new_folder(), write_lists(tmp_path, children=60)
    with folder.served(tmp_path / "serve.log") as site, folder.asked_directly():
        Story(folder, site, lists).tell(lambda *_: None)
        colleagues = crew(site.port)
        at_once(colleagues)
        statuses = sum((Counter(each.browsing.statuses) for each in colleagues), Counter[int]())
        logger.warning("%s; %s", dict(statuses), waited(colleagues))
        assert not [status for status in statuses if status == 0 or status >= 500]
        assert [wrong for each in colleagues for wrong in each.wrong] == []
        check_decided(folder, colleagues)
        assert folder.havre("audit", "verify").returncode == 0


def crew(port: int) -> list[Colleague]:
    """Members of both shores."""
    cast = Cast()
    members = [
        cast.member(organisation, nth=10 + nth)
        for organisation in (cast.dunes, cast.harbour)
        for nth in range(MEMBERS)
    ]
    return [
        Colleague(Browsing(member, port), random.Random(nth))  # noqa: S311 - it only chooses what to open
        for nth, member in enumerate(members)
    ]


def at_once(colleagues: list[Colleague]) -> None:
    """Everybody works."""
    until = time.monotonic() + SECONDS
    working = [threading.Thread(target=each.work, args=(until,)) for each in colleagues]
    for each in working:
        each.start()
    for each in working:
        each.join()


def waited(colleagues: list[Colleague]) -> str:
    """How long pages took."""
    waits = [wait for each in colleagues for wait in each.waits]
    cuts = quantiles(waits, n=20)
    return f"{len(waits)} pages, half within {cuts[9]:.2f} s, 95 % within {cuts[18]:.2f} s"


def check_decided(folder: Folder, colleagues: list[Colleague]) -> None:
    """Every verdict that was acknowledged is there once, and every pair is where its verdicts have led it."""
    taken = Counter(pair for each in colleagues for pair in each.taken.items())
    assert taken
    assert Counter(folder.rows(DECIDED)) == taken
    assert folder.rows(VERSIONS) == []
