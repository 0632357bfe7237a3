# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans in a real browser: asked for, looked at on a phone, changed by hand without scripts, and accepted."""

import pytest
from apps.accommodation.plans.camp import Camp, two_regions
from browser.windows import DESKTOP, PHONE, OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import expect

from havre.apps.accommodation.actions.plans import computing
from havre.engines.placement import solving


@pytest.fixture
def camp(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Camp:
    """Three lone adults, a family, two regions; searches are over at once."""
    monkeypatch.setattr(solving, "STEPS_OF_PARTY", 200)
    monkeypatch.setattr(computing, "ENDLESS", False)
    return two_regions(cast)


@pytest.mark.usefixtures("worker")
def test_a_plan_is_made_while_one_looks_and_accepted(open_page: OpenPage, camp: Camp) -> None:
    page = open_page("/accommodation/plans", member=camp.member)
    page.get_by_role("link", name="Make a plan").click()
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_text("No plan can be better.")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Accept the whole plan").click()
    page.locator("[data-confirm-yes]").click()
    expect(page.get_by_text("4 parties were promised their places.")).to_be_visible()
    assert len(camp.promised()) == 4


def test_without_scripts_a_place_is_laid_down_after_its_cost_was_read(
    open_page: OpenPage, camp: Camp
) -> None:
    plan = camp.planned()
    north = next(name for name, at in camp.at(plan).items() if at == "Nord")
    page = open_page(
        f"/accommodation/plans/{plan.pk}/parties/{camp.key(north)}",
        member=camp.member,
        width=PHONE,
        java_script_enabled=False,
    )
    page.get_by_role("link", name="What would it cost?").click()
    expect(page.get_by_text("They lose 300 points. It costs nobody anything.").first).to_be_visible()
    page.get_by_label("Why?").first.fill("Her sister works there.")
    page.get_by_role("button", name="Lay it down").first.click()
    expect(page.get_by_text("Laid down. This plan keeps it.")).to_be_visible()
    assert camp.at(plan)[north] == "Sud"


def test_on_a_phone_centres_are_a_page_at_a_time_without_scripts(open_page: OpenPage, camp: Camp) -> None:
    for nth in range(20):
        camp.place(f"N{nth:02}", 1)
    page = open_page(
        "/accommodation/centres", member=camp.member, width=PHONE, language="fr", java_script_enabled=False
    )
    assert page.locator("#results tbody tr").count() == 20
    page.get_by_role("link", name="Suivant").click()
    expect(page.locator("#results tbody tr")).to_have_count(3)
    page.get_by_label("Région").select_option("R02")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("#results tbody tr")).to_have_count(2)
    assert spills(page) == 0


@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [(PHONE, "fr", False), pytest.param(DESKTOP, "en", True, marks=pytest.mark.soak)],
)
def test_every_page_of_plans_fits_and_axe_finds_nothing(
    open_page: OpenPage, camp: Camp, width: int, language: str, dark: bool
) -> None:
    camp.party("M1", kind="minor")
    before, plan = camp.planned(), camp.planned()
    for address in (
        "",
        "/new",
        f"/{plan.pk}",
        f"/{plan.pk}/parties",
        f"/{plan.pk}/parties/{camp.key('A1')}",
        f"/{plan.pk}/compare/{before.pk}",
    ):
        page = open_page(
            f"/accommodation/plans{address}", width=width, language=language, dark=dark, member=camp.member
        )
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert spills(page) == 0, address
        assert axe(page) == [], address
        page.context.close()
