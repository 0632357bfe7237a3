# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A child's case in a real browser, from the verified pair to its end, by four members, in both languages."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from apps.cases.journey import ROUTE, Journey, whole
from apps.cases.web.test_pages import form_of
from browser.windows import PHONE, OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import Page, expect

from havre.apps.cases.enums import Answer, CaseState, PlanPart
from havre.core.accounts.models import Member
from havre.core.clock import today
from havre.words import Language

S = CaseState
UNFOLD = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
ONE_CASE = re.compile(r"/cases/[0-9a-f-]{36}$")
ONE_DECISION = re.compile(r"/cases/decisions/[0-9a-f-]{36}$")


@pytest.fixture
def journey(cast: Cast) -> Journey:
    """A verified pair."""
    return Journey.of(cast)


class Windows:
    """One window for each member, all in one language."""

    def __init__(self, open_page: OpenPage, language: Language) -> None:
        self._open, self._language = open_page, language
        self._of: dict[Any, Page] = {}

    def at(self, member: Member, address: str) -> Page:
        """The member's window, on this page."""
        if member.pk in self._of:
            self._of[member.pk].goto(address)
        else:
            self._of[member.pk] = self._open(address, member=member, language=self._language, width=PHONE)
        return self._of[member.pk]

    def sends(self, member: Member, address: str, form: str, **said: str) -> Page:
        """Fills in a form of the page and sends it; nothing of it is refused."""
        page = self.at(member, address)
        page.evaluate(UNFOLD)
        asked = page.locator(f"form[action$='{form}']")
        for name, value in said.items():
            field = asked.locator(f"[name='{name}']")
            kind = field.evaluate("field => field.type")
            if kind == "select-one":
                field.select_option(value)
            elif kind == "checkbox":
                field.check()
            else:
                field.fill(value)
        asked.locator("button[type='submit']").click()
        expect(page.locator(".summary")).to_have_count(0)
        return page


def stands(page: Page, state: CaseState, language: Language) -> None:
    """The page of the case says so, fits on a telephone, and axe minds nothing."""
    expect(page.get_by_text(state.label(language), exact=True).first).to_be_visible()
    assert spills(page) == 0
    assert axe(page) == []


@pytest.mark.parametrize("language", list(Language))
def test_from_the_verified_pair_to_the_closing_by_four_members(
    open_page: OpenPage, journey: Journey, language: Language
) -> None:
    asks, tells = journey.dunes, journey.cast.member(journey.cast.dunes, nth=2)
    asked, agrees = journey.harbour, journey.colleague
    windows, day = Windows(open_page, language), today().isoformat()

    def decided(answer: Answer) -> None:
        typed = {name: value for name, value in form_of(answer=answer.value).items() if value}
        if answer is Answer.ACCEPT:
            met = {f"result_{each.key}": each.result.value for each in whole(Answer.ACCEPT).criteria}
            typed = {
                name: value for name, value in typed.items() if not name.startswith(("reason_", "missing_"))
            } | met
        typed["again_until"] = (today() + timedelta(days=30)).isoformat()
        page = windows.sends(asked, f"{here}/decide", "/decide", **typed)
        page.wait_for_url(ONE_DECISION)
        decision = urlsplit(page.url).path
        windows.sends(agrees, decision, "/agree")
        told = {"told_by": "Amina", "told_on": day, "language_told": "Pashto", "manner": "with_interpreter"}
        windows.sends(tells, decision, "/told", **told)

    page = windows.sends(asks, "/cases/", f"/pairs/{journey.shores.pair().pk}/open")
    page.wait_for_url(ONE_CASE)
    here = urlsplit(page.url).path
    windows.sends(asks, here, "/event", kind="sent", happened_on=day, route=ROUTE)
    page = windows.sends(asked, here, "/event", kind="received", happened_on=day)
    stands(page, S.RECEIVED, language)
    decided(Answer.REFUSE)
    stands(windows.at(asks, here), S.REFUSED, language)
    windows.sends(asks, here, "/event", kind="reexamination_asked", happened_on=day)
    decided(Answer.ACCEPT)
    stands(windows.at(asks, here), S.ACCEPTED, language)
    windows.sends(asks, f"{here}/do/plan", "/do/plan", travels_on=day)
    for part in PlanPart:
        said = {"part": part.value, "who": "Amina", "on_day": day, "confirmed": "on"}
        windows.sends(asked, f"{here}/do/step", "/do/step", **said)
    stands(windows.at(asks, here), S.PLANNED, language)
    windows.sends(asked, here, "/event", kind="transferred", happened_on=day)
    seen = {"seen_on": day, "seen_by": "John Carter", "well": "yes", "words": "He goes to school."}
    page = windows.sends(asked, f"{here}/do/follow_up", "/do/follow_up", **seen)
    stands(page, S.TRANSFERRED, language)
    ended = {"reason": "with_family", "closing_words": "He lives with his uncle's family."}
    page = windows.sends(asks, f"{here}/do/close", "/do/close", **ended)
    stands(page, S.CLOSED, language)
