# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole case taken out: the dossier and the bundle say the same, as much as the reader may read, and on record."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from apps.cases.journey import REASONS, WHY, Journey, whole
from apps.cases.leaving import paper, taken, texts, told
from apps.tracing.shores import CHILD, UNCLE, acts, does, raw
from apps.tracing.web.conftest import site_of
from core.files.samples import PDF
from core.letters.test_letters import letters, pages

from havre.apps.cases import actions
from havre.apps.cases.actions import NoSuchCase
from havre.apps.cases.actions.taking import case_bundle, case_dossier, gathering
from havre.apps.cases.enums import Factor, RepresentativeKind
from havre.apps.cases.models import Case, Decision, Event, Exchange, Fact, Said, Telling
from havre.apps.cases.queries import criteria, routes
from havre.apps.cases.queries.told import WORDS
from havre.apps.cases.queries.told.statements import STATEMENTS
from havre.apps.registry.models import Document
from havre.apps.tracing.enums import Act
from havre.core.access import Purpose
from havre.core.accounts.enums import Role
from havre.core.clock import today
from havre.core.exchange.bundle import check_bundle
from havre.core.files import store
from havre.words import Language

EN, FR = Language.ENGLISH, Language.FRENCH


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Refused, with reasons, and told; with a document of the child, and a draft that nobody agreed to."""
    case = verified.asked()
    with acts(verified.dunes, Purpose.CARE):
        file = store("taskera.pdf", PDF, verified.cast.dunes, verified.shores.child.pk)
        Document.objects.create(registration=verified.shores.child, kind="taskera", number="7", file=file)
    verified.told(verified.decided(case))
    verified.happens(case, "reexamination_asked", today())
    verified.drafted(
        case, whole(in_short="A draft that nobody has agreed to and that stays at home for now.")
    )
    with acts(verified.dunes):
        actions.name_representative(
            case.pk, RepresentativeKind.LAWYER, name="Maître Vidal", reach="+33 6 39 98 77 66", since=None
        )
    return case


# --- the bundle --------------------------------------------------------------------------------------------------


def test_a_bundle_is_whole_and_its_check_finds_no_fault(journey: Journey, case: Case, tmp_path: Path) -> None:
    for member in (journey.dunes, journey.harbour):
        with acts(member):
            made = case_bundle(case.pk, FR)
        path = tmp_path / "case.zip"
        path.write_bytes(made)
        checked = check_bundle(path)
        assert checked.faults == ()
        assert checked.sha256 == sha256(made).hexdigest()


def test_what_both_shores_did_and_decided_is_in_it(journey: Journey, case: Case) -> None:
    said = told(journey.dunes, case)
    kinds = [each["kind"]["word"] for each in said["events"]]
    assert kinds == ["lodged", "sent", "received", "refused", "reexamination_asked"]
    assert {each["organisation"] for each in said["events"]} == {"Dunes", "Harbour"}
    assert CHILD.names in said["child"]["names"]
    assert UNCLE.names in said["relative"]["names"]
    assert said["child"]["reference"].startswith("H-")
    assert (said["asks"]["name"], said["asked"]["name"]) == ("Dunes", "Harbour")
    (decision,) = said["decisions"]
    assert decision["in_short"] == WHY
    assert {each["reason"] for each in decision["criteria"]} - {""} == set(REASONS.values())
    assert decision["told"]["told_by"] == "Amina"
    assert {each["key"] for each in said["facts"]} >= {"birth", "nationality", "lodged"}
    (statement,) = said["statements"]
    assert {line["value"] for line in statement["says"]} >= {"lawyer", "Maître Vidal"}


def test_where_people_are_and_drafts_stay_at_home(journey: Journey, case: Case) -> None:
    case_json = taken(journey.dunes, case)["case.json"].decode()
    assert not [number for number in (CHILD.phone, UNCLE.phone, "+33 6 39 98 77 66") if number in case_json]
    assert "stays at home for now" not in case_json
    everything = " ".join(texts(paper(journey.harbour, case)))
    assert "stays at home for now" not in everything
    assert CHILD.phone not in everything


def test_a_document_goes_with_it_for_those_who_may_open_it(journey: Journey, case: Case) -> None:
    own, other = taken(journey.dunes, case), taken(journey.harbour, case)
    (attached,) = [name for name in own if name.startswith("attachments/")]
    assert own[attached] == PDF
    assert not [name for name in other if name.startswith("attachments/")]
    (document,) = told(journey.dunes, case)["child"]["documents"]
    assert (document["attachment"], document["left_out"]) == (attached, None)
    assert f"attachments/{document['id']}.pdf" == attached
    (document,) = told(journey.harbour, case)["child"]["documents"]
    assert (document["attachment"], document["left_out"]["word"]) == (None, "elsewhere")
    with acts(journey.dunes):
        read = raw("SELECT count(*) FROM audit_entry WHERE kind = 'read' AND table_name = 'files_file'")
    assert read == [(2,)]


def test_what_cannot_go_with_it_is_said(
    journey: Journey, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_ATTACHED", 1)
    assert told(journey.dunes, case)["child"]["documents"][0]["left_out"]["word"] == "large"
    monkeypatch.undo()
    with acts(journey.dunes, Purpose.CARE):
        raw("UPDATE files_file SET key_id = 'gone'")
    assert told(journey.dunes, case)["child"]["documents"][0]["left_out"]["word"] == "lost"


def test_every_table_of_what_members_say_goes_with_it() -> None:
    told_apart = {Event, Fact, Decision, Telling, Exchange}
    said = set(Said.__subclasses__()) - told_apart
    assert set(STATEMENTS) == said, "say in queries.told.statements what goes out of each"
    names = [f"statement_{each._meta.model_name}" for each in (*STATEMENTS, Exchange)]
    assert not [name for name in names if name not in WORDS]


# --- the dossier -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", list(Language))
def test_a_dossier_has_an_index_and_is_made_for_screen_readers(
    journey: Journey, case: Case, language: Language
) -> None:
    with acts(journey.dunes):
        made = case_dossier(case.pk, language)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert f"/Lang({language.value})".encode() in made
    assert b"/S/TOC" in made
    assert b"/Outlines" in made
    assert pages(made) > 3
    assert "\ufffd" not in letters(made)
    assert set(CHILD.names) <= letters(made)


def test_it_says_what_the_bundle_says_in_the_readers_language(journey: Journey, case: Case) -> None:
    english, french = paper(journey.dunes, case, EN), paper(journey.dunes, case, FR)
    assert [each["depth"] for each in english["sections"]] == [each["depth"] for each in french["sections"]]
    assert english["title"] == french["title"]
    said = texts(english)
    decision = told(journey.dunes, case)["decisions"][0]
    own = {WHY, *REASONS.values(), *(decision[factor.value] for factor in Factor), decision["helper"]}
    for words in (english, french):
        assert own <= set(texts(words))
    assert {each.text.en for each in criteria(routes()["dublin-8-2"])} <= set(said)
    assert any("the uncle's residence permit" in each for each in said)
    assert any("Told" in each for each in said)
    # Of a French dossier the words that were written in English say so; those of Havre do not.
    spoken = {row[2] for part in french["sections"] for block in part["blocks"] for row in _lines(block)}
    assert spoken == {"", "en"}
    assert {row[2] for part in english["sections"] for block in part["blocks"] for row in _lines(block)} == {
        ""
    }


def _lines(block: Any) -> Any:
    return block["rows"] if block["kind"] == "lines" else ()


# --- who, and on record ------------------------------------------------------------------------------------------


def test_whoever_may_not_read_the_case_takes_nothing_out(journey: Journey, case: Case) -> None:
    for make in (case_dossier, case_bundle):
        with acts(journey.stranger), pytest.raises(NoSuchCase):
            make(case.pk, EN)
    does(journey.dunes, Act.REVOKE, journey.shores.pair())
    with acts(journey.harbour), pytest.raises(NoSuchCase):
        case_bundle(case.pk, EN)
    with acts(journey.dunes):
        assert case_bundle(case.pk, EN)


def test_a_guardian_takes_out_the_case_of_the_ward_with_its_documents(journey: Journey, case: Case) -> None:
    guardian = journey.cast.member(journey.cast.dunes, Role.GUARDIAN, ward=journey.shores.child.person_id)
    assert [name for name in taken(guardian, case) if name.startswith("attachments/")]
    assert told(guardian, case)["relative"]["registration"] is None


@pytest.mark.parametrize(("make", "kind"), [(case_dossier, "dossier"), (case_bundle, "bundle")])
def test_that_it_was_taken_out_is_on_record_with_its_hash(
    journey: Journey, case: Case, make: Any, kind: str
) -> None:
    with acts(journey.harbour):
        made = make(case.pk, EN)
        noted = raw(
            "SELECT member, subject, note ->> 'sha256' FROM audit_entry"
            " WHERE kind = 'export' AND row = %s AND note ->> 'format' = %s",
            [case.pk, kind],
        )
        people = raw(
            "SELECT count(*) FROM audit_entry WHERE kind = 'read' AND table_name = 'registry_registration'"
        )
        handed = raw(
            "SELECT subject FROM audit_entry WHERE kind = 'handed' AND row = %s AND note ->> 'format' = %s",
            [case.pk, kind],
        )
    assert noted == [(journey.harbour.pk, journey.shores.child.pk, sha256(made).hexdigest())]
    assert {subject for (subject,) in handed} == {journey.shores.child.pk, journey.shores.uncle.pk}
    assert people == [(2,)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_are_handed_over_as_files_to_save(journey: Journey, case: Case, language: str) -> None:
    for name, kind in (("dossier.pdf", "application/pdf"), ("bundle.zip", "application/zip")):
        client = site_of(journey.dunes, language)
        assert f"/cases/{case.pk}/{name}" in client.get(f"/cases/{case.pk}").content.decode()
        answer = client.get(f"/cases/{case.pk}/{name}")
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Cache-Control"] == "no-store"
        assert site_of(journey.stranger).get(f"/cases/{case.pk}/{name}").status_code == 404
