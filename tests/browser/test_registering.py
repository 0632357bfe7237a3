# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A registrar with a phone: the name is typed, who may be meant appears above the button, and a sibling comes next."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from apps.registry.people import AHMAD, UNCLE, acts, answered, registered
from browser.windows import DESKTOP, PHONE, ZOOMED, OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import Page, expect

from havre.apps.registry import actions
from havre.apps.registry.enums import ConsentFor
from havre.apps.registry.models import Registration
from havre.apps.registry.queries import registrations
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member


@pytest.fixture
def registrar(cast: Cast, committed_database: None) -> Member:
    return cast.member(cast.dunes, Role.REGISTRAR)


@pytest.fixture
def known(registrar: Member) -> Registration:
    with acts(registrar):
        return registered(links=(UNCLE,), consents=(answered(ConsentFor.TRACING),))


def above(page: Page, higher: str, lower: str) -> bool:
    boxes = [page.locator(each).first.bounding_box() for each in (higher, lower)]
    return boxes[0] is not None and boxes[1] is not None and boxes[0]["y"] < boxes[1]["y"]


def test_candidates_appear_above_the_button_as_one_types(
    open_page: OpenPage, registrar: Member, known: Registration
) -> None:
    page = open_page("/people/new", width=PHONE, language="fr", member=registrar)
    page.get_by_label("Nom", exact=True).press_sequentially("Ahmed Khan")
    expect(page.locator("#candidates")).to_contain_text(known.person.reference)
    expect(page.get_by_label("Nom", exact=True)).to_be_focused()
    assert above(page, "#candidates h3", "#candidates .btn-primary")
    page.get_by_label("Nom", exact=True).fill("Kidane Weldu")
    expect(page.locator("#candidates")).to_contain_text("Personne de semblable")
    assert "Kidane" not in page.url


def test_a_child_and_then_a_sibling_are_registered(open_page: OpenPage, registrar: Member) -> None:
    page = open_page("/people/new", width=PHONE, language="en", member=registrar)
    page.get_by_label("Name", exact=True).fill("Kidane Weldu")
    page.get_by_label("male", exact=True).check()
    page.get_by_label("Age or date of birth").fill("16")
    page.get_by_label("Nationality").fill("Eritrean")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Registered")
    page.get_by_role("link", name="Register a brother or sister").click()
    expect(page.get_by_label("Name of the relative")).to_have_value("Kidane Weldu")
    assert parse_qs(urlsplit(page.url).query).keys() == {"sibling"}
    with acts(registrar):
        assert [each.nationality for each in registrations()] == ["ERI"]


def test_who_looks_through_the_candidates_finds_the_focus_there(
    open_page: OpenPage, registrar: Member, known: Registration
) -> None:
    page = open_page("/people/new", width=PHONE, language="en", member=registrar)
    page.get_by_label("Name", exact=True).fill("Ahmad Khan")
    page.evaluate("document.querySelector('main form').submit()")
    expect(page.locator("#candidates")).to_be_focused()
    expect(page.locator("#candidates")).to_contain_text("Somebody like this is known")
    page.get_by_role("button", name="Register as somebody new").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Registered")


def test_a_name_in_the_search_box_changes_the_list_and_no_address(
    open_page: OpenPage, registrar: Member, known: Registration
) -> None:
    with acts(registrar):
        registered(replace(AHMAD, names="Samuel Tesfay", other_names=""))
    page = open_page("/people", width=DESKTOP, language="en", member=registrar)
    expect(page.locator("#results")).to_contain_text("Samuel Tesfay")
    page.get_by_role("textbox", name="Name or reference").press_sequentially("احمد خان")
    expect(page.locator("#results")).to_contain_text(known.person.reference)
    expect(page.locator("#results")).not_to_contain_text("Samuel Tesfay")
    assert urlsplit(page.url).query == ""


def addresses(known: Registration, other: Registration, grouping: Any) -> list[str]:
    kinds = ("name", "age", "contact", "document", "link", "details", "consent", "same", "withdraw", "erase")
    return [
        *("/people", "/people/new", f"/people/{known.person_id}", "/groupings", f"/groupings/{grouping.pk}"),
        *("/imports", "/imports/new", f"/registrations/{other.pk}/registered", "/api/docs"),
        *(f"/registrations/{known.pk}/{kind}" for kind in kinds),
    ]


@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [pytest.param(DESKTOP, "en", True, marks=pytest.mark.soak), (ZOOMED, "fr", False)],
)
def test_every_page_of_the_registry_fits_and_axe_finds_nothing(
    open_page: OpenPage, cast: Cast, known: Registration, width: int, language: str, dark: bool
) -> None:
    supervisor = cast.member(cast.dunes, Role.SUPERVISOR)
    with acts(supervisor):
        other = registered(replace(AHMAD, names="Ahmed Khan", other_names=""))
        grouping = actions.propose_grouping(known.pk, other.pk)
    page = open_page("/people", width=width, language=language, dark=dark, member=supervisor)
    found = {}
    for address in addresses(known, other, grouping):
        page.goto(address)
        found[address] = [*axe(page), *([f"spills by {spills(page)}"] if spills(page) else [])]
    assert not {address: wrong for address, wrong in found.items() if wrong}
