# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every table: what protects it, and what each may do with a row of it, by raw SQL, through the models and in a job."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from house.rows import SAMPLES, Row, by_models, by_sql, find
from house.tables import OPEN, WITHOUT_TRIGGER, complaints, protected, tables
from house.world import Viewer, World, undone

from havre.core.access import Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.database.cluster import SUPERUSER
from havre.core.database.promises import broken_promises
from havre.core.database.server import DATABASE
from havre.core.jobs import Progress, defer, job, run_jobs
from havre.core.jobs.models import Job

ACTS = "riud"
"""Read, insert, update, delete."""

# What each may do with a row of Dunes, and whether they may add one like it. `own` is the member whose row it is;
# `shared` the organisation that the child was shared with, which is the other side of the pair too.
EXPECTED = """
                      own   shared  other_shore  stranger  guardian  match  auditor  administrator
access_sealkey        -     -       -            -         -         -      -        -
accommodation_absence            riu   -      -            -         -         -      -        -
accommodation_arrivalnotice      riu   -      -            -         -         -      -        -
accommodation_block              riu   -      -            -         -         -      -        -
accommodation_centre             riu   -      -            -         -         -      -        -
accommodation_departure          riu   -      -            -         -         -      -        -
accommodation_dispatch           riu   -      -            -         -         -      -        -
accommodation_inspection         ri    -      -            -         -         -      -        -
accommodation_intake             riud  -      -            -         -         -      -        -
accommodation_kindchange         ri    -      -            -         -         -      -        -
accommodation_lock               riu   -      -            -         -         -      -        -
accommodation_offer              riu   -      -            -         -         -      -        -
accommodation_party              riu   -      -            -         -         -      -        -
accommodation_partymember        riu   -      -            -         -         -      -        -
accommodation_partywish          riu   -      -            -         -         -      -        -
accommodation_passenger          riud  -      -            -         -         -      -        -
accommodation_place              riu   -      -            -         -         -      -        -
accommodation_plan               riu  -      -            -         -         -      -        -
accommodation_planbest           riu  -      -            -         -         -      -        -
accommodation_planinput          ri   -      -            -         -         -      -        -
accommodation_assignment         riu  -      -            -         -         -      -        -
accommodation_override           ri   -      -            -         -         -      -        -
accommodation_acceptance         ri   -      -            -         -         -      -        -
accommodation_plannote           ri   -      -            -         -         -      -        -
accommodation_pledge             ri    -      -            -         -         -      -        -
accommodation_pledgeconfirmation ri    -      -            -         -         -      -        -
accommodation_promise            riu   -      -            -         -         -      -        -
accommodation_queueentry         riu   -      -            -         -         -      -        -
accommodation_separation         riu   -      -            -         -         -      -        -
accommodation_sheet              riu   -      -            -         -         -      -        -
accommodation_stay               riu   -      -            -         -         -      -        -
accommodation_stop               riud  -      -            -         -         -      -        -
accommodation_unituse            riud  -      -            -         -         -      -        -
audit_content         -     -       -            -         -         -      -        -
audit_entry           r     -       -            -         -         -      r        -
audit_markkey         -     -       -            -         -         -      -        -
audit_seal            -     -       -            -         -         -      r        -
cases_answersheet     riu   -       -            -         -         -      -        -
cases_assessment      ri    ri      -            -         r         -      -        -
cases_case            ru    ru      -            -         r         -      -        -
cases_closing         r     r      -            -         r         -      -        -
cases_clock           r     r       -            -         r         -      -        -
cases_decision        ru    riu     -            -         r         -      -        -
cases_determination   ri    ri      -            -         r         -      -        -
cases_event           ri    ri      -            -         r         -      -        -
cases_exchange        ri    ri      -            -         r         -      -        -
cases_fact            ri    ri      -            -         r         -      -        -
cases_followup        r     r      -            -         r         -      -        -
cases_groupstep       r     r      -            -         r         -      -        -
cases_outsideanswer   r     r      -            -         r         -      -        -
cases_planstep        ri    ri      -            -         r         -      -        -
cases_representative  ri    ri      -            -         r         -      -        -
cases_spoken          ri    ri      -            -         r         -      -        -
cases_reckoning       r     r       -            -         r         -      -        -
cases_telling         ri    ri      -            -         r         -      -        -
cases_transferplan    r     r      -            -         r         -      -        -
cases_extract         ri    r       -            -         -         -      -        -
cases_referral        riu   ru      -            -         -         -      -        -
cases_referralstep    r     ri      -            -         -         -      -        -
files_file            riud  -       -            -         r         -      -        -
jobs_job              ri    -       -            -         i         -      -        i
jobs_run              r     -       -            -         -         -      -        -
notices_digest        rud   i       i            i         i         i      i        i
notices_feed          riud  -       -            -         -         -      -        -
notices_notice        riud  i       i            i         i         i      i        i
registry_ageevidence  riud  r       -            -         r         r      -        -
registry_consent      riud  r       -            -         r         r      -        -
registry_contact      riud  r       -            -         r         r      -        -
registry_document     riud  r       -            -         r         r      -        -
registry_familylink   riud  r       -            -         r         r      -        -
registry_grouping     riud  -       -            -         -         -      -        -
registry_listimport   riud  -       -            -         -         -      -        -
registry_name         riud  r       -            -         r         r      -        -
registry_person       riud  r       -            -         r         r      -        -
registry_receipt      riud  -       -            -         -         -      -        -
registry_registration riud  r       -            -         r         r      -        -
registry_searchkey    -     -       -            -         -         -      -        -
registry_share        riud  r       -            -         -         -      -        -
registry_tombstone    riu   -       -            -         -         -      -        -
tracing_pair          ru    ru      -            -         r         riu    -        -
tracing_run           ri    r       r            r         -         riu    -        -
tracing_verdict       ri    ri      -            -         r         r      -        -
tracing_verdictnote   ri    -       -            -         -         -      -        -
"""
OF_ONE = {"notices_digest", "notices_feed", "notices_notice"}
"""What is one member's, and no colleague reads."""
VIEWERS: dict[str, tuple[Viewer, Purpose]] = {
    "own": (Viewer(Role.CASEWORKER, "own"), Purpose.CARE),
    "shared": (Viewer(Role.CASEWORKER, "shared"), Purpose.CARE),
    "other_shore": (Viewer(Role.SUPERVISOR, "other shore"), Purpose.TRACING),
    "stranger": (Viewer(Role.SUPERVISOR, "stranger"), Purpose.CARE),
    "guardian": (Viewer(Role.GUARDIAN, "own"), Purpose.CARE),
    "match": (Viewer(Role.CASEWORKER, "other shore"), Purpose.MATCHING),
    "auditor": (Viewer(Role.AUDITOR, "oversight"), Purpose.OVERSIGHT),
    "administrator": (Viewer(Role.ADMINISTRATOR, "own"), Purpose.ADMINISTRATION),
}


def _read_expected() -> dict[str, dict[str, str]]:
    head, *lines = (line.split() for line in EXPECTED.strip().splitlines())
    return {table: dict(zip(head, may, strict=True)) for table, *may in lines}


MAY = _read_expected()


def expected(who: str) -> dict[str, str]:
    """What somebody may do, by table."""
    return {table: row[who] for table, row in MAY.items()}


@pytest.fixture(scope="module")
def superuser(site: Any, world: World) -> Iterator[psycopg.Connection]:
    """A connection that may do everything."""
    with psycopg.connect(site.cluster.url(SUPERUSER, DATABASE)) as made:
        yield made


@pytest.fixture(scope="module")
def rows(superuser: psycopg.Connection, world: World) -> dict[str, Row]:
    """A row of each table."""
    found = find(superuser, world)
    superuser.rollback()
    return found


# --- what protects them ------------------------------------------------------------------------------------------


def test_every_table_is_protected_or_open_for_a_reason(superuser: psycopg.Connection) -> None:
    assert complaints(superuser) == []
    names = {table.name for table in tables(superuser)}
    assert not (set(OPEN) | set(WITHOUT_TRIGGER)) - names


def test_every_promise_of_the_database_is_kept(superuser: psycopg.Connection) -> None:
    audited = protected(superuser) - set(WITHOUT_TRIGGER)
    assert list(broken_promises(superuser, protected(superuser), audited)) == []


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("SELECT 1", "no row policies"),
        ("ALTER TABLE sighting ENABLE ROW LEVEL SECURITY", "no row policies"),
        (
            """ALTER TABLE sighting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
            CREATE POLICY reading ON sighting FOR SELECT TO havre_web USING (true)""",
            "no policy for DELETE, INSERT, UPDATE",
        ),
        ("GRANT TRUNCATE ON sighting TO havre_web", "TRUNCATE"),
        ("ALTER TABLE sighting OWNER TO havre_web", "belongs to havre_web"),
    ],
)
def test_a_new_table_without_protection_is_found(
    superuser: psycopg.Connection, statement: str, complaint: str
) -> None:
    superuser.execute("SET ROLE havre_owner; CREATE TABLE sighting (id uuid PRIMARY KEY); RESET ROLE")
    superuser.execute(statement.encode())
    said = complaints(superuser)
    superuser.rollback()
    assert any(complaint in each for each in said)
    assert any("sighting: its changes are not put on record" in each for each in said)


def test_the_web_role_owns_nothing_and_passes_by_nothing(superuser: psycopg.Connection) -> None:
    def asked(statement: bytes) -> list[tuple[Any, ...]]:
        return superuser.execute(statement).fetchall()

    powers = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
    assert asked(f"SELECT {powers} FROM pg_roles WHERE rolname = 'havre_web'".encode()) == [(False,) * 5]
    assert asked(b"SELECT 1 FROM pg_shdepend WHERE refobjid = 'havre_web'::regrole AND deptype = 'o'") == []
    assert asked(b"SELECT 1 FROM pg_auth_members WHERE member = 'havre_web'::regrole") == []
    assert asked(b"SELECT has_schema_privilege('havre_web', 'public', 'CREATE')") == [(False,)]


CLOSED = ["audit_content", "audit_entry", "audit_markkey", "audit_seal", "django_migrations", "jobs_run"]


@pytest.mark.parametrize("table", CLOSED)
@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO {} DEFAULT VALUES", "UPDATE {0} SET {1} = {1}", "DELETE FROM {}", "TRUNCATE {} CASCADE"],
)
def test_what_tells_of_the_past_is_not_rewritten(world: World, table: str, statement: str) -> None:
    column = '"app"' if table == "django_migrations" else f'"{SAMPLES[table].column}"'
    with undone(), world.acts(world.caseworker), pytest.raises(DatabaseError) as refused:
        run(statement.format(table, column))
    assert sqlstate(refused.value) == "42501"


@pytest.mark.parametrize("table", sorted(MAY))
def test_no_table_is_emptied_past_its_policies(world: World, table: str) -> None:
    with undone(), world.acts(world.caseworker), pytest.raises(DatabaseError) as refused:
        run(f"TRUNCATE {table} CASCADE")
    assert sqlstate(refused.value) == "42501"


REFUSED = -1


def count(statement: str) -> int:
    """How many rows a statement reached; REFUSED where it was."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except DatabaseError as error:
        if sqlstate(error) != "42501":
            raise
        return REFUSED


def run(statement: str, *values: object) -> None:
    """A statement that nobody wrapped in a query."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def sqlstate(error: BaseException) -> str:
    """The kind of an error, as PostgreSQL says it."""
    return str(getattr(error.__cause__, "sqlstate", ""))


# --- who may do what ---------------------------------------------------------------------------------------------


def test_every_protected_table_stands_in_the_matrix(superuser: psycopg.Connection) -> None:
    lacking = protected(superuser) - set(MAY)
    assert not lacking, (
        f"say in EXPECTED what each may do with {sorted(lacking)}, and in house.rows how a row is made"
    )
    assert set(MAY) == set(SAMPLES)


Door = Callable[[Row, World, str], bool]


def done(rows: dict[str, Row], world: World, by: Door) -> dict[str, str]:
    """What whoever acts can do with each table."""
    return {
        table: "".join(act for act in ACTS if by(row, world, act)) or "-"
        for table, row in sorted(rows.items())
    }


@pytest.mark.parametrize("by", [by_sql, by_models])
@pytest.mark.parametrize("who", VIEWERS)
def test_each_does_what_is_theirs_to_do(world: World, rows: dict[str, Row], who: str, by: Door) -> None:
    viewer, purpose = VIEWERS[who]
    with undone(), world.acts(_member(world, who, viewer), purpose):
        assert done(rows, world, by) == expected(who)


def _member(world: World, who: str, viewer: Viewer) -> Member:
    return world.caseworker if who == "own" else world.member(viewer)


@pytest.mark.parametrize("who", VIEWERS)
def test_in_a_job_each_does_the_same(world: World, rows: dict[str, Row], who: str) -> None:
    viewer, purpose = VIEWERS[who]
    with undone():
        with world.acts(_member(world, who, viewer), purpose):
            key = uuid4()
            PROBES[key] = lambda: done(rows, world, by_sql)
            asked = defer("site.probe", key)
        run_jobs()
        with world.acts(_member(world, who, viewer), purpose):
            said = Job.objects.get(id=asked).run.result
    assert {table: acts for table, acts in told(said).items() if table != "jobs_job"} == {
        table: acts for table, acts in expected(who).items() if table != "jobs_job"
    }


PROBES: dict[UUID, Callable[[], dict[str, str]]] = {}


@job("site.probe")
def probe(_progress: Progress, key: UUID) -> dict[str, Any]:
    """What whoever deferred it can do, as numbers: a job returns nothing else."""
    return {
        table: [act in acts for act in ACTS] if acts != "-" else [False] * 4
        for table, acts in PROBES.pop(key)().items()
    }


def told(result: dict[str, list[bool]]) -> dict[str, str]:
    """The same in letters."""
    return {
        table: "".join(act for act, may in zip(ACTS, said, strict=True) if may) or "-"
        for table, said in result.items()
    }


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.SUPERVISOR])
def test_colleagues_read_the_same_but_what_was_told_to_one(
    world: World, rows: dict[str, Row], role: Role
) -> None:
    with undone(), world.acts(world.member(Viewer(role, "own"))):
        read = {table for table, row in rows.items() if by_sql(row, world, "r")}
    assert read == {table for table, may in expected("own").items() if "r" in may} - OF_ONE


@pytest.mark.parametrize("purpose", [Purpose.ADMINISTRATION, Purpose.OVERSIGHT])
def test_for_another_purpose_the_own_rows_are_shut_too(
    world: World, rows: dict[str, Row], purpose: Purpose
) -> None:
    with undone(), world.acts(world.caseworker, purpose):
        read = {table for table, row in rows.items() if by_sql(row, world, "r")}
    assert read == {"jobs_job", "jobs_run"} | OF_ONE


@pytest.mark.parametrize("table", sorted(MAY))
@pytest.mark.parametrize("act", list(ACTS))
def test_nobody_does_anything_and_is_told_so(
    world: World, rows: dict[str, Row], table: str, act: str
) -> None:
    row = rows[table]
    statement = {
        "r": f"SELECT 1 FROM {table}",
        "i": f'INSERT INTO {table} ("{row.sample.key}") VALUES (NULL)',
        "u": f'UPDATE {table} SET "{row.sample.column}" = "{row.sample.column}"',
        "d": f"DELETE FROM {table}",
    }[act]
    if not any(act in may for may in MAY[table].values()) and act in "ud":
        with undone():  # what is never changed need not ask who would
            assert count(statement) in (0, REFUSED)
        return
    with undone(), pytest.raises(DatabaseError, match=r"nobody acts|permission denied") as refused:
        run(statement)
    assert sqlstate(refused.value) == "42501"


# --- what crosses from one organisation to another ---------------------------------------------------------------

# By a caseworker of Dunes; {own} and {own_person} are its own, {other} and {other_person} a stranger's.
REACHING = {
    "a registration is put to another's person": "UPDATE registry_registration SET person_id = {other_person}"
    " WHERE id = {own}",
    "or made out to be theirs": "UPDATE registry_registration SET own_person_id = {other_person} WHERE id = {own}",
    "or given away": "UPDATE registry_registration SET organisation_id = {stranger} WHERE id = {own}",
    "a person is grouped into another's, whom their guardian would read": "UPDATE registry_person"
    " SET grouped_into_id = {other_person} WHERE id = {own_person}",
    "a person begins as another's": "INSERT INTO registry_person (id, origin, recorded_at, reference, organisation_id,"
    " grouped_into_id) VALUES (gen_random_uuid(), '', now(), 'H-X', {dunes}, {other_person})",
    "a grouping is turned to another's registration": "UPDATE registry_grouping SET registration_b_id = {other},"
    " state = 'grouped', decided_by_id = {member} WHERE id = {grouping}",
    "a name is hung on another's registration": "UPDATE registry_name SET registration_id = {other}"
    " WHERE registration_id = {own}",
    "another's registration is opened to oneself": "UPDATE registry_share SET registration_id = {other}"
    " WHERE registration_id = {own}",
    "a file is given away": "UPDATE files_file SET organisation_id = {stranger} WHERE subject = {own}",
    "words on a pair are hung on another's registration": "INSERT INTO tracing_verdictnote (id, origin, recorded_at,"
    " verdict_id, organisation_id, registration_id, words)"
    " VALUES (gen_random_uuid(), '', now(), {skip}, {dunes}, {other}, 'x')",
    "a notice is put to somebody else": "UPDATE notices_notice SET member_id = {colleague}",
    "a job is asked for in another's name": "INSERT INTO jobs_job (id, origin, recorded_at, name, ids, member_id,"
    " organisation_id, purpose) VALUES (gen_random_uuid(), '', now(), 'x', '{{}}', {colleague}, {dunes}, 'care')",
    "what is on record of another's is erased": "SELECT audit_erase({other})",
    "a deadline is made up": "SELECT cases_reckon('[]', sha256(''))",
    "an erasure is feigned": "SELECT audit_record('erase', 'registry_registration', {own}, {own}, '{{}}')",
    "a change is feigned": "SELECT audit_record('update', 'registry_registration', {own}, {own}, '{{}}')",
    "another's names are indexed": "SELECT registry_index(ARRAY[{other}]::uuid[], '{{}}', '{{}}')",
    "another's groupings are carried out": "SELECT registry_regroup({other})",
    "a pair is shared by hand": "SELECT tracing_share({pair})",
    "a pair is ended by hand": "SELECT tracing_end(ARRAY[{other}]::uuid[], true)",
    "a registration is moved by hand": "SELECT registry_regroup_to(ARRAY[{own}, {other}]::uuid[])",
}


@pytest.mark.parametrize("what", REACHING)
def test_it_does_not_come_about_that(world: World, what: str) -> None:
    theirs = world.wards["stranger"]
    named = {
        "own": world.child.pk,
        "own_person": world.child.person_id,
        "other": theirs.pk,
        "other_person": theirs.person_id,
        "dunes": world.cast.dunes.pk,
        "stranger": world.cast.maraude.pk,
        "member": world.caseworker.pk,
        "colleague": world.member(Viewer(Role.SUPERVISOR, "own")).pk,
        "grouping": world.grouping.pk,
        "pair": world.pair.pk,
        "skip": world.skip.pk,
    }
    quoted = {name: f"'{value}'" for name, value in named.items()}
    with undone(), world.acts(world.caseworker), pytest.raises(DatabaseError) as refused:
        run(REACHING[what].format(**quoted))
    assert sqlstate(refused.value) == "42501"


def test_a_new_registration_is_of_a_new_person_of_ones_own(world: World, rows: dict[str, Row]) -> None:
    row = rows["registry_registration"]
    theirs = world.wards["stranger"].own_person_id
    for mixed in ({"person_id": theirs}, {"person_id": theirs, "own_person_id": theirs}):
        with undone(), world.acts(world.caseworker):
            values = row.another(world) | mixed
            with pytest.raises(DatabaseError) as refused:
                run(ADDED, json.dumps(values, default=str))
        assert sqlstate(refused.value) == "42501"


ADDED = (
    "INSERT INTO registry_registration SELECT * FROM jsonb_populate_record(NULL::registry_registration, %s)"
)


def test_only_whom_something_was_offered_takes_it_or_gives_it_up(world: World) -> None:
    for relation, may in (("shared", True), ("stranger", False), ("other shore", False)):
        acting = world.acts(world.member(Viewer(Role.CASEWORKER, relation)))
        with undone(), acting, connection.cursor() as cursor:
            cursor.execute("SELECT registry_give_up(%s, now())", [world.share.pk])
            assert cursor.fetchone() == (may,)
