# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From two spreadsheets to a child and an uncle whom both shores hold for true, and the list that says so.

A caseworker of each shore sits at a window of their own; nothing is done but by what they see, click and type.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.entrance import enter
from browser.lists import BRITAIN, CHILD, FRANCE, NAMESAKE, SELAM, UNCLE, Row, Tables, spreadsheet
from browser.windows import DESKTOP, PHONE, Complaints, OpenPage, spills
from cast import Cast
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow
from havre.apps.registry.web.words import WORDS as REGISTRY
from havre.apps.tracing.enums import reason_of
from havre.apps.tracing.web.words import WORDS as TRACING
from havre.core.accounts.models import Member
from havre.core.ui.telling import day
from havre.words import Language

FRENCH, ENGLISH = (Language.FRENCH, DESKTOP), (Language.ENGLISH, PHONE)
SETTINGS = [
    pytest.param((FRENCH, ENGLISH), id="fr-en"),
    pytest.param((ENGLISH, FRENCH), id="en-fr", marks=pytest.mark.soak),
]
"""The language and the width of either shore's window."""


@dataclass
class Desk:
    """A member of one shore at their window."""

    member: Member
    language: Language
    page: Page
    complaints: Complaints

    def registry(self, key: str) -> str:
        """A sentence of the registry in the member's language."""
        return REGISTRY.say(self.language, key)

    def tracing(self, key: str) -> str:
        """A sentence of tracing in the member's language."""
        return TRACING.say(self.language, key)

    def press(self, label: str) -> None:
        """The button of that name."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def follow(self, label: str) -> None:
        """The link of that name."""
        self.page.get_by_role("link", name=label, exact=True).click()

    def sees(self, text: str) -> None:
        """It comes to stand on the page; the page complains of nothing, and is no wider than the window."""
        expect(self.page.get_by_role("main")).to_contain_text(text)
        assert self.complaints == []
        assert spills(self.page) <= 0

    @property
    def place(self) -> str:
        """The path of the page."""
        return urlsplit(self.page.url).path

    @property
    def lines(self) -> Locator:
        """The lines of the list on the page."""
        return self.page.locator("#results tbody tr")


Shores = tuple[Desk, Desk]


@pytest.fixture
def shores(
    request: pytest.FixtureRequest, cast: Cast, open_page: OpenPage, complaints: Complaints, worker: None
) -> Shores:
    """A caseworker of France and one of Britain, who have signed in by the form."""
    france, britain = (
        _signed_in(cast.member(organisation), *setting, open_page, complaints)
        for organisation, setting in zip((cast.dunes, cast.harbour), request.param, strict=True)
    )
    return france, britain


def _signed_in(
    member: Member, language: Language, width: int, open_page: OpenPage, complaints: Complaints
) -> Desk:
    page = open_page("/account/login/", language=language, width=width)
    enter(page, member, language=language)
    return Desk(member, language, page, complaints)


def hand_in(desk: Desk, tables: Tables, folder: Path) -> None:
    """Uploads the spreadsheet, as the template of the member's language has it."""
    path = spreadsheet(folder / f"{desk.member.organisation.name}.xlsx", tables, desk.language)
    desk.page.goto("/imports/new")
    desk.page.get_by_label(desk.registry("upload_file"), exact=True).set_input_files(path)
    desk.page.get_by_label(desk.registry("upload_source")).fill("Autumn")
    desk.press(desk.registry("upload_read"))


def accept(desk: Desk, giver: ConsentGiver) -> None:
    """Looks at the preview, says what everybody on the list agreed to, and accepts it."""
    desk.sees(desk.registry("import_lead_previewed"))
    expect(desk.page.get_by_role("row").filter(has_text=desk.registry("import_people"))).to_be_visible()
    desk.page.get_by_label(ConsentFor.TRACING.label(desk.language)).check()
    desk.page.get_by_label(desk.registry("line_given_by")).select_option(giver)
    desk.page.get_by_label(desk.registry("line_how")).select_option(ConsentHow.INTERPRETER)
    desk.press(desk.registry("accept"))


def match(desk: Desk) -> None:
    """Has both lists compared, and waits for the result."""
    desk.page.goto("/tracing/runs")
    desk.press(desk.tracing("run_match"))
    desk.sees(desk.tracing("what_changed"))


def open_surest_pair(desk: Desk) -> str:
    """Begins with the pairs that wait; where the first of them is."""
    desk.page.goto("/tracing/pairs")
    expect(desk.lines.first).to_contain_text(CHILD["names"])
    expect(desk.page.get_by_role("main")).not_to_contain_text(SELAM["names"])
    desk.follow(desk.tracing("begin_decide"))
    desk.sees(desk.tracing("disclosure"))
    return desk.place


def reject_namesake(desk: Desk) -> None:
    """Goes to the likeliest rival, a man of the same name and another age, and rejects it for a reason."""
    rivals = desk.page.get_by_role("complementary").locator(".card").filter(has_text=desk.tracing("rivals"))
    rivals.get_by_role("link").first.click()
    expect(desk.page.get_by_text(NAMESAKE["birth_date"], exact=True)).to_be_visible()
    desk.press(desk.tracing("do_reject"))
    reason, dialog = reason_of("names_differ"), desk.page.get_by_role("dialog")
    assert reason
    dialog.get_by_label(reason.label(desk.language)).check()
    dialog.get_by_role("button", name=desk.tracing("send_reject"), exact=True).click()
    desk.sees(desk.tracing("said_reject"))


def open_for_verifying(desk: Desk) -> None:
    """Finds on the first page that a pair waits, and begins."""
    desk.page.goto("/")
    desk.page.get_by_role("main").get_by_role("link", name=desk.tracing("waits_to_verify")).click()
    desk.follow(desk.tracing("begin_verify"))
    desk.sees(desk.tracing("question_verify"))


def take_list_out(desk: Desk) -> list[list[str]]:
    """The rows of the reunification list, as a workbook in the member's language."""
    desk.page.goto("/tracing/found")
    desk.press(desk.tracing("export"))
    with desk.page.expect_download() as waiting:
        desk.follow(desk.tracing(f"export_workbook_{desk.language}"))
    workbook = CalamineWorkbook.from_path(waiting.value.path())
    desk.sees(desk.tracing("found_title"))
    return [[str(cell) for cell in row] for row in workbook.get_sheet_by_index(0).to_python()]


def keeps_from(desk: Desk, other: Row) -> bool:
    """Whether name and year of the other side are told, and phone, town and day of birth are not."""
    page = desk.page.content()
    assert other["names"] in page
    assert other["birth_date"][:4] in page
    return not [said for said in secrets_of(other, desk.language) if said in page]


def secrets_of(other: Row, language: Language) -> tuple[str, ...]:
    """What nobody across the water reads before both shores have verified, however it is written."""
    phone, born = other["phone"], other["birth_date"]
    day_of_birth = day(date.fromisoformat(born), language)
    return phone, phone.replace(" ", ""), phone[4:], other["town"], born, day_of_birth


def shows_in_full(desk: Desk, other: Row) -> bool:
    """Whether phone and town of the other side are told."""
    page = desk.page.content().replace(" ", "")
    return other["phone"].replace(" ", "") in page and other["town"] in page


@pytest.mark.parametrize("shores", SETTINGS, indirect=True)
def test_two_spreadsheets_become_a_verified_pair(shores: Shores, tmp_path: Path) -> None:
    france, britain = shores
    for desk, tables in ((france, FRANCE), (britain, BRITAIN)):
        hand_in(desk, tables, tmp_path)
    for desk, giver in ((france, ConsentGiver.CHILD), (britain, ConsentGiver.SELF)):
        accept(desk, giver)
    for desk in shores:
        desk.sees(desk.registry("import_lead_done"))
    match(france)

    true_pair = open_surest_pair(france)
    assert keeps_from(france, UNCLE)
    reject_namesake(france)
    assert open_surest_pair(france) == true_pair
    france.page.keyboard.press("c")
    france.sees(france.tracing("said_confirm"))

    open_for_verifying(britain)
    assert britain.place == true_pair
    assert keeps_from(britain, CHILD)
    britain.page.keyboard.press("v")
    britain.sees(britain.tracing("said_verify"))

    for desk, other in ((france, UNCLE), (britain, CHILD)):
        desk.page.goto(true_pair)
        desk.sees(desk.tracing("state_verified"))
        assert shows_in_full(desk, other)
        (row,) = [row for row in take_list_out(desk) if CHILD["names"] in row]
        assert UNCLE["names"] in row
