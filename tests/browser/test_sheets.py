# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets of centres and parties in a real browser: handed in without scripts, watched, accepted, on a phone."""

import pytest
from apps.accommodation.camp import Camp
from browser.windows import DESKTOP, PHONE, OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import FilePayload, expect

from havre.apps.accommodation.actions.sheets import read_sheet, start_sheet
from havre.apps.accommodation.enums import SheetKind
from havre.core.jobs import run_jobs
from havre.words import Language

HEADS = "place_id,centre_id,name,lat,lon,region,takes,units\n"
GOOD = "L1,K1,Les Pins,48.1,-1.68,Bretagne,adult,4\n"
BAD = "L2,K1,Les Pins,48.1,-1.68,Bretagne,adult,-4\nL3,K3,Au large,45,-20,Bretagne,des géants indescriptibles,4\n"
FILE = FilePayload(name="places.csv", mimeType="text/csv", buffer=(HEADS + GOOD + BAD).encode())


@pytest.fixture
def camp(cast: Cast) -> Camp:
    return Camp(cast)


@pytest.mark.usefixtures("worker")
def test_a_sheet_is_handed_in_and_accepted_while_one_looks(open_page: OpenPage, camp: Camp) -> None:
    page = open_page("/accommodation/centres", member=camp.desk)
    page.get_by_role("link", name="Import centres").click()
    page.get_by_label("File").set_input_files(FILE)
    page.get_by_role("button", name="Read the sheet").click()
    expect(page.get_by_text("Nothing is written yet.")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Accept and write").click()
    expect(page.get_by_text("The sheet is written.")).to_be_visible(timeout=30_000)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Lines left out").click()
    assert saved.value.suggested_filename == "centres-left-out.xlsx"


def test_without_scripts_a_sheet_goes_its_way(open_page: OpenPage, camp: Camp) -> None:
    page = open_page("/accommodation/centre-lists", member=camp.desk, width=PHONE, java_script_enabled=False)
    page.get_by_label("File").set_input_files(FILE)
    page.get_by_role("button", name="Read the sheet").click()
    run_jobs()
    page.reload()
    page.get_by_role("button", name="Accept and write").click()
    run_jobs()
    page.reload()
    expect(page.get_by_text("The sheet is written.")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [(PHONE, "fr", False), pytest.param(DESKTOP, "en", True, marks=pytest.mark.soak)],
)
def test_every_page_of_sheets_fits_and_axe_finds_nothing(
    open_page: OpenPage, camp: Camp, width: int, language: str, dark: bool
) -> None:
    with camp.acts(camp.desk):
        sheet = start_sheet(
            SheetKind.CENTRES,
            name="une-tres-longue-feuille-de-toutes-les-places.csv",
            content=FILE["buffer"],
            language=Language.FRENCH,
        )
        read_sheet(sheet.pk, lambda _: None)
        unread = start_sheet(SheetKind.CENTRES, name="a.csv", content=b"a,b\n1,2\n", language=Language.FRENCH)
        read_sheet(unread.pk, lambda _: None)
    for address in (
        "centre-lists",
        f"centre-lists/{sheet.pk}",
        f"centre-lists/{unread.pk}",
        "party-lists",
        "centres",
        "parties",
    ):
        page = open_page(
            f"/accommodation/{address}", width=width, language=language, dark=dark, member=camp.desk
        )
        assert spills(page) == 0, address
        assert axe(page) == [], address
        page.context.close()
