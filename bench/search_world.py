# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A register to search in: the open one of two hundred thousand people, and as many more as are wanted.

Who comes on top of the open register has a name whose words are those of people of the same country and script, at the
same places, so that common words stay as common. Rows are written by COPY with triggers off: a register of a million,
registered one by one, would take a day.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import pyarrow.parquet as pq

from bench.tables import Steps, tell
from havre.apps.registry.actions.said import script_of
from havre.apps.registry.queries import search_keys
from havre.core.accounts.enums import OrganisationKind, Role, Shore
from havre.core.accounts.models import Account, Member, Organisation
from havre.core.clock import now, today
from havre.core.database.ids import uuid7

COUNTRIES = {
    "AF": "AFG", "EG": "EGY", "ET": "ETH", "IQ": "IRQ", "IR": "IRN", "LY": "LBY", "PK": "PAK", "SD": "SDN",
    "SO": "SOM", "SY": "SYR", "YE": "YEM",
}  # fmt: skip
SEXES = {"M": "male", "F": "female"}
JOINED = frozenset(
    [
        *("عبد", "ابو", "ام", "بن", "ابن"),
        *("abd", "abdul", "abdel", "abdal", "abdoul", "abu", "abou", "umm", "bin", "ibn", "al", "el", "ul"),
    ]
)
"""Words that make one with the next."""


OWN = 0.5
"""Of those beside the open register: how many the searching organisation has registered itself."""
ORGANISATIONS, CASEWORKERS = 8, 40
"""Of the searching organisation: nobody may search more than so often."""


def make_members() -> None:
    """Organisations on both shores, and who searches."""
    for n in range(ORGANISATIONS):
        shore = Shore.FRANCE if n < ORGANISATIONS // 2 else Shore.BRITAIN
        organisation = Organisation.objects.create(
            name=f"Organisation {n}", shore=shore, kind=OrganisationKind.PROTECTION
        )
        for m in range(CASEWORKERS if n == 0 else 1):
            account = Account.objects.create(email=f"{n}.{m}@havre.example", full_name=f"Member {n}.{m}")
            Member.objects.create(account=account, organisation=organisation, role=Role.CASEWORKER)


def caseworkers() -> list[Member]:
    """Of the searching organisation."""
    found = Member.objects.filter(organisation__name="Organisation 0")
    return list(found.select_related("account", "organisation").order_by("id"))


def belonging(own: Member) -> Callable[[int], Member]:
    """Who registered the n-th stranger: the searching organisation, or each other one in turn."""
    others = Member.objects.filter(organisation__name__startswith="Organisation ")
    elsewhere = list(others.exclude(organisation=own.organisation_id).order_by("id"))
    return lambda n: own if n % 100 < 100 * OWN else elsewhere[n % len(elsewhere)]


class Somebody(NamedTuple):
    """One line of the register."""

    id: str
    name: str
    born: str
    """A day, or nothing."""
    sex: str
    country: str


@dataclass(frozen=True)
class Query:
    """What is asked for, and who is meant."""

    name: str
    sex: str
    year: int
    country: str
    name_key: str
    entity: str


def register(data: Path) -> list[Somebody]:
    """The open register."""
    rows = pq.read_table(data / "people.parquet").to_pydict()
    said = zip(*(rows[name] for name in ("person_id", "name", "birth_date", "sex", "country")), strict=True)
    return [Somebody(*(value or "" for value in line)) for line in said]


def truth(data: Path) -> dict[str, tuple[str, str]]:
    """Of each line its canonical name, and who it is."""
    rows = pq.read_table(data / "truth.parquet").to_pydict()
    return {
        key: (name, str(entity))
        for key, name, entity in zip(rows["person_id"], rows["name_key"], rows["entity"], strict=True)
    }


def queries(data: Path) -> list[Query]:
    """All that is asked of the open register."""
    with (data / "queries.csv").open(encoding="utf-8") as asked, (data / "truth_queries.csv").open() as meant:
        lines = zip(csv.DictReader(asked), csv.DictReader(meant), strict=True)
        return [
            Query(a["name"], a["sex"], int(a["birth_year"] or 0), a["country"], b["name_key"], b["entity"])
            for a, b in lines
        ]


def strangers(people: list[Somebody], count: int, seed: int = 2016) -> Iterator[Somebody]:
    """``count`` more people of the same kind."""
    dice = Random(seed)
    words: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for each in people:
        for place, word in enumerate(_words(each.name)):
            words[each.country, script_of(each.name), place].append(word)
    for n in range(count):
        like = people[dice.randrange(len(people))]
        kept = dice.choice([None, *range(3)])
        name = [
            word if place == kept else dice.choice(words[like.country, script_of(like.name), place])
            for place, word in enumerate(_words(like.name))
        ]
        other, third = (people[dice.randrange(len(people))] for _ in range(2))
        yield Somebody(f"s{n}", " ".join(name), other.born, third.sex, like.country)


def _words(name: str) -> list[str]:
    found: list[str] = []
    for word in name.split():
        if found and found[-1].split()[-1].lower().rstrip("-") in JOINED:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


Row = tuple[Any, ...]
PERSON = ("id", "origin", "recorded_at", "reference", "organisation_id")
REGISTRATION = (
    "id", "origin", "recorded_at", "person_id", "own_person_id", "organisation_id", "registered_by_id", "said_on",
    "place", "language", "extent", "sex", "nationality", "birthplace", "town", "country", "unsaid", "source",
    "source_id", "source_said", "findable", "traceable",
)  # fmt: skip
NAME = (
    "id", "origin", "recorded_at", "registration_id", "written", "script", "language", "kind", "written_by",
    "said_on", "parts",
)  # fmt: skip
AGE = (
    "id", "origin", "recorded_at", "registration_id", "earliest", "latest", "kind", "true_on", "method",
    "assessor", "disputed", "note",
)  # fmt: skip
KEY = ("organisation_id", "key", "born", "registration_id")
TABLES = {
    "registry_person": PERSON,
    "registry_registration": REGISTRATION,
    "registry_name": NAME,
    "registry_ageevidence": AGE,
    "registry_searchkey": KEY,
}
BATCH = 20_000


def write(
    url: str, people: Iterable[Somebody], whose: Callable[[int], Member], count: int, what: str
) -> None:
    """Adds people to the site; ``url`` is the superuser's, ``whose`` who registered the n-th."""
    steps, done, lines = Steps(what), 0, iter(people)
    with psycopg.connect(url) as connection, _index_made_anew(connection):
        connection.execute("SET session_replication_role = replica")
        while batch := list(islice(lines, BATCH)):
            rows: dict[str, list[Row]] = {table: [] for table in TABLES}
            for n, each in enumerate(batch, done):
                for table, row in _rows(each, whose(n)):
                    rows[table].append(row)
            for table, columns in TABLES.items():
                with connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                    if table == "registry_searchkey":  # keys hold letters and blanks alone
                        copy.write("".join(f"{a}\t{b}\t{c}\t{d}\n" for a, b, c, d in rows[table]))
                        continue
                    for row in rows[table]:
                        copy.write_row(row)
            done += len(batch)
            steps(done / count)
    with psycopg.connect(url, autocommit=True) as connection:
        tell("search: vacuum and analyse")
        connection.execute("VACUUM ANALYZE")


@contextmanager
def _index_made_anew(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """The search keys are written without their indexes, which are made at the end."""
    kept = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'registry_searchkey'"
    ).fetchall()
    connection.execute("ALTER TABLE registry_searchkey DROP CONSTRAINT registry_searchkey_pkey")
    for name, _ in kept:
        connection.execute(f"DROP INDEX IF EXISTS {name}")
    yield
    tell("search: the index of the keys")
    connection.execute("SET maintenance_work_mem = '1GB'")
    for _, definition in kept:
        connection.execute(definition)
    connection.execute("ALTER TABLE registry_searchkey ADD PRIMARY KEY USING INDEX registry_searchkey_pkey")


def _rows(each: Somebody, member: Member) -> Iterator[tuple[str, Row]]:
    key, person, moment = uuid7(), uuid7(), now()
    organisation: UUID = member.organisation_id
    begun = ("", moment)
    # A counter would do for the site and not for who looks at it: references have a form.
    yield "registry_person", (person, *begun, f"S{person.hex[-11:]}", organisation)
    yield (
        "registry_registration",
        (
            key, *begun, person, person, organisation, member.pk, today(), "", "", "quick",
            SEXES.get(each.sex, ""), COUNTRIES.get(each.country, ""), "", "", "", "{}", "open register", each.id, "{}",
            True, True,
        ),
    )  # fmt: skip
    yield (
        "registry_name",
        (uuid7(), *begun, key, each.name, script_of(each.name), "", "own", "list", today(), "[]"),
    )
    year = int(each.born[:4] or 0)
    if each.born:
        yield (
            "registry_ageevidence",
            (uuid7(), *begun, key, *_interval(each.born), today(), "claimed", "", False, ""),
        )
    for found in search_keys([each.name]):
        yield "registry_searchkey", (organisation, found, year, key)


def _interval(born: str) -> tuple[date, date, str]:
    """The first of January is what offices write when only the year is known."""
    day = date.fromisoformat(born)
    if (day.month, day.day) == (1, 1):
        return day, date(day.year, 12, 31), "first_of_january"
    return day, day, "day"
