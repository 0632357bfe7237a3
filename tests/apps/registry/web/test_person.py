# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of a person: what was said, who may read it, and that reading is on record."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from apps.registry.people import AHMAD, UNCLE, answered, registered, sharing_with
from apps.registry.web.conftest import House, queries_of, site_of, text_of
from core.files.samples import PDF
from django.db import connection

from havre.apps.registry import actions
from havre.apps.registry.enums import AgeMethod, ConsentFor
from havre.apps.registry.models import Document, Registration
from havre.core.access import Purpose, acting_as
from havre.core.accounts.enums import Role
from havre.core.files import store
from havre.core.files.models import File
from havre.engines.linkage.records import BirthInterval, BirthKind


def address(registration: Registration) -> str:
    return f"/people/{registration.person_id}"


def reads(house: House, registration: Registration) -> int:
    """Entries on record that somebody read it."""
    with acting_as(house.cast.auditor.pk, Purpose.OVERSIGHT), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_entry WHERE kind = 'read' AND subject = %s", [registration.pk]
        )
        return int(cursor.fetchone()[0])


def test_all_that_was_said_is_shown(house: House) -> None:
    made = house.does(lambda: registered(links=(UNCLE,), consents=(answered(ConsentFor.TRACING),)))
    said = text_of(house.caseworker.get(address(made)))
    for piece in (
        *(
            "احمد خان",
            "Ahmad Khan",
            "the member who registered",
            "2001",
            "male",
            "Afghanistan",
            "Jalalabad",
            "Calais",
        ),
        *("Gul Khan", "Birmingham", "07700 900123", "to look for family on the other shore", "the child"),
        *("+33 6 39 98 00 11", made.person.reference, "Registered"),
    ):
        assert piece in said


def test_one_page_is_one_read_on_record(house: House) -> None:
    made = house.does(lambda: registered())
    house.caseworker.get(address(made))
    assert reads(house, made) == 1
    house.caseworker.get("/people")
    assert reads(house, made) == 1


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(1998, 11, 23), "certainly under 18 today"),
        (date(1998, 11, 22), "certainly 18 or older today"),
    ],
)
def test_a_child_turns_eighteen_on_a_day(
    house: House, settings: pytest.FixtureRequest, born: date, said: str
) -> None:
    settings.HAVRE_TODAY = date(2016, 11, 22)
    birth = BirthInterval(born, born, BirthKind.DAY)
    made = house.does(lambda: registered(replace(AHMAD, birth=birth)))
    assert said in text_of(house.caseworker.get(address(made)))


def test_evidence_that_differs_leaves_it_open_until_it_is_disputed(
    house: House, settings: pytest.FixtureRequest
) -> None:
    settings.HAVRE_TODAY = date(2016, 11, 22)
    made = house.does(lambda: registered())
    adult = BirthInterval(date(1990, 1, 1), date(1990, 12, 31), BirthKind.YEAR)
    said = actions.AgeSaid(birth=adult, true_on=date(2016, 11, 1), method=AgeMethod.ASSESSED, assessor="Dr X")
    house.does(lambda: actions.amend(made.pk, ages=[said]))
    assert "possibly under 18 today" in text_of(house.caseworker.get(address(made)))
    (age,) = [age for age in house.again(made).ages.all() if age.method == AgeMethod.ASSESSED]
    house.does(lambda: actions.dispute_age(age.pk, note="by X-ray of the wrist alone"))
    page = text_of(house.caseworker.get(address(made)))
    assert "possibly under 18 today" not in page
    assert "by X-ray of the wrist alone" in page


def test_a_stranger_finds_nothing(house: House) -> None:
    made = house.does(lambda: registered())
    assert house.stranger.get(address(made)).status_code == 404
    assert house.stranger.get(f"/registrations/{made.pk}").status_code == 404
    assert house.caseworker.get(f"/people/{uuid4()}").status_code == 404


def test_who_was_given_a_registration_reads_it_and_changes_nothing(house: House) -> None:
    made = house.does(lambda: registered(consents=(sharing_with(house.cast.harbour.pk),)))
    said = text_of(house.stranger.get(address(made)))
    assert "Ahmad Khan" in said
    for button in (
        "Complete or put right",
        "Add a family link",
        "Record an answer",
        "Withdraw",
        "Shared with",
    ):
        assert button not in said


def test_a_guardian_reads_the_ward_and_changes_nothing(house: House) -> None:
    made = house.does(lambda: registered(links=(UNCLE,)))
    other = house.does(lambda: registered())
    guardian = house.guardian(made.person_id)
    said = text_of(guardian.get(address(made)))
    assert "Gul Khan" in said
    assert "Add" not in said
    assert "Dispute" not in said
    assert guardian.get(address(other)).status_code == 404
    assert guardian.get(f"/registrations/{made.pk}/link").status_code == 403


def test_a_guardian_opens_the_files_of_the_ward_alone(house: House, tmp_path: Path, settings: Any) -> None:
    settings.HAVRE_SECRETS = tmp_path
    made, other = (house.does(lambda: registered()) for _ in range(2))

    def attached(to: Registration) -> File:
        kept: File = house.does(lambda: store("taskera.pdf", PDF, house.cast.dunes, to.pk))
        house.does(lambda: Document.objects.create(registration=to, kind="taskera", file_id=kept.pk))
        return kept

    mine, theirs = attached(made), attached(other)
    guardian = house.guardian(made.person_id)
    assert "taskera.pdf" in text_of(guardian.get(address(made)))
    assert guardian.get(f"/files/{mine.pk}").content == PDF
    assert guardian.get(f"/files/{theirs.pk}").status_code == 404
    assert house.stranger.get(f"/files/{mine.pk}").status_code == 404


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            Role.REGISTRAR,
            ["Complete or put right", "Record an answer"],
            ["Same person as", "Withdraw the", "Erase"],
        ),
        (Role.CASEWORKER, ["Same person as", "Withdraw the registration"], ["Erase"]),
        (Role.SUPERVISOR, ["Erase for good"], []),
    ],
)
def test_buttons_follow_the_role(house: House, role: Role, may: list[str], may_not: list[str]) -> None:
    made = house.does(lambda: registered())
    said = text_of(site_of(house.cast.member(house.cast.dunes, role)).get(address(made)))
    assert all(button in said for button in may)
    assert not any(button in said for button in may_not)


def test_registrations_of_one_person_stay_apart_on_one_page(house: House) -> None:
    first = house.does(lambda: registered())
    second = house.does(lambda: registered(replace(AHMAD, town="Dunkerque"), person_id=first.person_id))
    client = house.caseworker
    page = client.get(address(second), {"registration": str(first.pk)})
    assert page.content.decode().count('aria-current="page"') == 2
    assert "Dunkerque" not in text_of(page)
    assert "Dunkerque" in text_of(client.get(address(second), {"registration": str(second.pk)}))


def test_an_old_reference_still_leads_to_the_child(house: House) -> None:
    first = house.does(lambda: registered())
    second = house.does(lambda: registered())
    grouping = house.does(lambda: actions.propose_grouping(first.pk, second.pk))
    house.does(lambda: actions.group(grouping.pk, reasons="the same scar"))
    gone = {first.own_person_id, second.own_person_id} - {house.again(first).person_id}
    answer = house.caseworker.get(f"/people/{gone.pop()}")
    assert answer.url == f"/people/{house.again(first).person_id}"


def test_what_was_done_stands_beside_who_did_it(house: House) -> None:
    made = house.does(lambda: registered())
    house.does(lambda: actions.add_family_link(made.pk, UNCLE))
    said = text_of(house.caseworker.get(address(made)))
    assert said.index("Family link added") < said.index("Registered", said.index("What was done"))
    assert "Dunes caseworker 1" in said


def test_what_was_erased_shows_nothing(house: House) -> None:
    made = house.does(lambda: registered())
    with acting_as(house.cast.member(house.cast.dunes, Role.SUPERVISOR).pk, Purpose.CARE):
        actions.erase(made.pk)
    said = text_of(house.caseworker.get(address(made)))
    assert "Erased on" in said
    assert "Ahmad" not in said
    assert "Complete or put right" not in said


def test_a_fuller_page_asks_no_more_queries(house: House) -> None:
    made = house.does(lambda: registered(links=(UNCLE,), consents=(answered(ConsentFor.TRACING),)))
    few = queries_of(house.caseworker, address(made))
    for _ in range(5):
        house.does(lambda: actions.add_family_link(made.pk, UNCLE))
        house.does(lambda: actions.give_consent(made.pk, answered(ConsentFor.TRACING)))
    assert queries_of(house.caseworker, address(made)) == few == 20
