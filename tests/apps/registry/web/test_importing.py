# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Importing a list on the site: handed in, looked at, accepted, and told how far it is."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from apps.registry.web.conftest import House, queries_of, site_of, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from havre.apps.registry.enums import ImportState
from havre.apps.registry.models import ListImport
from havre.apps.registry.queries import imports, registrations
from havre.core.accounts.enums import Role
from havre.core.jobs import run_jobs
from havre.core.notices import unread

PEOPLE = """person_id,names,sex,birth,nationality
1,Ali Reza,m,2001-05-12,Afghanistan
2,Samuel Tesfay,m,31/02/2000,Eritrea
3,Nadjib,m,2003,Afganistn
3,Nobody,m,2003,Sudan
"""
LINKS = """link_id,person_id,relation,names,town
l1,1,uncle,Gholam Reza,London
"""


def handed_in(house: House, people: str = PEOPLE, links: str | None = LINKS, **said: Any) -> Any:
    files = {"file": SimpleUploadedFile("people.csv", people.encode())}
    if links is not None:
        files["links_file"] = SimpleUploadedFile("links.csv", links.encode())
    form = {"key": str(uuid4()), "source": "Truck, November", **files, **said}
    return house.caseworker.post("/imports/new", form)


def listed(house: House) -> ListImport:
    return house.does(lambda: imports().latest("recorded_at"))


@pytest.fixture
def previewed(house: House, committed_database: None) -> ListImport:
    """A list that was handed in and read."""
    handed_in(house)
    run_jobs()
    return listed(house)


def test_a_list_is_handed_in_and_waits(house: House) -> None:
    answer = handed_in(house)
    found = listed(house)
    assert answer.url == f"/imports/{found.pk}"
    page = house.caseworker.get(answer.url)
    assert "is being read" in text_of(page)
    assert 'hx-trigger="every 2s"' in page.content.decode()
    assert "Truck, November" in text_of(house.caseworker.get("/imports"))


def test_the_preview_names_what_is_wrong_by_file_line_and_column(house: House, previewed: ListImport) -> None:
    said = text_of(house.caseworker.get(f"/imports/{previewed.pk}"))
    for piece in (
        "Nothing is written yet",
        *("people 3 0 0 0", "family links 1 0 0 0"),
        "people.csv, line 3, column birth",
        "people.csv, line 4, column nationality",
        "3 lines are not as they should be",
        "Left out whole: 1. Kept but for a cell: 2.",
    ):
        assert piece in said
    assert not house.does(lambda: registrations().count())


def test_accepting_writes_it_and_tells_the_member(house: House, previewed: ListImport) -> None:
    address = f"/imports/{previewed.pk}"
    consents = {"for_what": ["tracing"], "given_by": "child", "how": "interpreter", "spoken": "prs"}
    assert house.caseworker.post(address, {"accept": "1", **consents}).url == address
    assert "is being written" in text_of(house.caseworker.get(address))
    run_jobs()
    assert "The list is in the registry" in text_of(house.caseworker.get(address))
    made = house.does(lambda: list(registrations().own()))
    assert len(made) == 3
    assert all(each.traceable for each in made)
    assert house.does(unread) >= 1
    assert house.caseworker.get("/imports").status_code == 200


def test_who_waits_for_the_end_is_told_once_and_loads_anew(house: House, previewed: ListImport) -> None:
    asked = house.caseworker.get(f"/imports/{previewed.pk}", headers={"HX-Request": "true"})
    assert 'data-state="done"' in asked.content.decode()
    assert "data-state" not in house.caseworker.get(f"/imports/{previewed.pk}").content.decode()


def test_a_consent_without_who_was_asked_is_refused(house: House, previewed: ListImport) -> None:
    answer = house.caseworker.post(f"/imports/{previewed.pk}", {"accept": "1", "for_what": ["tracing"]})
    assert answer.status_code == 422
    assert "Say who was asked" in text_of(answer)
    assert listed(house).state == ImportState.PREVIEWED


def test_the_refused_lines_come_as_a_workbook(house: House, previewed: ListImport) -> None:
    answer = house.caseworker.get(f"/imports/{previewed.pk}/refused")
    assert "attachment" in answer["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert "31/02/2000" in str(rows)
    assert "Ali Reza" not in str(rows)


def test_the_same_list_again_would_change_nothing(house: House, previewed: ListImport) -> None:
    house.caseworker.post(f"/imports/{previewed.pk}", {"accept": "1"})
    run_jobs()
    handed_in(house)
    run_jobs()
    assert "people 0 0 3 0" in text_of(house.caseworker.get(f"/imports/{listed(house).pk}"))


def test_a_list_that_cannot_be_read_says_why(house: House, committed_database: None) -> None:
    handed_in(house, people="this is no list", links=None)
    run_jobs()
    said = text_of(house.caseworker.get(f"/imports/{listed(house).pk}"))
    assert "could not be read" in said
    assert "people.csv" in said


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"source": ""}, "This field is required"),
        ({"file": ""}, "This field is required"),
        ({"file": SimpleUploadedFile("people.csv", b"")}, "empty"),
        ({"file": SimpleUploadedFile("people.xlsx", b"MZ not a workbook")}, "The file was not taken"),
    ],
)
def test_what_is_no_list_is_not_taken(house: House, said: dict[str, Any], error: str) -> None:
    answer = handed_in(house, **said)
    assert answer.status_code == 422
    assert error in text_of(answer)
    assert not house.does(lambda: imports().count())


def test_a_form_that_is_sent_twice_hands_in_one_list(house: House) -> None:
    key = str(uuid4())
    assert handed_in(house, key=key).url == handed_in(house, key=key).url


def test_an_empty_list_is_to_be_had_in_both_languages(house: House) -> None:
    sheets = [
        CalamineWorkbook.from_filelike(BytesIO(client.get("/imports/template").content)).sheet_names
        for client in (house.caseworker, site_of(house.cast.member(house.cast.dunes), "fr"))
    ]
    assert sheets[0][0] == "people"
    assert sheets[1][0] == "personnes"


def test_imports_are_their_organisations_and_no_registrars(house: House) -> None:
    address = handed_in(house).url
    assert house.stranger.get(address).status_code == 404
    assert house.stranger.get(f"{address}/refused").status_code == 404
    assert house.registrar.get(address).status_code == 403
    assert site_of(house.cast.member(house.cast.harbour, Role.REGISTRAR)).get("/imports").status_code == 403


def test_more_imports_ask_no_more_queries(house: House) -> None:
    address = handed_in(house).url
    few = queries_of(house.caseworker, "/imports")
    for _ in range(4):
        handed_in(house)
    assert queries_of(house.caseworker, "/imports") == few == 9
    assert queries_of(house.caseworker, address) == 10
