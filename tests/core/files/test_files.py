# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping files: encrypted, for one organisation, opened on record."""

from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cast import Cast
from core.files.samples import PDF, exif, jpeg, png
from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.files import FileLost, FileRefused, content_of, seal_anew, store
from havre.core.files.models import File
from havre.core.files.vault import add_key

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def secrets(tmp_path: Path, settings: Any) -> Path:
    settings.HAVRE_SECRETS = tmp_path
    return tmp_path


@pytest.fixture
def member(cast: Cast) -> Member:
    return cast.member(cast.dunes)


def kept(member: Member, name: str = "certificate.pdf", content: bytes = PDF) -> File:
    with acting_as(member.id, Purpose.CARE):
        return store(name, content, member.organisation, uuid4())


def test_a_file_is_opened_as_it_was_kept(member: Member) -> None:
    stored = kept(member, "dossier/certificate.pdf")
    with acting_as(member.id, Purpose.CARE):
        file = File.objects.get(id=stored.id)
        assert content_of(file) == PDF
    assert (file.name, file.media_type, file.size) == ("certificate.pdf", "application/pdf", len(PDF))
    assert bytes(file.sha256) == sha256(PDF).digest()


def test_the_database_holds_no_byte_of_the_content(member: Member) -> None:
    stored = kept(member, content=PDF + b"Ahmad Khan")
    with acting_as(member.id, Purpose.CARE), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM files_file WHERE id = %s", [stored.id])
        assert b"Ahmad" not in bytes(cursor.fetchone()[0])


def test_a_list_of_files_reads_no_content(member: Member) -> None:
    kept(member)
    with acting_as(member.id, Purpose.CARE):
        assert "content" in File.objects.get().get_deferred_fields()


def test_a_photograph_is_kept_without_its_place(member: Member) -> None:
    stored = kept(member, "face.jpg", jpeg(exif(1)))
    with acting_as(member.id, Purpose.CARE):
        assert content_of(stored) == jpeg()


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.pdf", PDF + bytes(2 * 1024 * 1024), "file_too_large"),
        ("a.pdf", jpeg(), "file_lies"),
        ("a.jpg", jpeg()[:-2], "file_damaged"),
        ("a.png", png()[:-4], "file_damaged"),
    ],
)
def test_what_is_refused_is_not_kept(
    member: Member, settings: Any, name: str, content: bytes, key: str
) -> None:
    settings.HAVRE_FILE_LIMIT = 2 * 1024 * 1024
    with pytest.raises(FileRefused) as refused:
        kept(member, name, content)
    assert refused.value.key == key
    with acting_as(member.id, Purpose.CARE):
        assert not File.objects.exists()


def test_the_same_key_keeps_a_file_once(member: Member) -> None:
    key = uuid4()
    with acting_as(member.id, Purpose.CARE):
        first = store("a.pdf", PDF, member.organisation, idempotency_key=key)
        assert store("a.pdf", PDF, member.organisation, idempotency_key=key) == first
        assert File.objects.count() == 1


def test_a_file_that_was_put_into_another_row_is_not_opened(member: Member) -> None:
    one, two = kept(member), kept(member)
    with acting_as(member.id, Purpose.CARE):
        two.sealed = one.sealed
        with pytest.raises(FileLost):
            content_of(two)


def test_files_are_sealed_anew_with_a_new_key_and_the_old_one_can_go(member: Member, secrets: Path) -> None:
    stored = kept(member)
    new = add_key(secrets)
    with acting_as(member.id, Purpose.CARE):
        file = File.objects.get(id=stored.id)
        assert content_of(file) == PDF
        assert seal_anew(file)
        assert not seal_anew(file)
        lines = (secrets / "files.key").read_text().splitlines()
        (secrets / "files.key").write_text(lines[-1] + "\n")
        again = File.objects.get(id=stored.id)
        assert (again.key_id, content_of(again)) == (new, PDF)


# --- who sees it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "role", "sees"),
    [
        ("dunes", Role.REGISTRAR, True),
        ("dunes", Role.SUPERVISOR, True),
        ("dunes", Role.ADMINISTRATOR, False),
        ("maraude", Role.CASEWORKER, False),
        ("harbour", Role.CASEWORKER, False),
        ("watch", Role.AUDITOR, False),
    ],
)
def test_a_file_is_seen_by_its_organisation_only(
    cast: Cast, member: Member, who: str, role: Role, sees: bool
) -> None:
    stored = kept(member)
    with acting_as(cast.member(getattr(cast, who), role).id, Purpose.CARE):
        assert File.objects.filter(id=stored.id).exists() is sees
        if not sees:
            with pytest.raises(ObjectDoesNotExist):
                File.objects.get(id=stored.id)


def test_nobody_keeps_a_file_for_another_organisation(cast: Cast, member: Member) -> None:
    with (
        acting_as(member.id, Purpose.CARE),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        store("a.pdf", PDF, cast.maraude)


def test_the_record_holds_neither_name_nor_content(cast: Cast, member: Member) -> None:
    with acting_as(member.id, Purpose.CARE):
        stored = store("Ahmad Khan.pdf", PDF, member.organisation)
    with acting_as(cast.auditor.id, Purpose.OVERSIGHT), connection.cursor() as cursor:
        cursor.execute("SELECT note::text FROM audit_entry WHERE row = %s", [stored.pk])
        ((note,),) = cursor.fetchall()
    assert "Ahmad" not in note
    assert "application/pdf" in note


# --- opening it --------------------------------------------------------------------------------------------------


def site_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session.update({"member": str(member.id), "second_factor": True})
    session.save()
    return client


def test_a_file_is_sent_to_be_saved_and_the_reading_is_on_record(cast: Cast, member: Member) -> None:
    stored = kept(member, "شهادة.pdf")
    response = site_of(member).get(f"/files/{stored.id}")
    assert response.status_code == 200
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    with acting_as(cast.auditor.id, Purpose.OVERSIGHT), connection.cursor() as cursor:
        cursor.execute('SELECT member, "row", subject FROM audit_entry WHERE kind = %s', ["read"])
        assert cursor.fetchall() == [(member.id, stored.id, stored.subject)]


@pytest.mark.parametrize(
    ("who", "role", "status"),
    [("maraude", Role.CASEWORKER, 404), ("dunes", Role.ADMINISTRATOR, 403), ("watch", Role.AUDITOR, 403)],
)
def test_a_file_is_not_sent_to_others(cast: Cast, member: Member, who: str, role: Role, status: int) -> None:
    stored = kept(member)
    assert site_of(cast.member(getattr(cast, who), role)).get(f"/files/{stored.id}").status_code == status


def test_a_file_is_not_sent_to_nobody(member: Member) -> None:
    assert Client().get(f"/files/{kept(member).id}").status_code == 302
