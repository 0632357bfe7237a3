# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs in a real browser: decided by keys alone, at any width, in both languages, with nothing that axe minds."""

import re

import pytest
from apps.tracing.shores import state_of
from apps.tracing.web.conftest import Desk, desk
from browser.windows import DESKTOP, PHONE, ZOOMED, OpenPage, axe, spills
from playwright.sync_api import Page, expect

from havre.apps.tracing.enums import PairState
from havre.words import Language

__all__ = ["desk"]
PAGES = ("/tracing/pairs", "/tracing/pairs/next", "/tracing/found", "/tracing/runs")
S = PairState


@pytest.fixture
def pair_page(open_page: OpenPage, desk: Desk) -> Page:
    """The pair of the child and the uncle, as Dunes sees it."""
    return open_page(f"/tracing/pairs/{desk.pair().pk}", member=desk.shores.dunes)


def test_a_pair_is_confirmed_with_one_key_and_the_next_one_comes(pair_page: Page, desk: Desk) -> None:
    pair, before = desk.pair(), pair_page.url
    pair_page.keyboard.press("c")
    expect(pair_page.get_by_text("Confirmed. It waits for the other shore now.")).to_be_visible()
    assert pair_page.url != before
    assert state_of(desk.shores.dunes, pair) is S.CONFIRMED
    pair_page.get_by_role("link", name="Undo").click()
    pair_page.wait_for_url(before)
    pair_page.keyboard.press("u")
    expect(pair_page.get_by_text("The confirmation is taken back.")).to_be_visible()
    assert state_of(desk.shores.dunes, pair) is S.PROPOSED


def test_a_pair_is_rejected_with_three_keys(pair_page: Page, desk: Desk) -> None:
    pair = desk.pair()
    for key in ("r", "3"):
        pair_page.keyboard.press(key)
    expect(pair_page.get_by_label("what they say of their family does not fit")).to_be_checked()
    pair_page.keyboard.press("Enter")
    expect(pair_page.get_by_text("Rejected.", exact=False).first).to_be_visible()
    assert state_of(desk.shores.dunes, pair) is S.REJECTED


def test_a_key_reaches_nothing_below_an_open_form(pair_page: Page, desk: Desk) -> None:
    pair_page.keyboard.press("r")
    expect(pair_page.get_by_role("dialog", name="Reject")).to_be_visible()
    pair_page.keyboard.press("c")
    pair_page.keyboard.press("s")
    expect(pair_page.get_by_role("dialog", name="Reject")).to_be_visible()
    pair_page.keyboard.press("Escape")
    expect(pair_page.get_by_role("dialog", name="Reject")).to_be_hidden()
    assert state_of(desk.shores.dunes, desk.pair()) is S.PROPOSED


def test_a_letter_in_a_note_decides_nothing(pair_page: Page, desk: Desk) -> None:
    pair_page.keyboard.press("r")
    pair_page.get_by_role("dialog", name="Reject").get_by_label("In your words").fill("")
    pair_page.keyboard.type("crass verdict 123")
    assert state_of(desk.shores.dunes, desk.pair()) is S.PROPOSED


def test_the_buttons_stay_in_sight(open_page: OpenPage, desk: Desk) -> None:
    for width in (DESKTOP, PHONE):
        page = open_page(f"/tracing/pairs/{desk.pair().pk}", width=width, member=desk.shores.dunes)
        expect(page.get_by_role("button", name="Confirm")).to_be_in_viewport()
        page.mouse.wheel(0, 900)
        expect(page.get_by_role("button", name="Confirm")).to_be_in_viewport()


def test_typing_a_name_finds_its_pairs_as_one_types(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/tracing/pairs", member=desk.shores.dunes)
    page.get_by_label(re.compile("Name of the child")).fill("Zarmina")
    expect(page.locator("#results tbody tr").first).to_contain_text("Zarmina")
    expect(page.locator("#results")).not_to_contain_text("احمد")
    assert "Zarmina" not in page.url


def test_without_scripts_a_pair_is_decided_all_the_same(open_page: OpenPage, desk: Desk) -> None:
    pair = desk.pair()
    page = open_page(f"/tracing/pairs/{pair.pk}", member=desk.shores.dunes, java_script_enabled=False)
    page.get_by_role("button", name="Reject").click()
    dialog = page.get_by_role("dialog", name="Reject")
    dialog.get_by_label("the places do not fit").check()
    dialog.get_by_role("button", name="Reject the pair").click()
    expect(page.get_by_text("Rejected.", exact=False).first).to_be_visible()
    assert state_of(desk.shores.dunes, pair) is S.REJECTED


@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [
        (DESKTOP, Language.ENGLISH, True),
        pytest.param(PHONE, Language.FRENCH, False, marks=pytest.mark.soak),
        pytest.param(ZOOMED, Language.FRENCH, False, marks=pytest.mark.soak),
    ],
)
def test_every_page_of_tracing_fits_and_axe_finds_nothing(
    open_page: OpenPage, desk: Desk, width: int, language: Language, dark: bool
) -> None:
    desk.shores.verified()
    for address in PAGES:
        page = open_page(address, width=width, language=language, dark=dark, member=desk.shores.dunes)
        assert spills(page) == 0, address
        assert axe(page) == [], address
        assert len(page.content()) < 100_000, address
        page.context.close()
