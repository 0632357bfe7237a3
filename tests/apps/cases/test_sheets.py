# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The spreadsheet of December 2016 comes in and shows what it is worth: each row a case, each missing element named."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from apps.cases.journey import Journey
from apps.tracing.shores import acts
from apps.tracing.web.conftest import site_of
from django.core.files.uploadedfile import SimpleUploadedFile

from havre.apps.cases import actions
from havre.apps.cases.actions import CaseRefused
from havre.apps.cases.actions.sheets import LEAVE, NEW
from havre.apps.cases.enums import Answer, CaseState, SheetState
from havre.apps.cases.models import AnswerSheet, Decision, OutsideAnswer, Telling
from havre.apps.cases.queries import cases, sheets, worth_of
from havre.apps.registry import actions as registry
from havre.apps.registry.models import FamilyLink, Registration
from havre.core.access import NotAllowed, Purpose
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.words import Language

TITLES = "Reference;Full name;DOB;Nationality;Relative;Relationship;Reason;Decision date\n"
ROWS = (
    "{reference};Ahmed Wali Khan;;Afghan;Gul Khan;uncle;criteria not met;14/11/2016\n"
    ";Ahmad Wali Khan;;Afghan;;;not eligible;14/11/2016\n"
    ";Yonas Habtemariam;;Eritrean;;;refused;\n"
    ";;;;;;no;\n"
)


def handed_in(member: Member, text: str, unsaid: Answer | None = Answer.REFUSE, **more: Any) -> AnswerSheet:
    with acts(member):
        sheet = actions.start_sheet(
            name="refus.csv",
            content=text.encode(),
            unsaid=unsaid,
            language=Language.FRENCH,
            **more,
        )
        return actions.read_sheet(sheet.pk, lambda _: None)


def written(member: Member, sheet: AnswerSheet, chosen: dict[int, str]) -> AnswerSheet:
    with acts(member):
        actions.accept_sheet(sheet.pk, chosen)
        return actions.write_sheet(sheet.pk, lambda _: None)


@pytest.fixture
def text(journey: Journey) -> str:
    with acts(journey.dunes):
        reference = Registration.objects.values_list("person__reference", flat=True).get(
            pk=journey.shores.child.pk
        )
    return TITLES + ROWS.format(reference=reference)


def test_a_reference_is_taken_for_sure_and_a_name_is_a_proposal(journey: Journey, text: str) -> None:
    sheet = handed_in(journey.dunes, text)
    child = str(journey.shores.child.pk)
    assert sheet.state == SheetState.PREVIEWED
    assert sheet.found["2"] == {"of": [child], "sure": True, "named": True}
    assert sheet.found["3"]["sure"] is False
    assert child in sheet.found["3"]["of"]
    assert sheet.found["4"] == {"of": [], "sure": False, "named": True}
    assert "5" not in sheet.found
    assert "5" in sheet.remarks[0]["fr"]


def test_nothing_is_in_a_case_before_it_is_accepted(journey: Journey, text: str) -> None:
    handed_in(journey.dunes, text)
    with acts(journey.dunes):
        assert not cases().exists()
        assert not OutsideAnswer.objects.exists()


def test_each_row_becomes_a_case_and_none_counts_as_decided_or_told(journey: Journey, text: str) -> None:
    sheet = handed_in(journey.dunes, text)
    sheet = written(journey.dunes, sheet, {2: str(journey.shores.child.pk), 3: LEAVE, 4: NEW})
    assert set(sheet.written) == {"2", "4"}
    with acts(journey.dunes):
        answers = {each.words: each for each in OutsideAnswer.objects.all()}
        assert set(answers) == {"criteria not met", "refused"}
        assert answers["refused"].answered_on is None
        assert not Decision.objects.exists()
        assert not Telling.objects.exists()
        said = FamilyLink.objects.get(names="Gul Khan", registration=journey.shores.child)
        assert said.relation == "uncle"
        case = answers["refused"].case
    assert journey.standing(case).state is CaseState.REFUSED_OUTSIDE


def test_the_sheet_shows_what_it_is_worth(journey: Journey, text: str) -> None:
    sheet = handed_in(journey.dunes, text)
    sheet = written(journey.dunes, sheet, {2: str(journey.shores.child.pk), 3: LEAVE, 4: NEW})
    with acts(journey.dunes):
        worth = {(place, lack): n for place, lack, n in worth_of(sheet)}
    for place in ("reunification", "well_being", "safety", "views", "helper", "agreed_by", "telling"):
        assert worth[place, "needed"] == 2, place


def test_done_twice_it_adds_nothing(journey: Journey, text: str) -> None:
    sheet = handed_in(journey.dunes, text)
    chosen = {2: str(journey.shores.child.pk), 3: LEAVE, 4: NEW}
    written(journey.dunes, sheet, chosen)
    written(journey.dunes, sheet, chosen)
    with acts(journey.dunes):
        assert OutsideAnswer.objects.count() == 2


def test_the_same_form_sent_twice_is_one_sheet(journey: Journey, text: str) -> None:
    key = uuid4()
    first, again = (handed_in(journey.dunes, text, idempotency_key=key) for _ in range(2))
    assert first.pk == again.pk == key


def test_a_row_that_nobody_said_is_refused_with_its_line(journey: Journey, text: str) -> None:
    sheet = handed_in(journey.dunes, text)
    for chosen in ({}, {2: str(journey.shores.uncle.pk), 3: LEAVE, 4: NEW}):
        with acts(journey.dunes), pytest.raises(CaseRefused) as refused:
            actions.accept_sheet(sheet.pk, chosen)
        assert (refused.value.key, refused.value.values["line"]) == ("line_not_said", "2")


def test_a_row_without_an_answer_is_left_out_unless_the_sheet_is_one_of_refusals(
    journey: Journey, text: str
) -> None:
    sheet = handed_in(journey.dunes, text, unsaid=None)
    sheet = written(journey.dunes, sheet, {2: str(journey.shores.child.pk), 3: NEW, 4: NEW})
    assert sheet.written == {}
    assert len([each for each in sheet.remarks if "answer" in each["en"]]) >= 3


def test_a_row_whose_case_cannot_have_that_answer_is_left_out_and_named(journey: Journey, text: str) -> None:
    sheet = handed_in(journey.dunes, text)
    case = journey.asked()
    journey.decided(case)
    sheet = written(journey.dunes, sheet, {2: str(journey.shores.child.pk), 3: LEAVE, 4: NEW})
    assert set(sheet.written) == {"4"}
    assert "2" in sheet.remarks[-1]["en"]


def test_a_reference_is_understood_as_it_is_typed_and_one_of_nobody_registers_nobody(
    journey: Journey, text: str
) -> None:
    reference = text.splitlines()[1].split(";")[0]
    sheet = handed_in(journey.dunes, f"Reference,Reason\n{reference.lower()},no\nH-NOBODY,no\n")
    assert sheet.found["2"]["sure"] is True
    assert sheet.found["3"] == {"of": [], "sure": False, "named": False}
    with acts(journey.dunes), pytest.raises(CaseRefused):
        actions.accept_sheet(sheet.pk, {2: LEAVE, 3: NEW})


def test_an_erasure_reaches_the_sheet_and_its_file(journey: Journey, text: str) -> None:
    sheet = handed_in(journey.dunes, text)
    with acts(journey.cast.member(journey.cast.dunes, Role.SUPERVISOR), Purpose.CARE):
        registry.erase(journey.shores.child.pk)
    with acts(journey.dunes):
        sheet.refresh_from_db()
    assert (sheet.file_id, sheet.found, sheet.remarks) == (None, {}, [])


def test_as_many_rows_as_a_sheet_may_have_can_be_said_on_its_page(journey: Journey) -> None:
    rows = "".join(f"Child {n},no\n" for n in range(600))
    sheet = handed_in(journey.dunes, f"Full name,Reason\n{rows}")
    said = {f"line_{line}": LEAVE for line in sheet.found}
    assert len(said) == 600
    assert site_of(journey.dunes, "en").post(f"/cases/sheets/{sheet.pk}", said).status_code == 302


def test_a_sheet_that_cannot_be_read_says_why_in_both_languages(journey: Journey) -> None:
    sheet = handed_in(journey.dunes, "\n")
    assert sheet.state == SheetState.FAILED
    assert set(sheet.remarks[0]) == {"en", "fr"}


def test_no_other_organisation_sees_a_sheet_and_no_registrar_hands_one_in(
    journey: Journey, text: str
) -> None:
    sheet = handed_in(journey.dunes, text)
    for member in (journey.harbour, journey.stranger):
        with acts(member):
            assert not sheets().exists()
            with pytest.raises(CaseRefused, match="no_such_sheet"):
                actions.accept_sheet(sheet.pk, {})
    with acts(journey.cast.member(journey.cast.dunes, Role.REGISTRAR)), pytest.raises(NotAllowed):
        actions.start_sheet(name="a.csv", content=b"", unsaid=None, language=Language.ENGLISH)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_lead_from_the_file_to_the_cases(journey: Journey, text: str, language: str) -> None:
    client = site_of(journey.dunes, language)
    answer = client.post(
        "/cases/sheets",
        {"key": uuid4(), "unsaid": "refuse", "file": SimpleUploadedFile("refus.csv", text.encode())},
    )
    assert answer.status_code == 302
    pk = UUID(answer.url.rsplit("/", 1)[1])
    with acts(journey.dunes):
        actions.read_sheet(pk, lambda _: None)
    shown = client.get(answer.url).content.decode()
    assert "Yonas Habtemariam" in shown
    assert f'value="{journey.shores.child.pk}" selected' in shown
    assert f'value="{NEW}" selected' not in shown
    refused = client.post(answer.url, {"line_2": LEAVE})
    assert refused.status_code == 409
    chosen = {"line_2": str(journey.shores.child.pk), "line_3": LEAVE, "line_4": NEW}
    assert client.post(answer.url, chosen).status_code == 302
    with acts(journey.dunes):
        sheet = actions.write_sheet(pk, lambda _: None)
    done = client.get(answer.url).content.decode()
    assert all(f"/cases/{case}" in done for case in sheet.written.values())
    assert {"en": "Not told", "fr": "Non informé"}[language] in done
    assert "refus.csv" in client.get("/cases/sheets").content.decode()
