# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a spreadsheet to an alarm, in both languages: centres come in, a plan is made, changed, compared and accepted,
a party chooses at the desk on a phone, a coach is boarded, arrives, and somebody who left is missing.
"""

from datetime import timedelta

import pytest
from apps.accommodation.camp import Camp
from browser.windows import DESKTOP, OpenPage
from cast import Cast
from playwright.sync_api import FilePayload, Page, expect

from havre.apps.accommodation.actions.plans import computing
from havre.apps.accommodation.models import Party, Passenger, Stay
from havre.apps.accommodation.web.departing.words import WORDS as COACHES
from havre.apps.accommodation.web.desk.words import WORDS as DESK
from havre.apps.accommodation.web.plans.words import WORDS as PLANS
from havre.apps.accommodation.web.words import WORDS
from havre.core.clock import today
from havre.engines.placement import solving
from havre.words import Language

PHONE = 390
LONG = 60_000
CENTRES = """place_id,centre_id,name,lat,lon,region,takes,units
L1,K1,Les Pins,49.9,2.3,Hauts-de-France,adult,4
L2,K2,Le Clos,48.1,-1.7,Bretagne,adult,4
"""
PARTIES = """party_id,people,kind,language
A1,1,adult,pus
A2,2,adult,pus
"""


@pytest.fixture
def camp(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Camp:
    """A desk that has nothing yet; searches are over at once."""
    monkeypatch.setattr(solving, "STEPS_OF_PARTY", 200)
    monkeypatch.setattr(computing, "ENDLESS", False)
    return Camp(cast)


class Walk:
    """Somebody of the desk walks through the pages in one language."""

    def __init__(self, open_page: OpenPage, camp: Camp, language: str) -> None:
        self._open, self.camp, self._name, self.language = open_page, camp, language, Language(language)

    def page(self, address: str, width: int = DESKTOP) -> Page:
        return self._open(
            f"/accommodation/{address}", member=self.camp.desk, language=self._name, width=width
        )

    def imports(self, address: str, text: str) -> None:
        page = self.page(address)
        file = FilePayload(name="rows.csv", mimeType="text/csv", buffer=text.encode())
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name=WORDS.say(self.language, "sheet_read_it")).click()
        page.get_by_role("button", name=WORDS.say(self.language, "sheet_accept")).click(timeout=LONG)
        expect(page.get_by_text(WORDS.say(self.language, "sheet_lead_done"))).to_be_visible(timeout=LONG)

    def plans(self) -> Page:
        page = self.page("plans/new")
        page.get_by_role("button", name=PLANS.say(self.language, "ask_plan")).click()
        accept = page.get_by_role("button", name=PLANS.say(self.language, "accept_whole"))
        expect(accept).to_be_visible(timeout=LONG)
        return page


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_camp_is_emptied_from_a_spreadsheet_to_an_alarm(
    open_page: OpenPage, camp: Camp, language: str
) -> None:
    walk = Walk(open_page, camp, language)
    told = walk.language
    walk.imports("centre-lists", CENTRES)
    walk.imports("party-lists", PARTIES)

    # A plan; one party is laid down elsewhere, by hand; another plan, compared with the first, is accepted.
    first = walk.plans().url.rpartition("/")[2]
    with camp.acts(camp.desk):
        key = Party.objects.get(wristband="A1").pk
    page = walk.page(f"plans/{first}/parties/{key}")
    page.get_by_role("link", name=PLANS.say(told, "choose_this")).first.click()
    page.get_by_label(PLANS.say(told, "field_reason")).first.fill("Her brother lives there.")
    page.get_by_role("button", name=PLANS.say(told, "lay_down")).first.click()
    expect(page.get_by_text("Her brother lives there.").first).to_be_attached()
    page = walk.plans()
    page.locator(f"a[href$='/compare/{first}']").dispatch_event("click")
    page.wait_for_url(f"**/compare/{first}")
    page.go_back()
    page.get_by_role("button", name=PLANS.say(told, "accept_whole")).click()
    page.locator("[data-confirm-yes]").click()
    expect(page.get_by_text(PLANS.say(told, "said_promised", n=2))).to_be_visible(timeout=LONG)

    # At the desk, on a phone: the other party says no to what it got, and takes another region.
    page = walk.page("desk", PHONE)
    page.get_by_label(DESK.say(told, "field_q")).fill("A2")
    page.get_by_role("button", name=DESK.say(told, "find")).click()
    page.get_by_role("button", name=DESK.say(told, "offer")).click()
    page.locator("button[name=choice]").first.click(timeout=LONG)
    expect(page.get_by_text(DESK.say(told, "said_taken"))).to_be_visible()

    # The coach of tomorrow is filled, boarded on a phone, and leaves.
    day = today() + timedelta(days=1)
    page = walk.page(f"departures?day={day}")
    page.get_by_role("button", name=COACHES.say(told, "fill"), exact=True).click()
    with camp.acts(camp.desk):
        expect(page.locator("#coaches a").first).to_be_visible(timeout=LONG)
    coaches = {seat.party.wristband: seat.stop for seat in seats_of(camp)}
    for departure in {stop.departure_id for stop in coaches.values()}:
        page = walk.page(f"departures/{departure}/board", PHONE)
        for wristband in (each for each, stop in coaches.items() if stop.departure_id == departure):
            expect(page.get_by_label(COACHES.say(told, "field_wristband"))).to_be_focused()
            page.keyboard.type(wristband)
            page.keyboard.press("Enter")
            expect(page.get_by_text(wristband).first).to_be_visible()
        page.get_by_role("button", name=COACHES.say(told, "leave")).click()
        expect(page.get_by_text(COACHES.say(told, "said_left"))).to_be_visible()

    # One party arrives; of the other the centre says that everybody is in: it is missing, at once.
    there, lost = coaches["A1"], coaches["A2"]
    page = walk.page(f"centres/{there.centre_id}/arrivals", PHONE)
    page.get_by_role("button", name=COACHES.say(told, "is_in"), exact=True).first.click()
    page = walk.page(f"centres/{lost.centre_id}/arrivals", PHONE)
    page.get_by_role("button", name=COACHES.say(told, "everybody")).first.click()
    page.locator("[data-confirm-yes]").click()
    page = walk.page("departures")
    expect(page.get_by_text("A2").first).to_be_visible()
    with camp.acts(camp.desk):
        assert Stay.objects.get(ends=None).party.wristband == "A1"


def seats_of(camp: Camp) -> list[Passenger]:
    """Who sits where, as the desk reads it."""
    with camp.acts(camp.desk):
        found = Passenger.objects.filter(ended_at=None).select_related("party", "stop__departure")
        return list(found.order_by("stop__departure", "party__wristband"))
