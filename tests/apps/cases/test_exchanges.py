# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What shows that something was sent, or arrived: added by either shore, never changed, gone with an erasure."""

import json
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from apps.cases.journey import Journey
from apps.tracing.shores import acts, raw
from apps.tracing.web.conftest import site_of
from core.exchange.bundles import files_of
from core.files.samples import PDF
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction

from havre.apps.cases.actions import CaseRefused, NoSuchCase
from havre.apps.cases.actions.proving import Paper, PaperRefused, prove_exchange
from havre.apps.cases.actions.taking import case_bundle
from havre.apps.cases.enums import Channel
from havre.apps.cases.models import Case, Event, Exchange
from havre.apps.cases.queries.exchanges import shown_of
from havre.apps.registry import actions as registry
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.files.models import File
from havre.core.notices.models import Notice
from havre.words import Language

RECEIPT = Paper("accusé.pdf", PDF)


@pytest.fixture(scope="module")
def case(verified: Journey) -> Case:
    """Whose request Harbour has received."""
    return verified.asked()


def event_of(journey: Journey, case: Case, kind: str = "sent") -> Event:
    with acts(journey.dunes):
        return Event.objects.get(case=case, kind=kind)


def proved(member: Member, event: Event, **said: Any) -> Exchange:
    with acts(member):
        return prove_exchange(event.pk, said.pop("how", Channel.POST), **said)


def read_by(member: Member) -> list[tuple[str, str, bool]]:
    with acts(member):
        return [(each.reference, each.sha256, each.file_id is not None) for each in Exchange.objects.all()]


def test_either_shore_says_what_shows_it_and_both_read_it(journey: Journey, case: Case) -> None:
    proved(journey.dunes, event_of(journey, case), reference="RR 123 456 789 FR")
    proved(journey.harbour, event_of(journey, case, "received"), how=Channel.EMAIL, paper=RECEIPT)
    expected = [("RR 123 456 789 FR", "", False), ("", sha256(PDF).hexdigest(), True)]
    assert read_by(journey.dunes) == read_by(journey.harbour) == expected
    assert read_by(journey.stranger) == []
    with acts(journey.dunes):  # the file stays with whoever keeps it; its hash is read by both
        assert not File.objects.exists()
        assert Notice.objects.filter(key="cases.notice_event").exists()
    with acts(journey.harbour):
        assert File.objects.get().name == "accusé.pdf"


def test_a_request_of_which_nothing_shows_that_it_was_sent_says_so(journey: Journey, case: Case) -> None:
    def lacks() -> list[str]:
        with acts(journey.dunes):
            return [each.event.kind for each in shown_of(case) if each.lacks]

    assert lacks() == ["received", "sent"]
    proved(journey.dunes, event_of(journey, case), reference="RR 1")
    assert lacks() == ["received"]


def test_a_proof_shows_something(journey: Journey, case: Case) -> None:
    event = event_of(journey, case)
    for reference in ("", " ", "x"):
        with pytest.raises(CaseRefused) as refused:
            proved(journey.dunes, event, reference=reference)
        assert (refused.value.key, refused.value.field) == ("proof_needed", "reference")
    with pytest.raises(PaperRefused) as not_taken:
        proved(journey.dunes, event, paper=Paper("accusé.pdf", b"\x7fELF"))
    assert len({not_taken.value.say(language) for language in Language}) == 2
    assert read_by(journey.dunes) == []


def test_the_same_key_proves_once_and_nothing_else(journey: Journey, case: Case) -> None:
    key = uuid4()
    first = proved(journey.dunes, event_of(journey, case), reference="RR 1", idempotency_key=key)
    again = proved(journey.dunes, event_of(journey, case), reference="RR 1", idempotency_key=key)
    assert first.pk == again.pk
    with pytest.raises(CaseRefused, match="key_was_used"):
        proved(journey.dunes, event_of(journey, case, "received"), reference="RR 1", idempotency_key=key)


def test_strangers_and_those_who_only_read_prove_nothing(journey: Journey, case: Case) -> None:
    event = event_of(journey, case)
    with pytest.raises(NoSuchCase):
        proved(journey.stranger, event, reference="RR 1")
    with pytest.raises(NotAllowed):
        proved(journey.cast.member(journey.cast.dunes, Role.REGISTRAR), event, reference="RR 1")


INSERT = "INSERT INTO cases_exchange SELECT * FROM jsonb_populate_record(NULL::cases_exchange, %s)"


def row(journey: Journey, event: Event, **more: Any) -> str:
    said = {
        "id": uuid4(),
        "origin": "",
        "recorded_at": "2016-11-21T10:00:00Z",
        "case_id": event.case_id,
        "event_id": event.pk,
        "member_id": journey.dunes.pk,
        "organisation_id": journey.dunes.organisation_id,
        "shore": "france",
        "how": "post",
        "reference": "RR 1",
        "sha256": "",
    }
    return json.dumps(said | more, default=str)


def test_no_statement_gets_round_it(journey: Journey, case: Case) -> None:
    event = event_of(journey, case)
    with acts(journey.harbour):
        theirs = prove_exchange(event.pk, Channel.FAX, paper=RECEIPT)
    with acts(journey.dunes):
        assert raw(INSERT, [row(journey, event)]) == [(1,)]
        wrong: list[dict[str, Any]] = [
            {"reference": " "},
            {"case_id": uuid4()},
            {"event_id": uuid4()},
            {"member_id": journey.harbour.pk},
            {"shore": "britain"},
            {"sha256": "0" * 64},
            {"file_id": theirs.file_id, "sha256": theirs.sha256},
        ]
        for more in wrong:
            with pytest.raises(Error), transaction.atomic():
                raw(INSERT, [row(journey, event, **more)])
        for change in (
            "UPDATE cases_exchange SET reference = 'RR 2'",
            "UPDATE cases_exchange SET how = 'fax'",
        ):
            assert raw(change) == [(0,)]
        with pytest.raises(Error), transaction.atomic():
            raw("DELETE FROM cases_exchange")


def test_of_an_erased_child_how_and_when_stays_and_what_showed_it_goes(journey: Journey, case: Case) -> None:
    proved(journey.dunes, event_of(journey, case), reference="RR 1", paper=RECEIPT)
    proved(journey.harbour, event_of(journey, case, "received"), paper=RECEIPT)
    supervisor = journey.cast.member(journey.cast.dunes, Role.SUPERVISOR)
    with acts(supervisor, Purpose.CARE):
        registry.erase(journey.shores.child.pk)
    assert read_by(journey.dunes) == [("", "", False), ("", "", False)]
    for member in (journey.dunes, journey.harbour):
        with acts(member):
            assert not File.objects.exists()
    with acts(journey.dunes):
        notes = raw("SELECT note::text FROM audit_entry WHERE table_name = 'cases_exchange'")
    assert notes
    assert not [note for (note,) in notes if "RR 1" in note]


def test_it_goes_out_with_the_case_and_its_document_with_those_who_keep_it(
    journey: Journey, case: Case
) -> None:
    made = proved(journey.harbour, event_of(journey, case, "received"), how=Channel.FAX, paper=RECEIPT)

    def statement(member: Member) -> tuple[Any, dict[str, bytes]]:
        with acts(member):
            files = files_of(case_bundle(case.pk, Language.ENGLISH))
        (said,) = json.loads(files["case.json"])["case"]["statements"]
        return said, files

    said, files = statement(journey.harbour)
    assert said["event"] == str(made.event_id)
    assert files[said["attachment"]] == PDF
    assert {"fax", made.sha256} <= {line["value"] for line in said["says"]}
    said, files = statement(journey.dunes)
    assert said["attachment"] is None
    assert "elsewhere" in {line["value"] for line in said["says"]}


@pytest.mark.parametrize(
    ("language", "lacking"), [("en", "nothing shows it yet"), ("fr", "rien ne le montre")]
)
def test_the_page_shows_each_event_and_takes_what_shows_it(
    journey: Journey, case: Case, language: str, lacking: str
) -> None:
    client, here = site_of(journey.dunes, language), f"/cases/{case.pk}/exchanges"
    assert here in client.get(f"/cases/{case.pk}").content.decode()
    shown = client.get(here).content.decode()
    assert shown.count(lacking) == 2
    form = {"key": uuid4(), "proven": event_of(journey, case).pk, "channel": "post"}
    refused = client.post(f"{here}/add", form)
    assert refused.status_code == 422
    assert 'id="proof_proof_error"' in refused.content.decode()
    paper = SimpleUploadedFile("accusé.pdf", PDF)
    taken = client.post(f"{here}/add", {**form, "proof": "RR 123", "paper": paper})
    assert (taken.status_code, taken["Location"]) == (302, here)
    shown = client.get(here).content.decode()
    assert "RR 123" in shown
    assert "/files/" in shown
    assert shown.count(lacking) == 1
    other = site_of(journey.harbour, language).get(here).content.decode()
    assert "/files/" not in other
    assert sha256(PDF).hexdigest()[:12] in other
    assert site_of(journey.stranger).get(here).status_code == 404
    assert site_of(journey.stranger).post(f"{here}/add", form).status_code == 404
