# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reunification list: who stands on it, and how it leaves the house."""

from io import BytesIO

import pytest
from apps.tracing.shores import Act, acts, does, raw
from apps.tracing.web.conftest import Counted, Desk, site_of, text
from apps.tracing.web.test_lists import lines
from python_calamine import CalamineWorkbook

from havre.core.accounts.enums import Role

FOUND = "/tracing/found"


def test_only_who_was_verified_stands_on_the_list(desk: Desk) -> None:
    assert "Nobody stands on the list yet" in text(desk.dunes.get(FOUND))
    pair = desk.shores.verified()
    for client in (desk.dunes, desk.harbour):
        shown = text(client.get(FOUND))
        assert lines(shown) == [str(pair.pk)]
        assert "verified" in shown


def test_filters_part_who_travelled_from_who_waits(desk: Desk) -> None:
    pair = desk.shores.verified()
    assert lines(text(desk.dunes.get(f"{FOUND}?state=verified"))) == [str(pair.pk)]
    assert lines(text(desk.dunes.get(f"{FOUND}?state=reunited"))) == []
    does(desk.shores.dunes, Act.REUNITE, pair)
    assert lines(text(desk.dunes.get(f"{FOUND}?state=reunited"))) == [str(pair.pk)]
    kin = desk.cast.kin.pk
    assert lines(text(desk.dunes.get(f"{FOUND}?organisation={kin}"))) == []


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_the_list_leaves_as_a_workbook_and_as_a_document_in_both_languages(desk: Desk, tag: str) -> None:
    desk.shores.verified()
    workbook = desk.dunes.get(f"{FOUND}/{tag}.xlsx")
    assert workbook["Content-Disposition"].endswith('.xlsx"')
    assert workbook["Cache-Control"] == "no-store"
    sheet = CalamineWorkbook.from_filelike(BytesIO(workbook.content)).get_sheet_by_index(0).to_python()
    assert "احمد ولي خان" in sheet[1]
    document = desk.dunes.get(f"{FOUND}/{tag}.pdf")
    assert document.content.startswith(b"%PDF")
    assert document["Content-Type"] == "application/pdf"
    with acts(desk.shores.dunes):
        assert raw("SELECT count(*) FROM audit_entry WHERE kind = 'export'") == [(2,)]


def test_the_list_leaves_in_no_third_language(desk: Desk) -> None:
    assert desk.dunes.get(f"{FOUND}/xx.xlsx").status_code == 404
    assert desk.dunes.get(f"{FOUND}/xx.pdf").status_code == 404


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.GUARDIAN])
def test_who_decides_nothing_takes_nothing_out(desk: Desk, role: Role) -> None:
    ward = desk.shores.child.person_id if role is Role.GUARDIAN else None
    client = site_of(desk.cast.member(desk.cast.dunes, role, ward=ward))
    assert "Take the list out" not in text(client.get(FOUND))
    assert client.get(f"{FOUND}/en.xlsx").status_code == 403
    assert client.get(f"{FOUND}/en.pdf").status_code == 403


def test_the_list_asks_the_database_as_often_for_many_as_for_few(desk: Desk, counted: Counted) -> None:
    text(desk.dunes.get(FOUND))
    with counted() as few:
        text(desk.dunes.get(FOUND))
    desk.shores.verified()
    with counted() as many:
        text(desk.dunes.get(FOUND))
    assert len(many) == len(few) <= 12, "\n".join(many)
