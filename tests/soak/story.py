# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens on a site while somebody kills its processes: lists come in, the match runs, children are registered."""

import json
import logging
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from cast import Cast
from house.browsing import Browsing
from house.folder import Folder
from house.served import Served, is_gone

from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow
from havre.core.accounts.enums import Role
from havre.core.exchange import write_list
from havre.scenario import make_scenario

logger = logging.getLogger(__name__)
CHILDREN = 600
"""With their relatives and all family links some 5,300 rows."""
WORST = 900
"""Seconds after which work that should have been done is lost."""
REGISTRATIONS = """
SELECT o.name, r.source_id, r.sex, r.nationality, r.birthplace, r.town, r.traceable,
    (SELECT array_agg(concat(n.kind, n.written) ORDER BY n.kind, n.written) FROM registry_name n
      WHERE n.registration_id = r.id),
    (SELECT array_agg(concat(a.earliest, a.latest) ORDER BY a.earliest, a.latest) FROM registry_ageevidence a
      WHERE a.registration_id = r.id),
    (SELECT array_agg(c.value ORDER BY c.value) FROM registry_contact c WHERE c.registration_id = r.id),
    (SELECT array_agg(c.for_what ORDER BY c.for_what) FROM registry_consent c WHERE c.registration_id = r.id),
    (SELECT count(*) FROM registry_searchkey k WHERE k.registration_id = r.id)
  FROM registry_registration r JOIN accounts_organisation o ON o.id = r.organisation_id WHERE r.source <> ''
"""
LINKS = """
SELECT r.source_id, l.source_id, l.relation, l.names, l.other_names, l.born_earliest, l.born_latest, l.phone, l.town
  FROM registry_familylink l JOIN registry_registration r ON r.id = l.registration_id
"""
PAIRS = """
SELECT a.source_id, la.source_id, b.source_id, lb.source_id, p.state, p.band, round(p.probability::numeric, 6)
  FROM tracing_pair p
  JOIN registry_registration a ON a.id = p.registration_a_id JOIN registry_registration b ON b.id = p.registration_b_id
  LEFT JOIN registry_familylink la ON la.id = p.link_a_id LEFT JOIN registry_familylink lb ON lb.id = p.link_b_id
"""
GROUPINGS = """
SELECT least(a.source_id, b.source_id), greatest(a.source_id, b.source_id), g.state
  FROM registry_grouping g
  JOIN registry_registration a ON a.id = g.registration_a_id JOIN registry_registration b ON b.id = g.registration_b_id
"""
RUNS = "SELECT state, people_a, people_b, links_a, links_b, changes::text FROM tracing_run"
QUICK = """
SELECT n.written FROM registry_name n JOIN registry_registration r ON r.id = n.registration_id
 WHERE r.source = ''
"""
TWICE = """
SELECT table_name, row, count(*) FROM audit_entry WHERE kind = 'insert' AND row IS NOT NULL
 GROUP BY table_name, row HAVING count(*) > 1
"""
UNDONE = (
    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = 'havre.job'"
)
JOB = "SELECT state, share, attempts FROM jobs_run WHERE job_id = %s"


@dataclass(frozen=True)
class Contents:
    """What is in a site in the end, whatever the ids."""

    registrations: Counter[tuple[object, ...]]
    links: Counter[tuple[object, ...]]
    pairs: Counter[tuple[object, ...]]
    groupings: Counter[tuple[object, ...]]
    runs: Counter[tuple[object, ...]]

    @classmethod
    def of(cls, folder: Folder) -> "Contents":
        """As the database has them."""
        return cls(*(_counted(folder, sql) for sql in (REGISTRATIONS, LINKS, PAIRS, GROUPINGS, RUNS)))


def _counted(folder: Folder, sql: str) -> Counter[tuple[object, ...]]:
    rows = (
        tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row) for row in folder.rows(sql)
    )
    return Counter(rows)


@dataclass
class Registrar:
    """Registers children one after the other, and sends each again until it is acknowledged."""

    browsing: Browsing
    acknowledged: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Inside of the block."""
        working = threading.Thread(target=self._work)
        working.start()
        try:
            yield
        finally:
            self._stop.set()
            working.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            name = f"Amina {len(self.acknowledged)}"
            told = json.dumps({"described": {"names": name}}).encode()
            key = {"Idempotency-Key": str(uuid4())}
            answer = self.browsing.insist("/api/people", told, "application/json", **key)
            assert answer.status == 201, answer
            self.acknowledged.append(name)
            self._stop.wait(0.1)


@dataclass
class Killer:
    """Kills one kind of process without a warning, at moments that follow from a seed."""

    folder: Folder
    site: Served
    victim: str
    chance: random.Random
    hits: int = 0
    """How often somebody was killed while the job was under way."""

    def strike(self, job: UUID, times: int) -> None:
        """Kills while a job is under way, once so much of it is done; each time the site gets up by itself."""
        for nth in range(times):
            if not self._is_under_way(job, nth):
                return
            share = self.chance.uniform(0, 0.85)
            _until(
                lambda share=share: (seen := state_of(self.folder, job)).is_over or seen.share >= share, WORST
            )
            if state_of(self.folder, job).is_over:
                return
            self._kill()
            self.hits += 1
            logger.warning(
                "%s killed, time %d, with %.0f %% of the job done", self.victim, nth + 1, 100 * share
            )
            self.site.becomes("/readyz", 200)

    def _is_under_way(self, job: UUID, deaths: int) -> bool:
        """Waits until somebody does it, anew after ``deaths`` that it did not survive; False where it is over."""
        least = 1 if self.victim == "web" else 1 + deaths
        _until(lambda: (seen := state_of(self.folder, job)).is_over or seen.attempts >= least, WORST)
        return not state_of(self.folder, job).is_over

    def _kill(self) -> None:
        pid = self._pid()
        os.kill(pid, signal.SIGKILL)
        assert _until(lambda: is_gone(pid), 30)

    def _pid(self) -> int:
        if self.victim == "postgres":
            return int((self.folder.cluster.data / "postmaster.pid").read_text().split()[0])
        return self.site.children()[self.victim]


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it came to hold within so many seconds."""
    end = time.monotonic() + seconds
    while not (holds := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return holds


@dataclass(frozen=True)
class Seen:
    """How far a job is, and how often it was begun; nothing while the database is away."""

    state: str = ""
    share: float = 0.0
    attempts: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed")


def state_of(folder: Folder, job: UUID) -> Seen:
    """How far a job is now."""
    with suppress(psycopg.OperationalError):
        return next((Seen(*row) for row in folder.rows(JOB, [job])), Seen())
    return Seen()


@dataclass
class Story:
    """Two lists come in and are compared. ``strike`` is told of each job that is under way."""

    folder: Folder
    site: Served
    lists: Path

    def __post_init__(self) -> None:
        cast, port = Cast(), self.site.port
        self.france = Browsing(cast.member(cast.dunes), port)
        self.britain = Browsing(cast.member(cast.harbour), port)
        self.registrar = Registrar(Browsing(cast.member(cast.maraude, Role.REGISTRAR), port))

    def tell(self, strike: Callable[[str, UUID], None]) -> None:
        """All of it, to the end."""
        with self.registrar.at_work():
            imports = [
                self._preview(who, name) for who, name in ((self.france, "france"), (self.britain, "britain"))
            ]
            for who, place in zip((self.france, self.britain), imports, strict=True):
                self._accept(who, place)
            self._do("import", self._job_of_import(imports[-1]), strike)
            run = self.france.insist_form("/tracing/runs/ask", key=str(uuid4()))
            assert run.status == 302, run
            self._do("match", self._one("SELECT job FROM tracing_run"), strike)

    def _do(self, what: str, job: UUID, strike: Callable[[str, UUID], None]) -> None:
        """Lets ``strike`` at a job that is under way, and waits until it and all that follows from it is done."""
        strike(what, job)
        self._wait()

    def _preview(self, who: Browsing, name: str) -> str:
        """Hands a list in, and waits until it was read; where it is."""
        files = {f"{part}file": (self.lists / name / f"{file}.csv").read_bytes() for part, file in FILES}
        place = who.insist_form("/imports/new", files, source=f"list of {name}", key=str(uuid4())).place
        assert place, name
        self._wait()
        return place

    def _accept(self, who: Browsing, place: str) -> None:
        said = {"for_what": ConsentFor.TRACING, "given_by": ConsentGiver.CHILD, "how": ConsentHow.INTERPRETER}
        answer = who.insist_form(place, accept="1", **said)
        assert (answer.status, answer.place) == (302, place), answer

    def _job_of_import(self, place: str) -> UUID:
        return self._one("SELECT job FROM registry_listimport WHERE id = %s", place.rpartition("/")[2])

    def _one(self, sql: str, *values: str) -> UUID:
        ((found,),) = self.folder.rows(sql, list(values))
        assert isinstance(found, UUID)
        return found

    def _wait(self) -> None:
        """Until everything that was asked for is done."""
        assert _until(lambda: self.folder.rows(UNDONE) == [(0,)], WORST), "jobs are left undone"


FILES = (("", "people"), ("links_", "links"))
"""Part of the name of a field, and the file that goes there."""


def write_lists(folder: Path, children: int = CHILDREN) -> Path:
    """Both shores' lists of a synthetic camp."""
    made = make_scenario(max(children * 3, 100), children=children)
    for name, lst in (("france", made.france), ("britain", made.britain)):
        write_list(lst, folder / name)
    return folder
