# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Importing a list: nothing before it is accepted, nothing twice, nothing overwritten, nothing lost in silence."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from apps.registry.people import BORN_2001, acts, answered, refused, sharing_with
from cast import Cast

from havre.apps.registry import actions
from havre.apps.registry.actions.importing.reading import unpacked
from havre.apps.registry.enums import ConsentFor, ImportState, Writer
from havre.apps.registry.models import AgeEvidence, FamilyLink, ListImport, Name, Person, Registration
from havre.apps.registry.queries import described, groupings, imports, registrations, shore_list
from havre.core.access import NotAllowed, Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.exchange import read_list, write_list
from havre.core.exchange.vocabulary import Country
from havre.core.files.models import File
from havre.core.jobs import run_jobs
from havre.core.jobs.performing import JobFailed
from havre.core.notices.models import Notice
from havre.engines.linkage import FamilyLink as ListedLink
from havre.engines.linkage import Person as ListedPerson
from havre.engines.linkage import ShoreList
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex, Unsaid
from havre.engines.linkage.relations import Relation
from havre.scenario import make_scenario
from havre.words import Language

AHMAD = ListedPerson(
    person_id="F-1",
    described=Description(
        names="احمد خان",
        other_names="Ahmad Khan",
        sex=Sex.MALE,
        birth=BORN_2001,
        nationality="AFG",
        phone="0639980011",
        town="Calais",
        country="FR",
    ),
    recorded_on=date(2016, 10, 3),
)
SELAM = ListedPerson(
    person_id="F-2",
    described=Description(names="ሰላም", nationality="ERI", unsaid={"phone": Unsaid.REFUSED}),
    recorded_on=date(2016, 10, 4),
)
UNCLE = ListedLink(
    link_id="L-1",
    person_id="F-1",
    relation="uncle",
    described=Description(names="Gul Khan", town="Birmingham", country="GB"),
)
LIST = ShoreList((AHMAD, SELAM), (UNCLE,))
COLUMNS = "table,person_id,link_id,names,birth_date,nationality,relation\n"


def files_of(shore_list: ShoreList, folder: Path) -> dict[str, object]:
    """The list as two files that somebody hands in."""
    folder.mkdir(exist_ok=True)
    write_list(shore_list, folder)
    return {
        "name": "enfants.csv",
        "content": (folder / "people.csv").read_bytes(),
        "links_name": "liens.csv",
        "links_content": (folder / "links.csv").read_bytes(),
    }


def handed_in(member: Member, **files: object) -> ListImport:
    """A list, read for its preview."""
    with acts(member):
        listed = actions.start_import(source="Terrain", language=Language.FRENCH, **files)
    run_jobs()
    with acts(member):
        return imports().get(id=listed.id)


def imported(
    member: Member, shore_list: ShoreList, folder: Path, *consents: actions.ConsentSaid
) -> ListImport:
    """A list, accepted and written."""
    listed = handed_in(member, **files_of(shore_list, folder))
    with acts(member):
        actions.accept_import(listed.id, consents=consents)
    run_jobs()
    with acts(member):
        listed.refresh_from_db()
    return listed


@pytest.fixture
def member(cast: Cast) -> Member:
    return cast.member(cast.dunes)


def test_a_preview_says_what_would_change_and_changes_nothing(member: Member, tmp_path: Path) -> None:
    listed = handed_in(member, **files_of(LIST, tmp_path))
    assert listed.state == ImportState.PREVIEWED
    assert (listed.counts["people_new"], listed.counts["links_new"]) == (2, 1)
    with acts(member):
        assert not Registration.objects.exists()
        assert not Person.objects.exists()


def test_an_accepted_list_is_in_the_registry_as_it_was_written(member: Member, tmp_path: Path) -> None:
    listed = imported(member, LIST, tmp_path)
    assert listed.state == ImportState.DONE
    with acts(member):
        by_id = {each.source_id: each for each in registrations().with_details()}
        assert described(by_id["F-1"]) == AHMAD.described
        assert described(by_id["F-2"]) == SELAM.described
        assert by_id["F-1"].said_on == AHMAD.recorded_on
        assert by_id["F-1"].names.first().written_by == Writer.LIST
        [link] = by_id["F-1"].links.all()
        assert (link.relation, link.described) == ("uncle", UNCLE.described)
        assert len({each.person.reference for each in by_id.values()}) == 2


def test_who_was_imported_is_found_by_searching(member: Member, tmp_path: Path) -> None:
    imported(member, LIST, tmp_path)
    with acts(member):
        [found] = actions.search("Selam").candidates
        assert found.registration.source_id == "F-2"


def test_a_whole_list_comes_out_as_it_went_in(member: Member, tmp_path: Path) -> None:
    france = make_scenario(people=600, children=60, seed=3).france
    imported(member, france, tmp_path)
    with acts(member):
        ids = {str(key): source for key, source in Registration.objects.values_list("id", "source_id")}
        out = shore_list(registrations())
    went_in = {
        person.person_id: person.described
        for person in read_list(tmp_path, language=Language.ENGLISH).shore_list.people
    }
    assert {ids[person.person_id]: person.described for person in out.people} == went_in
    assert len(out.links) == len(france.links)


def test_the_same_list_twice_changes_nothing(member: Member, tmp_path: Path) -> None:
    imported(member, LIST, tmp_path)

    def everything() -> list[object]:
        tables = (Person, Registration, Name, AgeEvidence, FamilyLink)
        return [list(table.objects.order_by("pk").values()) for table in tables]

    with acts(member):
        before = everything()
    again = imported(member, LIST, tmp_path)
    assert again.counts | {"people_unchanged": 2, "links_unchanged": 1} == again.counts
    assert not any(
        again.counts[f"{what}_{how}"] for what in ("people", "links") for how in ("new", "changed")
    )
    with acts(member):
        assert everything() == before


def test_what_a_list_says_anew_is_added_to_what_it_said(member: Member, tmp_path: Path) -> None:
    imported(member, LIST, tmp_path)
    assessed = BirthInterval(date(1999, 1, 1), date(1999, 12, 31), BirthKind.YEAR)
    changed = replace(
        AHMAD,
        described=replace(AHMAD.described, names="Ahmed Kan", birth=assessed, phone="0700", town="Dover"),
    )
    again = imported(member, ShoreList((changed, SELAM), (UNCLE,)), tmp_path)
    assert (again.counts["people_changed"], again.counts["people_unchanged"]) == (1, 1)
    with acts(member):
        ahmad = Registration.objects.get(source_id="F-1")
        assert {name.written for name in ahmad.names.all()} == {"احمد خان", "Ahmad Khan", "Ahmed Kan"}
        assert ahmad.ages.count() == 2
        assert [contact.value for contact in ahmad.contacts.all()] == ["0639980011", "0700"]
        assert ahmad.town == "Dover"
        assert [found.registration for found in actions.search("Ahmed Kan ").candidates] == [ahmad]


def test_a_list_does_not_undo_what_a_member_put_right(member: Member, tmp_path: Path) -> None:
    imported(member, LIST, tmp_path)
    with acts(member):
        actions.amend(Registration.objects.get(source_id="F-1").id, values={"nationality": "PAK"})
    moved = replace(AHMAD, described=replace(AHMAD.described, town="Dunkerque"))
    imported(member, ShoreList((moved, SELAM), (UNCLE,)), tmp_path)
    with acts(member):
        ahmad = Registration.objects.get(source_id="F-1")
        assert (ahmad.nationality, ahmad.town) == ("PAK", "Dunkerque")


def test_a_family_link_that_is_told_otherwise_stays_the_same_link(member: Member, tmp_path: Path) -> None:
    imported(member, LIST, tmp_path)
    told = replace(UNCLE, described=replace(UNCLE.described, names="Gol Xan", town="Coventry"))
    with acts(member):
        before = FamilyLink.objects.get().id
    imported(member, ShoreList((AHMAD, SELAM), (told,)), tmp_path)
    with acts(member):
        link = FamilyLink.objects.get(id=before)
        assert (link.names, link.other_names, link.town) == ("Gol Xan", "Gul Khan", "Coventry")


def test_two_lists_of_other_names_are_two_lists(cast: Cast, member: Member, tmp_path: Path) -> None:
    imported(member, LIST, tmp_path)
    other = cast.member(cast.kin)
    imported(other, LIST, tmp_path)
    with acts(other):
        assert Registration.objects.count() == 2


def test_consent_of_those_on_the_list_is_recorded_for_each(member: Member, tmp_path: Path) -> None:
    imported(member, LIST, tmp_path, answered(ConsentFor.TRACING, until=date(2999, 1, 1)))
    with acts(member):
        assert registrations().with_consent_to_tracing().count() == 2
        assert not registrations().findable().exists()
        assert {str(each.traceable_until) for each in registrations()} == {"2999-01-01"}
        assert [consent.language for each in registrations() for consent in each.consents.all()] == [
            "ps",
            "ps",
        ]


def test_without_consent_nobody_on_a_list_is_compared(member: Member, tmp_path: Path) -> None:
    imported(member, LIST, tmp_path)
    with acts(member):
        assert not registrations().with_consent_to_tracing().exists()


def test_with_whom_to_share_is_not_asked_of_a_whole_list(cast: Cast, member: Member, tmp_path: Path) -> None:
    listed = handed_in(member, **files_of(LIST, tmp_path))
    with acts(member), refused("consents"):
        actions.accept_import(listed.id, consents=[sharing_with(cast.kin.id)])


def test_bad_lines_are_named_and_can_be_had_to_correct(member: Member) -> None:
    rows = ("F-1,,Ahmad,2001,Afghan", "F-1,,Twice,2001,Afghan", "F-3,,Selam,yesterday,Eritrea")
    content = COLUMNS + "".join(f"people,{row},\n" for row in rows)
    listed = handed_in(member, name="liste.csv", content=content.encode())
    assert listed.state == ImportState.PREVIEWED
    assert (listed.counts["lines_refused"], listed.counts["lines_in_part"]) == (1, 1)
    for language in Language:
        said = actions.said_remarks(listed, language)
        assert all("liste.csv" in sentence and "havre-list" not in sentence for sentence in said)
        assert any("3" in sentence for sentence in said)
    with acts(member):
        workbook = actions.refused_lines(listed.id)
    assert ZipFile(BytesIO(workbook)).testzip() is None


def test_refused_lines_once_corrected_are_handed_in_alone(member: Member) -> None:
    rows = "people,F-1,,Ahmad,2001,AFG,\npeople,F-2,,Selam,2002,ERI,\nlinks,F-9,L-1,Gul,,,uncle\n"
    first = handed_in(member, name="liste.csv", content=(COLUMNS + rows).encode())
    assert first.counts["lines_refused"] == 1
    with acts(member):
        actions.accept_import(first.id)
    run_jobs()
    with acts(member):
        refused = actions.refused_lines(first.id)
    assert b"F-9" in ZipFile(BytesIO(refused)).read("xl/sharedStrings.xml")
    corrected = handed_in(member, name="refused.xlsx", content=put_right(refused, {"F-9": "F-2"}))
    assert (corrected.counts["links_new"], corrected.counts["lines_refused"]) == (1, 0)
    with acts(member):
        actions.accept_import(corrected.id)
    run_jobs()
    with acts(member):
        link = FamilyLink.objects.get()
        assert (link.names, link.registration.source_id) == ("Gul", "F-2")
        assert registrations().count() == 2


def put_right(workbook: bytes, cells: dict[str, str]) -> bytes:
    """The workbook, as somebody saves it who wrote other words into these cells."""
    written = BytesIO()
    with ZipFile(BytesIO(workbook)) as read, ZipFile(written, "w") as saved:
        for name in read.namelist():
            content = read.read(name)
            if name == "xl/sharedStrings.xml":
                for old, new in cells.items():
                    content = content.replace(f">{old}<".encode(), f">{new}<".encode())
            saved.writestr(name, content)
    return written.getvalue()


def test_what_is_kept_of_a_remark_can_be_told_again_word_for_word(member: Member) -> None:
    rows = "people,F-1,,Ahmad,2001,Afganistan,\npeople,F-2,,Selam,32/13/2001,ERI,\nlinks,F-1,L-1,Gul,,,oncl\n"
    listed = handed_in(member, name="liste.csv", content=(COLUMNS + rows).encode())
    with acts(member), unpacked(listed) as path:
        reading = read_list(path, language=Language.FRENCH)
    assert {type(each) for remark in reading.remarks for each in remark.values.values()} >= {
        Country,
        Relation,
    }
    for language in Language:
        assert sorted(actions.said_remarks(listed, language)) == sorted(
            remark.say(language) for remark in reading.remarks
        )


def test_a_file_that_is_no_list_fails_and_says_why(member: Member) -> None:
    listed = handed_in(member, name="notes.csv", content=b"a,b\n1,2\n")
    assert listed.state == ImportState.FAILED
    for language in Language:
        [said] = actions.said_remarks(listed, language)
        assert "notes.csv" in said
        assert "/" not in said.replace("people.csv", "")
    with acts(member):
        for step in (actions.accept_import, actions.refused_lines):
            with refused():
                step(listed.id)


def test_a_file_of_a_kind_that_is_not_taken_is_refused_at_once(member: Member) -> None:
    with acts(member), refused("file"):
        actions.start_import(
            name="list.xlsx", content=b"%PDF-1.7", source="Terrain", language=Language.ENGLISH
        )
    with acts(member), refused("source"):
        actions.start_import(name="list.csv", content=b"a", source=" ", language=Language.ENGLISH)


def test_a_list_is_handed_in_once_a_key_and_accepted_once(member: Member, tmp_path: Path) -> None:
    files, key = files_of(LIST, tmp_path), uuid4()
    with acts(member):
        first, second = (
            actions.start_import(source="Terrain", language=Language.FRENCH, idempotency_key=key, **files)
            for _ in range(2)
        )
        assert first == second
    run_jobs()
    with acts(member):
        actions.accept_import(first.id)
        actions.accept_import(first.id)
    run_jobs()
    with acts(member):
        assert Registration.objects.count() == 2
        actions.import_list(first.id, lambda _: None)
        assert Registration.objects.count() == 2


def test_who_handed_a_list_in_is_told_how_far_it_is(member: Member, tmp_path: Path) -> None:
    listed = imported(member, LIST, tmp_path)
    with acts(member):
        told = Notice.objects.order_by("id").values_list("key", "link")
        assert list(told) == [
            ("registry.notice_import_previewed", f"/imports/{listed.id}"),
            ("registry.notice_import_done", f"/imports/{listed.id}"),
        ]


def test_after_an_import_those_who_may_be_registered_twice_are_proposed(
    member: Member, tmp_path: Path
) -> None:
    twice = replace(
        AHMAD, person_id="F-9", described=replace(AHMAD.described, names="Ahmad Khan", other_names="")
    )
    imported(member, ShoreList((AHMAD, SELAM, twice), ()), tmp_path)
    with acts(member):
        assert groupings().open().count() == 1


def test_an_import_that_fails_leaves_nothing(member: Member, tmp_path: Path) -> None:
    listed = handed_in(member, **files_of(LIST, tmp_path))
    with acts(member):
        actions.accept_import(listed.id)

    class Cut(Exception):
        """The machine dies."""

    def dies(share: float) -> None:
        if share > 0.6:
            raise Cut

    with pytest.raises(Cut), acting_as(member.id, Purpose.CARE):
        actions.import_list(listed.id, dies)
    with acts(member):
        assert not Registration.objects.exists()
        assert imports().get().state == ImportState.ACCEPTED
    run_jobs()
    with acts(member):
        assert Registration.objects.count() == 2


def test_an_import_that_the_worker_gave_up_is_asked_for_again(member: Member, tmp_path: Path) -> None:
    listed = handed_in(member, **files_of(LIST, tmp_path))
    with acts(member):
        actions.accept_import(listed.id)
        [file] = File.objects.filter(name="enfants.csv")
        File.objects.filter(id=file.id).update(sha256=b"damaged")
    with pytest.raises(JobFailed, match="FileLost"):
        run_jobs()
    with acts(member):
        assert actions.accept_import(listed.id).state == ImportState.ACCEPTED
        File.objects.filter(id=file.id).update(sha256=bytes(file.sha256))
    run_jobs()
    with acts(member):
        assert imports().get().state == ImportState.DONE
        assert Registration.objects.count() == 2


def test_a_registrar_and_other_organisations_import_nothing_here(
    cast: Cast, member: Member, tmp_path: Path
) -> None:
    listed = handed_in(member, **files_of(LIST, tmp_path))
    with acts(cast.member(cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        actions.accept_import(listed.id)
    with acts(cast.member(cast.kin)), refused():
        actions.accept_import(listed.id)
