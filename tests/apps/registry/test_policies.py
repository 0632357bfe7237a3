# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads and writes which row: for every table of the registry, by raw SQL, whatever the code above it forgets."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from apps.registry.people import UNCLE, acts, answered, registered, sharing_with
from cast import Cast
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from havre.apps.registry import actions
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Document, ListImport, Registration, Tombstone
from havre.core.access import Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.audit import record_read

FORBIDDEN = "42501"
TABLES = sorted(model._meta.db_table for model in apps.get_app_config("registry").get_models())
KEPT = {"registry_tombstone"}
"""Nobody removes a row, the owner neither."""
CLOSED = "registry_searchkey"
"""Nobody reads or writes it but gate functions."""
OPEN = [table for table in TABLES if table != CLOSED]
OF_THE_CHILD = {
    "registry_person": 1,
    "registry_registration": 1,
    "registry_name": 2,
    "registry_ageevidence": 1,
    "registry_contact": 1,
    "registry_document": 1,
    "registry_familylink": 1,
    "registry_consent": 2,
}
"""What whoever may read one child reads of it."""
OWN = OF_THE_CHILD | {
    "registry_person": 2,
    "registry_registration": 2,
    "registry_name": 4,
    "registry_ageevidence": 2,
    "registry_contact": 2,
    "registry_share": 1,
    "registry_grouping": 1,
    "registry_listimport": 1,
    "registry_receipt": 1,
    "registry_tombstone": 1,
}
"""The child, somebody else, and what the organisation keeps."""
READS: dict[str, dict[str, int]] = {
    "own registrar": OWN,
    "own caseworker": OWN,
    "own supervisor": OWN,
    "shared": OF_THE_CHILD | {"registry_share": 1},
    "other shore": {},
    "stranger": {},
    "auditor": {},
    "administrator": {},
    "guardian": OF_THE_CHILD,
    "guardian named by recipients": OF_THE_CHILD,
    "guardian named by strangers": {},
    "another guardian": {},
    "the match": OF_THE_CHILD,
    "police": {},
}


@dataclass
class World:
    """Two children of Dunes; one agreed to tracing and to be shared with Harbour."""

    cast: Cast
    child: Registration
    other: Registration

    def act(self, who: str) -> tuple[Member, Purpose]:
        """The member behind a row of the table, and the purpose they act for."""
        cast = self.cast
        members: dict[str, Callable[[], Member]] = {
            "own registrar": lambda: cast.member(cast.dunes, Role.REGISTRAR),
            "own caseworker": lambda: cast.member(cast.dunes),
            "own supervisor": lambda: cast.member(cast.dunes, Role.SUPERVISOR),
            "shared": lambda: cast.member(cast.harbour),
            "other shore": lambda: cast.member(cast.kin),
            "stranger": lambda: cast.member(cast.maraude),
            "auditor": lambda: cast.auditor,
            "administrator": lambda: cast.member(cast.dunes, Role.ADMINISTRATOR),
            "guardian": lambda: cast.member(cast.dunes, Role.GUARDIAN, ward=self.child.person_id),
            "guardian named by recipients": lambda: cast.member(
                cast.harbour, Role.GUARDIAN, ward=self.child.person_id
            ),
            "guardian named by strangers": lambda: cast.member(
                cast.maraude, Role.GUARDIAN, ward=self.child.person_id
            ),
            "another guardian": lambda: cast.member(cast.dunes, Role.GUARDIAN, ward=uuid4()),
            "the match": lambda: cast.member(cast.kin),
            "police": lambda: cast.member(cast.police, Role.ADMINISTRATOR),
        }
        purposes = {"auditor": Purpose.OVERSIGHT, "the match": Purpose.MATCHING}
        return members[who](), purposes.get(who, Purpose.CARE)


@pytest.fixture
def world(cast: Cast) -> World:
    with acts(cast.member(cast.dunes)) as actor:
        child = registered(
            links=(UNCLE,),
            consents=[answered(ConsentFor.TRACING), sharing_with(cast.harbour.id)],
            idempotency_key=uuid4(),
        )
        other = registered()
        Document.objects.create(registration=child, kind="taskera")
        actions.propose_grouping(child.id, other.id)
        ListImport.objects.create(
            organisation=cast.dunes, member_id=actor.member_id, source="a list", language="fr"
        )
        Tombstone.objects.create(organisation=cast.dunes, registration=other, key_id="k", of_line="x")
    return World(cast, child, other)


def asked(statement: str, *values: object) -> int:
    """The first number of a statement, or how many rows it reached."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else cursor.rowcount


def test_every_table_is_in_the_matrix() -> None:
    assert set(OWN) == set(OPEN)


@pytest.mark.parametrize("who", sorted(READS))
def test_each_reads_what_is_theirs_to_read(world: World, who: str) -> None:
    member, purpose = world.act(who)
    with acts(member, purpose):
        read = {table: asked(f"SELECT count(*) FROM {table}") for table in OPEN}
    assert read == dict.fromkeys(OPEN, 0) | READS[who]


def test_nobody_reads_nothing_and_is_told_so(world: World) -> None:
    for table in OPEN:
        with pytest.raises(ProgrammingError, match="nobody acts") as refused, transaction.atomic():
            asked(f"SELECT count(*) FROM {table}")
        assert refused.value.__cause__.sqlstate == FORBIDDEN


@pytest.mark.parametrize("who", sorted(set(READS) - {"own registrar", "own caseworker", "own supervisor"}))
def test_only_the_own_organisation_changes_or_removes_a_row(world: World, who: str) -> None:
    member, purpose = world.act(who)
    with acts(member, purpose):
        for table in OPEN:
            assert asked(f"UPDATE {table} SET origin = 'elsewhere'") == 0, table
            if table not in KEPT:
                assert asked(f"DELETE FROM {table}") == 0, table


def test_the_own_organisation_changes_its_rows(world: World) -> None:
    with acts(world.cast.member(world.cast.dunes)):
        changed = {table: asked(f"UPDATE {table} SET origin = 'elsewhere'") for table in OPEN}
    assert changed == OWN


def insertions(registration: UUID, person: UUID, organisation: UUID, member: UUID) -> dict[str, str]:
    """A statement for each table that adds a row which passes everything but the policies."""
    of, to, day = f"'{registration}'", f"'{organisation}'", "now()"
    values: dict[str, dict[str, str]] = {
        "person": {"reference": "'H-X'", "organisation_id": to},
        "name": {
            "written": "'X'",
            "script": "'und'",
            "kind": "'own'",
            "written_by": "'member'",
            "parts": "'[]'",
        },
        "ageevidence": {
            "earliest": day,
            "latest": day,
            "kind": "'day'",
            "true_on": day,
            "method": "'claimed'",
        },
        "contact": {"kind": "'phone'", "value": "'1'", "since": day},
        "document": {"kind": "'taskera'"},
        "familylink": {"unsaid": "'{}'", "source_said": "'{}'"},
        "consent": {"for_what": "'tracing'", "given_by": "'child'", "how": "'spoken'", "given_on": day},
        "share": {"recipient_id": to, "basis": "'pair'", "basis_id": f"'{uuid4()}'", "since": day},
        "listimport": {
            "organisation_id": to,
            "member_id": f"'{member}'",
            "source": "'x'",
            "language": "'fr'",
        },
        "tombstone": {"organisation_id": to, "key_id": "'k'", "of_line": f"'{uuid4()}'"},
        "receipt": {"organisation_id": to, "key": f"'{uuid4()}'", "action": "'x'", "made": f"'{uuid4()}'"},
        "registration": {"person_id": f"'{person}'", "own_person_id": f"'{person}'", "organisation_id": to},
    }
    values["registration"] |= {"registered_by_id": f"'{member}'", "unsaid": "'{}'", "source_said": "'{}'"}
    values["listimport"] |= {"state": "'waiting'", "counts": "'{}'", "remarks": "'[]'", "consents": "'[]'"}
    return {f"registry_{table}": _insertion(f"registry_{table}", of, each) for table, each in values.items()}


def _insertion(table: str, registration: str, values: dict[str, str]) -> str:
    """The statement, with what else must be there: nothing of it says anything."""
    model = next(
        each for each in apps.get_app_config("registry").get_models() if each._meta.db_table == table
    )
    row = {"id": f"'{uuid4()}'", "origin": "'here'", "recorded_at": "now()", "registration_id": registration}
    empty = {"BooleanField": "false", "DateField": "now()"}
    for field in model._meta.local_fields:
        if field.null or field.column in values or field.column in row:
            continue
        row[field.column] = empty.get(field.get_internal_type(), "''")
    columns = {field.column for field in model._meta.local_fields}
    row = {name: value for name, value in {**row, **values}.items() if name in columns}
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(row.values())})"


@pytest.mark.parametrize("who", ["shared", "stranger", "auditor", "administrator", "guardian", "the match"])
def test_nobody_else_adds_a_row_in_the_name_of_the_owner(world: World, who: str) -> None:
    dunes = world.cast.dunes.id
    member, purpose = world.act(who)
    statements = insertions(world.child.id, world.child.person_id, dunes, member.id)
    assert set(statements) == set(OPEN) - {"registry_grouping"}
    with acts(member, purpose):
        for table, statement in statements.items():
            if table == "registry_share":  # a share to oneself of what is not one's own
                statement = statement.replace(str(dunes), str(member.organisation_id))
            with pytest.raises(ProgrammingError) as refused, transaction.atomic():
                asked(statement)
            assert refused.value.__cause__.sqlstate == FORBIDDEN, table


def test_the_owner_adds_such_rows(world: World) -> None:
    member, purpose = world.act("own caseworker")
    statements = insertions(world.child.id, world.child.own_person_id, world.cast.dunes.id, member.id)
    del statements["registry_registration"]  # there is one of that person
    with acts(member, purpose):
        for table, statement in statements.items():
            assert asked(statement) == 1, table


def test_a_registration_is_neither_given_away_nor_taken(world: World) -> None:
    given = "UPDATE registry_registration SET organisation_id = %s WHERE id = %s"
    with acts(world.cast.member(world.cast.dunes)):
        with pytest.raises(ProgrammingError) as refused, transaction.atomic():
            asked(given, world.cast.kin.id, world.child.id)
        assert refused.value.__cause__.sqlstate == FORBIDDEN
    with acts(world.cast.member(world.cast.harbour)):
        assert asked(given, world.cast.harbour.id, world.child.id) == 0


@pytest.mark.parametrize(
    "statement",
    [
        f"SELECT count(*) FROM {CLOSED}",
        f"DELETE FROM {CLOSED}",
        f"UPDATE {CLOSED} SET key = 'x'",
        "SELECT registry_regroup_to('{}')",
        "TRUNCATE registry_registration CASCADE",
    ],
)
def test_what_is_closed_is_closed_to_the_owner_too(world: World, statement: str) -> None:
    with acts(world.cast.member(world.cast.dunes)):
        with pytest.raises(ProgrammingError) as refused, transaction.atomic():
            asked(statement)
        assert refused.value.__cause__.sqlstate == FORBIDDEN


def test_search_keys_are_written_for_own_registrations_only(world: World) -> None:
    for who in ("shared", "stranger", "guardian"):
        member, purpose = world.act(who)
        with acts(member, purpose), pytest.raises(ProgrammingError), transaction.atomic():
            asked("SELECT registry_index(ARRAY[%s]::uuid[], '{}', '{}')", world.child.id)


def test_the_match_reads_nobody_who_did_not_agree_or_withdrew(world: World) -> None:
    member, purpose = world.act("the match")
    with acts(member, purpose):
        assert set(Registration.objects.all()) == {world.child}
    with acts(world.cast.member(world.cast.dunes)):
        actions.withdraw(world.child.id)
    with acts(member, purpose):
        assert not Registration.objects.exists()


def test_a_registrar_does_not_run_the_match(world: World) -> None:
    with acts(world.cast.member(world.cast.dunes, Role.REGISTRAR), Purpose.MATCHING):
        assert not Registration.objects.exists()


def test_a_guardian_follows_the_child_through_a_grouping(world: World) -> None:
    first, second = sorted((world.child, world.other), key=lambda each: each.own_person_id)
    guardian = world.cast.member(world.cast.dunes, Role.GUARDIAN, ward=second.own_person_id)
    with acts(guardian):
        assert set(Registration.objects.all()) == {second}
    with acts(world.cast.member(world.cast.dunes)):
        decision = actions.propose_grouping(first.id, second.id)
        actions.group(decision.id, reasons="same taskera")
    with acts(guardian):
        assert set(Registration.objects.all()) == {first, second}
    with acts(world.cast.member(world.cast.dunes)):
        actions.undo_grouping(decision.id, reasons="two brothers")
    with acts(guardian):
        assert set(Registration.objects.all()) == {second}


def test_a_member_who_is_no_longer_active_reads_nothing(world: World) -> None:
    member, purpose = world.act("own caseworker")
    with acts(member, purpose):
        Member.objects.filter(id=member.id).update(active=False)
        assert asked("SELECT count(*) FROM registry_registration") == 0


def test_reading_a_page_is_put_on_record(world: World) -> None:
    member, purpose = world.act("own caseworker")
    with acts(member, purpose):
        record_read("registry_registration", world.child.id)
        assert (
            asked("SELECT count(*) FROM audit_entry WHERE kind = 'read' AND subject = %s", world.child.id)
            == 1
        )
