# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Erasure: nothing of a person is left to read, what named them still hangs together, and no list brings them back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from apps.registry.people import AHMAD, UNCLE, acts, answered, refused, registered, sharing_with
from apps.registry.test_import import LIST, imported
from cast import Cast
from django.apps import apps
from django.db import connection

from havre.apps.registry import actions
from havre.apps.registry.enums import ConsentFor, GroupingState
from havre.apps.registry.models import FamilyLink, Grouping, ListImport, Name, Registration
from havre.apps.registry.queries import registrations, shore_list
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member, Organisation
from havre.core.audit import faults, seal
from havre.core.files import store
from havre.core.files.models import File

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


def test_the_same_list_does_not_bring_back_who_was_erased(cast: Cast, tmp_path: Path) -> None:
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    imported(supervisor, LIST, tmp_path)
    with acts(supervisor):
        actions.erase(Registration.objects.get(source_id="F-1").id)
        assert not [said for said in SAID if said in everything_that_is_kept()]
    again = imported(supervisor, LIST, tmp_path)
    assert again.counts["people_erased"] == 1
    assert (again.counts["people_new"], again.counts["links_new"], again.counts["people_unchanged"]) == (
        0,
        0,
        1,
    )
    with acts(supervisor):
        assert [each.source_id for each in registrations().standing()] == ["F-2"]
        assert FamilyLink.objects.get().names == ""


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
