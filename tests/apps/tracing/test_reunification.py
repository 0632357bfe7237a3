# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reunification list: what both shores verified, on its way out of the house."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from apps.tracing.shores import (
    A_DAY,
    CHILD,
    CHILD_SAID,
    UNCLE,
    UNCLE_SAID,
    Shores,
    acts,
    does,
    matched,
    raw,
    registered,
)
from cast import Cast
from python_calamine import CalamineWorkbook

from havre.apps.registry.queries import given_to_others
from havre.apps.tracing import actions
from havre.apps.tracing.actions.exporting import COLUMNS
from havre.apps.tracing.enums import Act, PairState
from havre.apps.tracing.queries import reunification
from havre.core.access import NotAllowed
from havre.core.accounts.enums import Role
from havre.words import Language


@pytest.fixture
def shores(cast: Cast) -> Shores:
    """A verified pair; the uncle's name tries to be a formula."""
    dunes, harbour = cast.member(cast.dunes), cast.member(cast.harbour)
    child = registered(dunes, CHILD, ("uncle", UNCLE_SAID))
    uncle = registered(harbour, replace(UNCLE, names="=Gul Agha Khan"), ("nephew", CHILD_SAID))
    matched(dunes)
    shores = Shores(dunes, harbour, child, uncle)
    shores.verified()
    return shores


def sheet(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("language", Language)
def test_the_workbook_holds_every_verified_pair_as_text(shores: Shores, language: Language) -> None:
    with acts(shores.harbour):
        titles, *rows = sheet(actions.reunification_workbook(language))
    assert len(titles) == len(COLUMNS) == len(set(titles))
    row = dict(zip(COLUMNS, rows[0], strict=True))
    assert len(rows) == 1
    assert row["child"] == CHILD.names
    assert row["relative"] == "=Gul Agha Khan"
    assert row["relation"] == ("uncle" if language is Language.ENGLISH else "oncle")
    assert str(row["child_reference"]).startswith("H-")
    assert row["state"] == PairState.VERIFIED.label(language)


def test_a_reunion_has_its_day_on_the_list_and_loses_it_when_undone(shores: Shores) -> None:
    does(shores.dunes, Act.REUNITE, shores.pair())
    with acts(shores.dunes):
        assert [row.reunited_on for row in reunification(Language.ENGLISH)] == [A_DAY]
    does(shores.dunes, Act.UNDO, shores.pair())
    with acts(shores.dunes):
        assert [row.reunited_on for row in reunification(Language.ENGLISH)] == [None]


def test_no_phone_and_no_town_is_on_the_list(shores: Shores) -> None:
    with acts(shores.dunes):
        told = str(sheet(actions.reunification_workbook(Language.ENGLISH)))
    for secret in (CHILD.phone, UNCLE.phone, CHILD.town, UNCLE.town, "2001-05-17"):
        assert str(secret) not in told


@pytest.mark.parametrize("language", Language)
def test_the_list_comes_as_pdf_too(shores: Shores, language: Language) -> None:
    with acts(shores.dunes):
        content = actions.reunification_pdf(language)
    assert content.startswith(b"%PDF-")
    assert b"pdfuaid" in content


def test_each_export_is_put_on_record_with_how_many_and_no_name(shores: Shores) -> None:
    with acts(shores.dunes):
        actions.reunification_workbook(Language.ENGLISH)
        actions.reunification_pdf(Language.ENGLISH)
        kept = [
            json.loads(note)
            for (note,) in raw("SELECT note FROM audit_entry WHERE kind = 'export' ORDER BY id")
        ]
    assert kept == [{"rows": 1, "format": "xlsx"}, {"rows": 1, "format": "pdf"}]


def test_who_was_on_a_list_that_others_took_out_is_told_to_who_registered_them(shores: Shores) -> None:
    with acts(shores.dunes):
        actions.reunification_pdf(Language.ENGLISH)
        assert given_to_others(shores.child.pk) == []
    with acts(shores.harbour):
        [found] = [each for each in given_to_others(shores.uncle.pk) if each.kind == "handed"]
    assert (found.organisation, found.table, found.form, found.times) == ("Dunes", "tracing_pair", "pdf", 1)


def test_the_list_of_another_organisation_is_empty(shores: Shores, cast: Cast) -> None:
    with acts(cast.member(cast.kin)):
        assert len(sheet(actions.reunification_workbook(Language.ENGLISH))) == 1
        assert reunification(Language.ENGLISH) == ()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ADMINISTRATOR])
def test_the_list_is_exported_by_those_who_decide(shores: Shores, cast: Cast, role: Role) -> None:
    with acts(cast.member(cast.dunes, role)):
        with pytest.raises(NotAllowed):
            actions.reunification_workbook(Language.ENGLISH)
        with pytest.raises(NotAllowed):
            actions.reunification_pdf(Language.ENGLISH)
