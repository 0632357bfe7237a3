# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list of ten thousand lines, imported by the jobs that a worker does; and COPY of the rows that it left."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

from bench.site_meter import Cost, measured
from bench.tables import table, tell
from havre.apps.registry import actions as registry
from havre.apps.registry.actions import ConsentSaid
from havre.apps.registry.enums import ConsentGiver, ConsentHow, ImportState
from havre.apps.registry.models import ListImport
from havre.core.access import Purpose, acting_as
from havre.core.accounts.models import Member
from havre.core.exchange import write_list
from havre.core.jobs.models import Job
from havre.core.jobs.performing import perform
from havre.core.jobs.queue import Order
from havre.engines.linkage import ShoreList
from havre.scenario import make_scenario
from havre.words import Language

CHILDREN, LINES = 4200, 10_000
SOURCE = f"winter {uuid4()}"
"""A list of its own each time: the same one twice changes nothing."""
OF_LIST = f"SELECT id FROM registry_registration WHERE source = '{SOURCE}'"
WRITTEN = {
    "registry_registration": f"id IN ({OF_LIST})",
    "registry_person": f"id IN (SELECT own_person_id FROM registry_registration WHERE source = '{SOURCE}')",
    **dict.fromkeys(
        [
            f"registry_{each}"
            for each in ("name", "ageevidence", "contact", "consent", "familylink", "searchkey")
        ],
        f"registration_id IN ({OF_LIST})",
    ),
}
"""The rows that an import leaves, table by table; what is put on record of them comes on top."""


@dataclass(frozen=True)
class Imported:
    """What each step took."""

    lines: int
    rows: int
    """That the import wrote, without the record."""
    preview: Cost
    writing: Cost
    copying: float
    """Milliseconds on the clock: the same rows by COPY into bare tables with the same indexes."""


def imported(member: Member, superuser: str) -> Imported:
    """Hands in a list as ``member``, has it read, accepts it, has it written."""
    lst = _list()
    tell("site: a list is read and written")
    with tempfile.TemporaryDirectory() as folder:
        write_list(lst, Path(folder))
        people, links = ((Path(folder) / f"{name}.csv").read_bytes() for name in ("people", "links"))
    with acting_as(member.pk, Purpose.CARE):
        listed = registry.start_import(
            content=people,
            name="people.csv",
            links_content=links,
            links_name="links.csv",
            source=SOURCE,
            language=Language.ENGLISH,
        )
    preview = _done(listed, ImportState.PREVIEWED)
    with acting_as(member.pk, Purpose.CARE):
        listed = registry.accept_import(listed.pk, consents=_consents())
    writing = _done(listed, ImportState.DONE)
    tell("site: the same rows by COPY")
    rows, copying = _copied(superuser)
    return Imported(len(lst.people) + len(lst.links), rows, preview, writing, copying)


def _list() -> ShoreList:
    """Children and the relatives they name, in so many lines."""
    france = make_scenario(CHILDREN, seed=11, children=CHILDREN).france
    people = france.people[: LINES * 2 // 5]
    known = {person.person_id for person in people}
    links = tuple(link for link in france.links if link.person_id in known)
    return ShoreList(people, links[: LINES - len(people)])


def _consents() -> list[ConsentSaid]:
    return [
        ConsentSaid(for_what=each, given_by=ConsentGiver.CHILD, how=ConsentHow.INTERPRETER)
        for each in registry.FOR_EVERYBODY
    ]


def _done(listed: ListImport, state: ImportState) -> Cost:
    """The cost of the job that the import waits for."""
    if listed.job is None:
        raise RuntimeError("the import has no job")
    with acting_as(listed.member_id, Purpose.CARE):
        job = Job.objects.get(pk=listed.job)
    with measured() as cost:
        perform(Order(job.pk, job.member_id, Purpose(job.purpose)), alias="log")
    with acting_as(listed.member_id, Purpose.CARE):
        listed.refresh_from_db()
    if listed.state != state:
        raise RuntimeError(f"the import is {listed.state}")
    return cost


def _copied(superuser: str) -> tuple[int, float]:
    """How many rows, and how long COPY takes them; what it wrote is thrown away."""
    rows, took = 0, 0.0
    with psycopg.connect(superuser) as connection:
        for name, which in WRITTEN.items():
            bare = f"bare_{name}"
            connection.execute(f"CREATE TEMP TABLE {bare} (LIKE {name} INCLUDING INDEXES) ON COMMIT DROP")
            with connection.cursor().copy(f"COPY (SELECT * FROM {name} WHERE {which}) TO STDOUT") as out:
                data = b"".join(out)
            rows += data.count(b"\n")
            began = time.perf_counter()
            with connection.cursor().copy(f"COPY {bare} FROM STDIN") as into:
                into.write(data)
            took += 1000 * (time.perf_counter() - began)
    return rows, took


def import_table(done: Imported) -> str:
    """Lines a second, and how far from COPY that is."""
    head = (
        "step",
        "lines a second",
        "seconds",
        "Python CPU, s",
        "PostgreSQL CPU, s",
        "queries",
        "times COPY",
    )
    steps = {"preview": done.preview, "writing": done.writing}
    lines = [(name, *_line(cost, done)) for name, cost in steps.items()]
    bare = f"COPY of the {done.rows:,} rows that were written"
    copied = done.copying / 1000
    return table(head, [*lines, (bare, f"{done.lines / copied:,.0f}", f"{copied:.2f}", "", "", "", "1")])


def _line(cost: Cost, done: Imported) -> list[object]:
    return [
        f"{1000 * done.lines / cost.elapsed:,.0f}",
        f"{cost.elapsed / 1000:.1f}",
        f"{cost.python / 1000:.1f}",
        "-" if cost.server is None else f"{cost.server / 1000:.1f}",
        cost.queries,
        f"{cost.elapsed / done.copying:.0f}",
    ]
