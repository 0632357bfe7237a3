# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is on record: every change, whoever made it and however; nothing that can be rewritten."""

import json
from uuid import UUID, uuid4

import psycopg
import pytest
from cast import Cast
from django.db import Error, connection, transaction

from havre.apps.registry.models import Person
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.audit import LIMITS, faults, forget, record, record_read, seal
from havre.core.audit.queries import lines


def entries(where: str = "true", *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, table_name, row, member, purpose, request FROM audit_entry WHERE {where} ORDER BY id",
            values,
        )
        return cursor.fetchall()


def make_person(cast: Cast, reference: str = "H-7K3M-Q2") -> Person:
    return Person.objects.create(reference=reference, organisation=cast.dunes)


@pytest.fixture
def caseworker(cast: Cast) -> Member:
    return cast.member(cast.dunes)


def test_a_change_is_on_record_with_who_why_and_in_which_request(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE) as actor:
        person = make_person(cast)
        assert entries("row = %s", person.pk) == [
            ("insert", "registry_person", person.pk, caseworker.pk, "care", actor.request_id)
        ]


def test_bulk_updates_and_raw_statements_are_on_record_too(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        people = [make_person(cast, f"H-AAAA-{n}") for n in range(3)]
        Person.objects.filter(pk__in=[person.pk for person in people]).update(origin="elsewhere")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE registry_person SET origin = 'raw' WHERE id = %s", [people[0].pk])
        assert len(entries("kind = 'update' AND table_name = 'registry_person'")) == 4


def test_a_change_that_changes_nothing_is_none(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        person = make_person(cast)
        Person.objects.filter(pk=person.pk).update(origin=person.origin)
        assert not entries("kind = 'update' AND row = %s", person.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_entry (id, at, purpose, kind, note, mark) VALUES (1, now(), '', 'read', '{}', '')",
        "UPDATE audit_entry SET kind = 'read'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_seal SET mark = ''",
        "SELECT * FROM audit_content",
        "SELECT * FROM audit_markkey",
        "SELECT audit_write('read', '', NULL, NULL, NULL, NULL)",
        "SELECT audit_mark(audit_entry) FROM audit_entry",
    ],
)
def test_the_site_cannot_write_the_record_or_read_its_keys(
    cast: Cast, caseworker: Member, statement: str
) -> None:
    with (
        acting_as(caseworker.pk, Purpose.CARE),
        pytest.raises(Error, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_change_cannot_be_put_on_record_by_hand(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE), pytest.raises(Error, match="triggers"), transaction.atomic():
        record("update", table="registry_person")


def content(entry_where: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT audit_held(id) FROM audit_entry WHERE {entry_where} ORDER BY id LIMIT 1", values
        )
        row = cursor.fetchone()
    return json.loads(row[0]) if row and row[0] else None


def make_registration(caseworker: Member, names: str = "Zemar Khan") -> UUID:
    from havre.apps.registry.actions import register
    from havre.engines.linkage.records import Description

    return register(described=Description(names=names)).pk


def test_what_changed_is_readable_by_its_organisation_until_it_is_erased(
    cast: Cast, caseworker: Member
) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        registration = make_registration(caseworker)
        held = content("table_name = 'registry_name' AND subject = %s", registration)
        assert isinstance(held, dict)
        assert held["written"] == "Zemar Khan"
        forget(registration)
        assert content("table_name = 'registry_name' AND subject = %s", registration) is None
        seal()
        assert not list(faults())


def test_no_name_stands_in_what_an_auditor_reads(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        make_registration(caseworker, "Quznivar Tebrolash")
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(audit_entry::text, ' ') FROM audit_entry")
            stored = str((cursor.fetchone() or ("",))[0])
    assert stored
    assert "Quznivar" not in stored


def test_reading_more_children_than_one_can_work_on_sounds_one_alarm(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        for _ in range(LIMITS.reading.most):
            record_read("registry_registration", uuid4())
        assert not entries("kind = 'alarm'")
        for _ in range(3):
            record_read("registry_registration", uuid4())
        assert len(entries("kind = 'alarm'")) == 1


def test_reading_one_child_again_and_again_is_no_alarm(cast: Cast, caseworker: Member) -> None:
    child = uuid4()
    with acting_as(caseworker.pk, Purpose.CARE):
        for _ in range(LIMITS.reading.most + 5):
            record_read("registry_registration", child)
        assert not entries("kind = 'alarm'")


def test_an_auditor_sees_who_and_what_but_never_the_content(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        registration = make_registration(caseworker)
    with acting_as(cast.auditor.pk, Purpose.OVERSIGHT):
        assert any(line.row == registration for line in lines())
        assert content("subject = %s", registration) is None


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.GUARDIAN])
def test_nobody_else_reads_the_record(cast: Cast, caseworker: Member, role: Role) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        make_registration(caseworker)
    other = cast.member(cast.dunes, role, ward=uuid4() if role is Role.GUARDIAN else None)
    with acting_as(other.pk, Purpose.ADMINISTRATION):
        assert not lines()


def test_another_organisation_reads_nothing_of_ours(cast: Cast, caseworker: Member) -> None:
    with acting_as(caseworker.pk, Purpose.CARE):
        make_registration(caseworker)
    with acting_as(cast.member(cast.maraude).pk, Purpose.CARE):
        assert not lines()


# --- the chain ---------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(committed_database: object, cast: Cast) -> list[int]:
    """Five entries that are sealed, committed; their ids."""
    with acting_as(cast.member(cast.dunes).pk, Purpose.CARE):
        for n in range(5):
            make_person(cast, f"H-BBBB-{n}")
    seal()
    with acting_as(cast.auditor.pk, Purpose.OVERSIGHT):
        return [line.id for line in reversed(lines(kind="insert")) if line.table == "registry_person"]


def tamper(superuser: "psycopg.Connection[tuple[object, ...]]", statement: str, *values: object) -> None:
    superuser.execute(statement.encode(), values)
    superuser.commit()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entry SET note = note || '{\"a\": 1}' WHERE id = %s", "changed"),
        ("UPDATE audit_entry SET member = gen_random_uuid() WHERE id = %s", "changed"),
        ("DELETE FROM audit_entry WHERE id = %s", "removed"),
        ("UPDATE audit_entry SET kind = 'read', mark = sha256(mark) WHERE id = %s", "changed"),
    ],
)
def test_verify_names_an_entry_that_was_changed_or_removed(
    sealed: list[int], as_superuser: "psycopg.Connection[tuple[object, ...]]", statement: str, fault: str
) -> None:
    tamper(as_superuser, statement, sealed[2])
    assert [(each.entry, each.kind) for each in faults()] == [(sealed[2], fault)]


def test_verify_names_an_entry_that_was_inserted(
    sealed: list[int], as_superuser: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    tamper(
        as_superuser,
        "INSERT INTO audit_entry SELECT (SELECT max(id) + 100 FROM audit_entry), at, member, organisation, purpose,"
        " request, kind, table_name, row, subject, commitment, note, mark FROM audit_entry WHERE id = %s",
        sealed[0],
    )
    assert [each.kind for each in faults()] == ["inserted"]


def test_verify_names_the_place_where_the_chain_was_cut(
    sealed: list[int], as_superuser: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    tamper(as_superuser, "DELETE FROM audit_entry WHERE id = %s", sealed[1])
    tamper(as_superuser, "DELETE FROM audit_seal WHERE entry = %s", sealed[1])
    assert [(each.entry, each.kind) for each in faults()] == [(sealed[2], "chain")]
