# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Erasure: nothing of a person is left to read, what named them still hangs together, and no list brings them back."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from apps.registry.people import AHMAD, UNCLE, acts, answered, refused, registered, sharing_with
from apps.registry.test_import import COLUMNS, LIST, files_of, imported
from cast import Cast
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from havre.apps.registry import actions
from havre.apps.registry.actions.fingerprints import Fingerprints
from havre.apps.registry.enums import ConsentFor, GroupingState
from havre.apps.registry.models import FamilyLink, Grouping, ListImport, Name, Registration, Tombstone
from havre.apps.registry.queries import registrations, shore_list
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member, Organisation
from havre.core.audit import faults, seal
from havre.core.files import store
from havre.core.files.models import File
from havre.core.jobs import run_jobs
from havre.words import Language

SAID = (
    "احمد خان",
    "Ahmad Khan",
    "Jalalabad",
    "+33 6 39 98 00 11",
    "Gul Khan",
    "Birmingham",
    "taskera 17",
    "F-1",
)


@pytest.fixture
def supervisor(cast: Cast) -> Iterator[Member]:
    member = cast.member(cast.dunes, Role.SUPERVISOR)
    with acts(member):
        yield member


def registered_whole(organisation: Organisation) -> Registration:
    """Somebody of whom everything was said that can be."""
    registration = registered(
        links=(UNCLE,),
        consents=[answered(ConsentFor.TRACING), answered(ConsentFor.FINDABLE)],
    )
    file = store("taskera.pdf", b"%PDF-1.7 taskera", organisation, registration.id)
    actions.amend(
        registration.id,
        documents=[actions.DocumentSaid(kind="taskera", number="taskera 17", file_id=file.id)],
    )
    return registration


def everything_that_is_kept() -> str:
    """All rows of the registry, the files and the record that the acting member may read, as text."""
    tables = [model._meta.db_table for model in apps.get_app_config("registry").get_models()]
    kept = []
    with connection.cursor() as cursor:
        for table in sorted({*tables, "files_file"} - {"registry_searchkey"}):
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            kept += [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT row_to_json(e)::text, audit_held(e.id)::text FROM audit_entry e")
        kept += [text for row in cursor.fetchall() for text in row if text]
    return "\n".join(kept)


def test_nothing_of_what_was_said_is_left_to_read(supervisor: Member, cast: Cast) -> None:
    registration = registered_whole(cast.dunes)
    assert all(said in everything_that_is_kept() for said in SAID[:-1])
    actions.erase(registration.id)
    left = everything_that_is_kept()
    assert not [said for said in SAID if said in left]
    assert not File.objects.exists()


def test_an_erased_registration_is_found_listed_and_compared_no_more(supervisor: Member, cast: Cast) -> None:
    registration = registered_whole(cast.dunes)
    actions.erase(registration.id)
    assert actions.search("Ahmad Khan ").candidates == ()
    assert not registrations().standing().exists()
    assert shore_list(registrations()).people == ()
    assert Registration.objects.get().erased_at is not None


def test_what_named_it_still_hangs_together(supervisor: Member, cast: Cast) -> None:
    registration, twin = registered_whole(cast.dunes), registered()
    decision = actions.propose_grouping(registration.id, twin.id)
    actions.group(decision.id, reasons="same taskera 17")
    actions.erase(registration.id)
    link, decision = FamilyLink.objects.get(), Grouping.objects.get()
    assert (link.names, link.withdrawn_at is None) == ("", False)
    assert (decision.state, decision.reasons, decision.bits) == (GroupingState.GROUPED, "", {})
    assert Name.objects.filter(registration=twin).count() == 2


def test_the_chain_of_the_record_stays_whole(supervisor: Member, cast: Cast) -> None:
    registration = registered_whole(cast.dunes)
    seal()
    actions.erase(registration.id)
    seal()
    assert list(faults()) == []


def test_what_was_erased_is_closed_to_whom_it_was_open(supervisor: Member, cast: Cast) -> None:
    registration = registered(consents=[sharing_with(cast.harbour.id)])
    actions.erase(registration.id)
    with acts(cast.member(cast.harbour)):
        assert not Registration.objects.exists()


@pytest.fixture
def erased(cast: Cast, tmp_path: Path) -> Registration:
    """F-1 of the list, who was imported and then erased."""
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    imported(supervisor, LIST, tmp_path)
    with acts(supervisor):
        registration = Registration.objects.select_related("person").get(source_id="F-1")
        actions.erase(registration.id)
        assert not [said for said in SAID if said in everything_that_is_kept()]
    return registration


def standing(member: Member) -> list[str]:
    """Who is registered, by their ids on the list."""
    with acts(member):
        return sorted(registrations().standing().values_list("source_id", flat=True))


def test_the_same_list_does_not_bring_back_who_was_erased(
    cast: Cast, erased: Registration, tmp_path: Path
) -> None:
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    again = imported(supervisor, LIST, tmp_path)
    counted = (
        "people_erased",
        "links_erased",
        "people_new",
        "links_new",
        "people_unchanged",
        "lines_refused",
    )
    assert [again.counts[name] for name in counted] == [1, 1, 0, 0, 1, 2]
    assert standing(supervisor) == ["F-2"]
    with acts(supervisor):
        assert FamilyLink.objects.get().names == ""


def test_a_line_that_is_kept_out_says_where_it_stands_and_what_to_do(
    cast: Cast, erased: Registration, tmp_path: Path
) -> None:
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    again = imported(supervisor, LIST, tmp_path)
    for language, line in ((Language.ENGLISH, "line 2"), (Language.FRENCH, "ligne 2")):
        of_person, of_link = actions.said_remarks(again, language)
        assert "enfants.csv" in of_person
        assert line in of_person
        assert erased.person.reference in of_person
        assert "liens.csv" in of_link
        assert not [said for said in SAID[:-1] if said in of_person + of_link]


def test_the_same_list_under_another_name_does_not_bring_them_back_either(
    cast: Cast, erased: Registration, tmp_path: Path
) -> None:
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    with acts(supervisor):
        listed = actions.start_import(source="Autre", language=Language.FRENCH, **files_of(LIST, tmp_path))
    run_jobs()
    with acts(supervisor):
        actions.accept_import(listed.id)
    run_jobs()
    assert standing(supervisor) == ["F-2", "F-2"]


def test_somebody_else_with_the_same_id_on_another_list_is_registered(
    cast: Cast, erased: Registration, tmp_path: Path
) -> None:
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    content = COLUMNS + "people,F-1,,Tesfay Gebremedhin,2000,Eritrea,\n"
    with acts(supervisor):
        listed = actions.start_import(
            name="l.csv", content=content.encode(), source="Autre", language=Language.FRENCH
        )
    run_jobs()
    with acts(supervisor):
        actions.accept_import(listed.id)
    run_jobs()
    assert standing(supervisor) == ["F-1", "F-2"]


def test_another_organisations_list_is_its_own_to_answer_for(
    cast: Cast, erased: Registration, tmp_path: Path
) -> None:
    harbour = cast.member(cast.harbour)
    imported(harbour, LIST, tmp_path)
    assert standing(harbour) == ["F-1", "F-2"]


def test_a_list_brings_them_back_once_a_member_has_said_why(
    cast: Cast, erased: Registration, tmp_path: Path
) -> None:
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    with acts(supervisor):
        with refused("reason"):
            actions.lift_tombstone(erased.id, reason="asked for")
        actions.lift_tombstone(erased.id, reason="She asked for it herself on Monday")
        with refused():
            actions.lift_tombstone(erased.id, reason="She asked for it herself on Monday")
        stone = Tombstone.objects.get()
        assert (stone.lifted_by_id, stone.reason) == (supervisor.pk, "She asked for it herself on Monday")
    imported(supervisor, LIST, tmp_path)
    assert standing(supervisor) == ["F-1", "F-2"]
    with acts(supervisor):
        anew = registrations().standing().get(source_id="F-1")
        assert anew.person_id != erased.person_id
        actions.erase(anew.id)  # and once more
    imported(supervisor, LIST, tmp_path)
    assert standing(supervisor) == ["F-2"]


def test_only_the_own_organisation_lets_lists_bring_somebody_back(cast: Cast, erased: Registration) -> None:
    reason = "She asked for it herself"
    with acts(cast.member(cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        actions.lift_tombstone(erased.id, reason=reason)
    for elsewhere in (cast.harbour, cast.maraude):
        with acts(cast.member(elsewhere)):
            assert not Tombstone.objects.exists()
            with refused():
                actions.lift_tombstone(erased.id, reason=reason)


def test_nobody_takes_a_tombstone_away_or_makes_it_anothers(cast: Cast, erased: Registration) -> None:
    for statement in (
        "DELETE FROM registry_tombstone",
        "UPDATE registry_tombstone SET of_line = 'x'",
        "UPDATE registry_tombstone SET lifted_at = now()",
    ):
        with (
            acts(cast.member(cast.dunes)),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_without_its_secret_no_list_is_taken_in(
    cast: Cast, erased: Registration, tmp_path: Path, settings
) -> None:
    settings.HAVRE_SECRETS = tmp_path / "another"
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    with acts(supervisor):
        with refused():
            actions.start_import(source="Terrain", language=Language.FRENCH, **files_of(LIST, tmp_path))
        assert ListImport.objects.count() == 1
    harbour = cast.member(cast.harbour)
    imported(harbour, LIST, tmp_path)
    assert standing(harbour) == ["F-1", "F-2"], "who has erased nobody is not kept waiting"


def test_a_fingerprint_says_nothing_without_the_key(cast: Cast, erased: Registration) -> None:
    with acts(cast.member(cast.dunes)):
        stone = Tombstone.objects.get()
    ours = Fingerprints.of(cast.dunes.id)
    assert (stone.of_line, stone.key_id) == (ours.of_line("Terrain", "F-1"), ours.key_id)
    theirs = Fingerprints(b"another key", cast.dunes.id)
    assert theirs.of_line("Terrain", "F-1") != stone.of_line
    assert ours.of_line("Terrain F", "-1") != ours.of_line("Terrain", "F-1"), "parts are kept apart"
    assert ours.of_words("F-1", "AHMAD  Khan") == ours.of_words("F-1", "Ahmad Khan")
    assert ours.of_words("F-1", " ") == ""
    plain = {sha256(text.encode()).hexdigest() for text in ("F-1", "Terrain\nF-1", "Terrain")}
    assert stone.of_line not in plain


def test_who_came_from_no_list_leaves_no_tombstone(supervisor: Member) -> None:
    actions.erase(registered().id)
    assert not Tombstone.objects.exists()


def test_the_files_that_it_came_from_are_given_up(cast: Cast, tmp_path: Path) -> None:
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    listed = imported(supervisor, LIST, tmp_path)
    with acts(supervisor):
        actions.erase(Registration.objects.get(source_id="F-1").id)
        assert (ListImport.objects.get().file, ListImport.objects.get().links_file) == (None, None)
        assert not File.objects.exists()
        with refused():
            actions.refused_lines(listed.id)


def test_what_was_erased_is_not_changed_any_more(supervisor: Member) -> None:
    registration = registered()
    actions.erase(registration.id)
    for act in (
        lambda: actions.erase(registration.id),
        lambda: actions.amend(registration.id, values={"town": "Calais"}),
        lambda: actions.add_family_link(registration.id, UNCLE),
        lambda: actions.give_consent(registration.id, answered(ConsentFor.TRACING)),
    ):
        with refused():
            act()


def test_only_a_supervisor_of_the_own_organisation_erases(cast: Cast) -> None:
    with acts(cast.member(cast.dunes)):
        registration = registered(consents=[sharing_with(cast.harbour.id)])
        with pytest.raises(NotAllowed):
            actions.erase(registration.id)
    with acts(cast.member(cast.harbour, Role.SUPERVISOR)), refused():
        actions.erase(registration.id)
    with acts(cast.member(cast.dunes)):
        assert registration.names.first().written == AHMAD.names
