# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coaches in a real browser: boarded on a phone by scanning, with and without scripts, and received at the centre."""

import re

import pytest
from apps.accommodation.departing.coach import Coach, coach_of, tomorrow
from browser.windows import DESKTOP, PHONE, OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import expect

from havre.apps.accommodation.actions.departing import board, everybody_in

COACH_PHONE = 390


@pytest.fixture
def coach(cast: Cast) -> Coach:
    """Three parties, two centres, one coach that stands at the camp."""
    coach = coach_of(cast)
    coach.filled()
    return coach


@pytest.mark.parametrize("scripts", [True, False])
def test_a_coach_is_boarded_with_a_scanner_on_a_phone(
    open_page: OpenPage, coach: Coach, scripts: bool
) -> None:
    page = open_page(
        f"/accommodation/departures/{coach.coach()}/board",
        member=coach.desk,
        width=COACH_PHONE,
        java_script_enabled=scripts,
    )
    expect(page.get_by_text("3 parties are missing")).to_be_visible()
    for wristband, count in (("F1", "3 of 5"), ("A1", "4 of 5")):
        expect(page.get_by_label("Wristband")).to_be_focused()
        page.keyboard.type(wristband)  # as a scanner does, which ends with Enter
        page.keyboard.press("Enter")
        expect(page.get_by_text(count, exact=True)).to_be_visible()
    assert spills(page) == 0
    expect(page.get_by_text("1 party is missing")).to_be_visible()
    page.get_by_label("Wristband").fill("F1")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="2 of 3", exact=True).click()
    expect(page.get_by_text("F1: party of 3, only 2 boarded").first).to_be_visible()
    expect(page.get_by_label("Wristband")).to_be_focused()
    expect(page.get_by_text("3 of 5", exact=True)).to_be_visible()
    page.get_by_role("button", name="The coach has left").click()
    if scripts:
        page.locator("[data-confirm-yes]").click()
    expect(page.get_by_text("The coach has left without 1 person of a party")).to_be_visible()
    assert coach.seat("A2").no_show_at is not None


def test_the_desk_sees_the_number_grow_while_it_looks(open_page: OpenPage, coach: Coach) -> None:
    page = open_page(f"/accommodation/departures?day={tomorrow()}", member=coach.desk)
    expect(page.get_by_text("0 of 5")).to_be_visible()
    coach.boarded("F1")
    expect(page.get_by_text("3 of 5")).to_be_visible(timeout=20_000)


@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [(PHONE, "fr", False), pytest.param(DESKTOP, "en", True, marks=pytest.mark.soak)],
)
def test_every_page_of_coaches_fits_and_axe_finds_nothing(
    open_page: OpenPage, coach: Coach, width: int, language: str, dark: bool
) -> None:
    key, centre = coach.coach(), coach.places["C1"].centre_id
    how = {"width": width, "language": language, "dark": dark, "member": coach.desk}
    at = "/accommodation"

    def fits(address: str) -> None:
        page = open_page(address, **how)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert spills(page) == 0, address
        assert axe(page) == [], address
        page.context.close()

    for address in (f"{at}/departures/{key}/board", f"{at}/departures/new"):
        fits(address)
    with coach.acts(coach.desk):
        board(key, "F1", 2)
    fits(f"{at}/departures/{key}/board")
    coach.sent("A1")
    with coach.acts(coach.runner):
        everybody_in(coach.stop("C1").pk)
    for address in (
        f"{at}/departures?day={tomorrow()}",
        f"{at}/departures/{key}",
        f"{at}/seats/{coach.seat('F1').pk}/behind",
        f"{at}/centres/{centre}/arrivals",
        "/",
    ):
        fits(address)


def test_the_centre_says_who_is_in(open_page: OpenPage, coach: Coach) -> None:
    coach.sent("F1", "A1")
    centre = coach.places["C1"].centre_id
    page = open_page(f"/accommodation/centres/{centre}/arrivals", member=coach.runner, width=PHONE)
    page.get_by_role("button", name="Arrived", exact=True).last.click()
    expect(page.get_by_text("They have arrived, and live here.")).to_be_visible()
    page.get_by_role("button", name="Everybody who came is in").click()
    page.locator("[data-confirm-yes]").click()
    expect(page.get_by_text(re.compile("1 party is missing"))).to_be_visible()
