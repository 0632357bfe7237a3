# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases in a real browser, on rows that were committed: they fit, axe finds nothing, and a second person decides."""

from datetime import timedelta

import pytest
from apps.cases.journey import ROUTE, Journey, whole
from apps.tracing.shores import state_of
from browser.windows import DESKTOP, PHONE, ZOOMED, OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import expect

from havre.apps.cases.models import Case, Decision
from havre.apps.tracing.enums import PairState
from havre.core.clock import today
from havre.words import Language


@pytest.fixture
def journey(cast: Cast) -> Journey:
    """A verified pair."""
    return Journey.of(cast)


@pytest.fixture
def drafted(journey: Journey) -> tuple[Case, Decision]:
    """A case whose answer waits for a second person."""
    case = journey.opened()
    journey.happens(case, "sent", today(), route=ROUTE)
    journey.happens(case, "received", today(), by=journey.harbour)
    return case, journey.drafted(case, whole(again_until=today() + timedelta(days=30)))


def test_a_second_person_decides_and_the_child_is_told_even_without_scripts(
    open_page: OpenPage, journey: Journey, drafted: tuple[Case, Decision]
) -> None:
    case, decision = drafted
    assert state_of(journey.dunes, case.pair_id) is PairState.VERIFIED
    page = open_page(f"/cases/decisions/{decision.pk}", member=journey.colleague, java_script_enabled=False)
    page.get_by_role("button", name="I agree: decide").click()
    expect(page.get_by_text("Not told", exact=True)).to_be_visible()
    page.get_by_label("Who told the child").fill("Amina")
    page.get_by_label("On which day").fill(today().isoformat())
    page.get_by_label("In which language").fill("Pashto")
    page.get_by_label("How", exact=True).select_option("with_interpreter")
    page.get_by_role("button", name="Record that the child was told").click()
    expect(page.get_by_text("Told by Amina", exact=False)).to_be_visible()
    expect(page.get_by_text("Not told", exact=True)).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [
        (PHONE, Language.FRENCH, False),
        pytest.param(DESKTOP, Language.ENGLISH, True, marks=pytest.mark.soak),
        pytest.param(ZOOMED, Language.FRENCH, False, marks=pytest.mark.soak),
    ],
)
def test_every_page_of_cases_fits_and_axe_finds_nothing(
    open_page: OpenPage,
    journey: Journey,
    drafted: tuple[Case, Decision],
    width: int,
    language: Language,
    dark: bool,
) -> None:
    case, decision = drafted
    for address in ("", str(case.pk), f"{case.pk}/decide", f"decisions/{decision.pk}"):
        page = open_page(
            f"/cases/{address}", width=width, language=language, dark=dark, member=journey.harbour
        )
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert spills(page) == 0, address
        assert axe(page) == [], address
        assert len(page.content()) < 100_000, address
        page.context.close()
