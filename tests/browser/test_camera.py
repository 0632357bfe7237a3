# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The camera of a phone reads wristbands: the browser films a code, and what it reads goes the way of what is typed."""

from collections.abc import Iterator

import pytest
from apps.accommodation.departing.coach import Coach, coach_of
from browser.chromium import HELD_UP
from browser.windows import OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import Page, expect

from havre.apps.accommodation.actions.slips import code_of

PHONE = 390
WIDE, HIGH = 320, 240
DOT = 5
"""Pixels of a square of the code."""
LIGHT, DARK = 235, 16


@pytest.fixture
def coach(cast: Cast) -> Coach:
    """Three parties, two centres, one coach that stands at the camp."""
    coach = coach_of(cast)
    coach.filled()
    return coach


@pytest.fixture(autouse=True)
def camera() -> Iterator[None]:
    """Nothing of one test is held up in the next."""
    yield
    HELD_UP.unlink(missing_ok=True)


def hold_up(wristband: str) -> None:
    """From now on a camera that is opened sees the slip of that wristband."""
    code = code_of(wristband)
    picture = bytearray([LIGHT]) * (WIDE * HIGH)
    left, top = (WIDE - DOT * len(code)) // 2, (HIGH - DOT * len(code)) // 2
    for y, row in enumerate(code):
        for x, dark in enumerate(row):
            if dark == "1":
                for line in range(DOT):
                    at = (top + y * DOT + line) * WIDE + left + x * DOT
                    picture[at : at + DOT] = bytes([DARK]) * DOT
    colours = bytes([128]) * (WIDE * HIGH // 2)
    HELD_UP.write_bytes(
        b"YUV4MPEG2 W%d H%d F20:1 Ip C420jpeg\n" % (WIDE, HIGH) + (b"FRAME\n" + picture + colours) * 20
    )


def scan(page: Page) -> None:
    page.get_by_role("button", name="Scan with the camera").click()


def test_a_coach_is_boarded_with_the_camera_of_a_phone(open_page: OpenPage, coach: Coach) -> None:
    hold_up("F1")
    address = f"/accommodation/departures/{coach.coach()}/board"
    page = open_page(address, member=coach.desk, width=PHONE, permissions=["camera"])
    scan(page)
    expect(page.get_by_text("3 of 5", exact=True)).to_be_visible()
    # The camera is open again for the next one, and the slip that is still before it is not read a second time.
    expect(page.locator("video")).to_be_visible()
    page.wait_for_timeout(1500)
    assert "last=F1" in page.url
    expect(page.get_by_text("is on this coach already")).to_have_count(0)
    assert spills(page) == 0
    assert axe(page) == []
    page.get_by_role("button", name="Close the camera").click()
    expect(page.locator("video")).to_be_hidden()
    # Once closed it stays closed.
    page.reload()
    expect(page.get_by_role("button", name="Scan with the camera")).to_be_visible()
    expect(page.locator("video")).to_be_hidden()


def test_a_code_of_nobody_is_refused_as_if_it_were_typed_and_not_read_again(
    open_page: OpenPage, coach: Coach
) -> None:
    hold_up("NOBODY-7")
    address = f"/accommodation/departures/{coach.coach()}/board"
    page = open_page(address, member=coach.desk, width=PHONE, permissions=["camera"])
    scan(page)
    expect(page.locator(".summary")).to_be_visible()
    assert page.get_by_label("Wristband").input_value() == "NOBODY-7"
    expect(page.locator("video")).to_be_visible()
    page.get_by_label("Wristband").fill("A1")  # a hand is quicker; the camera does not write over it
    page.wait_for_timeout(1500)
    assert page.get_by_label("Wristband").input_value() == "A1"


def test_the_desk_finds_who_holds_up_a_slip(open_page: OpenPage, coach: Coach) -> None:
    hold_up("A1")
    page = open_page("/accommodation/desk", member=coach.desk, width=PHONE, permissions=["camera"])
    scan(page)
    page.wait_for_url("**/accommodation/desk/*-*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A1")


def test_without_a_right_to_the_camera_the_page_says_what_to_do(open_page: OpenPage, coach: Coach) -> None:
    address = f"/accommodation/departures/{coach.coach()}/board"
    # What is granted to a page of a test, all else is refused to it.
    page = open_page(address, member=coach.desk, width=PHONE, permissions=["geolocation"])
    scan(page)
    expect(page.get_by_text("Allow it in your browser, or type the number.")).to_be_visible()
    page.get_by_label("Wristband").fill("F1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 of 5", exact=True)).to_be_visible()


def test_without_scripts_nobody_is_offered_a_camera(open_page: OpenPage, coach: Coach) -> None:
    address = f"/accommodation/departures/{coach.coach()}/board"
    page = open_page(address, member=coach.desk, width=PHONE, java_script_enabled=False)
    expect(page.get_by_role("button", name="Scan with the camera")).to_be_hidden()
