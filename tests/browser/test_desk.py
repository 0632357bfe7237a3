# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk on a phone, without scripts: a wristband is typed, two regions are offered, one is taken."""

from pathlib import Path

import pytest
from apps.accommodation.plans.camp import NORTH, SOUTH, Camp
from browser.windows import DESKTOP, OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import expect

from havre.apps.accommodation.actions.desk import Explained, offer_regions, refuse_offer, take_offer
from havre.apps.accommodation.models import Offer

NARROW, PHONE = 360, 390


@pytest.fixture
def camp(cast: Cast) -> Camp:
    """A family and a lone adult, and two regions with room."""
    made = Camp.of(cast)
    made.place("Nord", 3, takes=("adult", "family"))
    made.place("Sud", 6, region=SOUTH, takes=("adult", "family"))
    made.party("A1", language="pus", wish={"region_1": NORTH, "relative_lat": 50.63, "relative_lon": 3.06})
    made.party("F1", 3, kind="family", medical=True, school=True)
    return made


def test_without_scripts_a_party_is_found_chooses_and_is_given_its_slip(
    open_page: OpenPage, camp: Camp
) -> None:
    page = open_page("/accommodation/desk", member=camp.member, width=PHONE, java_script_enabled=False)
    page.get_by_label("Wristband, reference or name").fill("A1")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Offer two regions").click()
    expect(page.get_by_role("heading", name="Two regions")).to_be_visible()
    page.get_by_label("Who interpreted").fill("Zarmina")
    sizes = {
        round(box["height"])
        for name in ("They go to R01 (Nord)", "They go to R02 (Sud)", "Neither of them")
        if (box := page.get_by_role("button", name=name).bounding_box())
    }
    assert len(sizes) == 1
    page.get_by_role("button", name="They go to R02 (Sud)").click()
    expect(page.get_by_text("The place is theirs.")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("link", name="Slip for the wristband").click()
    assert Path(file.value.path()).read_bytes().startswith(b"%PDF")
    assert camp.promised() == {"A1": "Sud"}


@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [(PHONE, "fr", False), (NARROW, "en", False), pytest.param(DESKTOP, "en", True, marks=pytest.mark.soak)],
)
def test_every_page_of_the_desk_fits_and_axe_finds_nothing(
    open_page: OpenPage, camp: Camp, width: int, language: str, dark: bool
) -> None:
    with camp.acts():
        offer = offer_regions(camp.key("A1"))
        assert isinstance(offer, Offer)
        refuse_offer(offer.pk, Explained("pus", "Zarmina", "Their cousin is elsewhere."))
        offer_regions(camp.key("F1"))
    _look(open_page, camp, width, language, dark)
    with camp.acts():
        taken = offer_regions(camp.key("A1"), anew=True)
        assert isinstance(taken, Offer)
        take_offer(taken.pk, taken.place_1_id, Explained("pus"))
    _look(open_page, camp, width, language, dark)


def _look(open_page: OpenPage, camp: Camp, width: int, language: str, dark: bool) -> None:
    for address in ("", f"/{camp.key('A1')}", f"/{camp.key('F1')}"):
        page = open_page(
            f"/accommodation/desk{address}", width=width, language=language, dark=dark, member=camp.member
        )
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert spills(page) == 0, address
        assert axe(page) == [], address
        page.context.close()
