# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every part of a page in a real browser: at every width, by day and by night, with a keyboard, without scripts."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from browser.windows import DESKTOP, PHONE, ZOOMED, OpenPage, axe, spills
from cast import Cast
from playwright.sync_api import expect

PAGES = ["parts", "form", "people", "decide", "arabic"]


@pytest.fixture(autouse=True)
def gallery(settings: Any) -> None:
    """The pages of the gallery beside those of the house."""
    jinja, django = settings.TEMPLATES
    folder = Path(__file__).parent / "gallery" / "templates"
    settings.TEMPLATES = [{**jinja, "DIRS": [*jinja["DIRS"], folder]}, django]
    settings.ROOT_URLCONF = "browser.gallery.pages"


@pytest.mark.parametrize(
    ("width", "dark", "language"),
    [pytest.param(DESKTOP, False, "en", marks=pytest.mark.soak), (PHONE, True, "fr")],
)
def test_axe_finds_nothing_and_nothing_spills(
    open_page: OpenPage, width: int, dark: bool, language: str
) -> None:
    page = open_page("/gallery/parts", width=width, dark=dark, language=language)
    for name in PAGES:
        page.goto(f"/gallery/{name}")
        assert axe(page) == [], name
        assert spills(page) <= 0, name


def test_axe_finds_nothing_in_a_form_with_errors(open_page: OpenPage) -> None:
    page = open_page("/gallery/form", width=PHONE)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Name: This field is required.")
    assert axe(page) == []


def test_nothing_spills_at_400_percent(open_page: OpenPage) -> None:
    page = open_page("/gallery/parts", width=ZOOMED)
    for name in PAGES:
        page.goto(f"/gallery/{name}")
        assert spills(page) <= 0, name


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(open_page: OpenPage) -> None:
    page = open_page("/gallery/form", language="fr")
    page.keyboard.press("s")
    expect(page.locator(".summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()
    expect(page).to_have_title(re.compile("^Erreur :"))


def test_a_key_presses_its_button_but_never_while_one_types(open_page: OpenPage) -> None:
    page = open_page("/gallery/decide")
    page.get_by_label("Reason").press("c")
    expect(page.get_by_label("Reason")).to_have_value("c")
    page.get_by_label("Reason").blur()
    page.keyboard.press("c")
    expect(page.get_by_role("status").filter(has_text="Decided")).to_have_text("Decided: confirm")


@pytest.mark.usefixtures("committed_database")
def test_a_reader_can_turn_single_keys_off(open_page: OpenPage) -> None:
    page = open_page("/gallery/decide", member=Cast().member(Cast().dunes))
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Single-key shortcuts").click()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("c")
    expect(page.locator(".key").first).to_be_hidden()
    expect(page.get_by_text("Decided")).to_have_count(0)


def test_what_cannot_be_taken_back_is_asked_first(open_page: OpenPage) -> None:
    page = open_page("/gallery/decide")
    page.keyboard.press("r")
    expect(page.get_by_role("dialog")).to_contain_text("Reject this pair?")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Reject")).to_be_focused()
    page.keyboard.press("r")
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Decided: reject")).to_be_visible()


def test_a_filter_takes_effect_as_one_types_and_stays_in_the_address(open_page: OpenPage) -> None:
    page = open_page("/gallery/people")
    page.get_by_label("Name").press_sequentially("hayla")
    expect(page.locator("#results .count")).to_have_text("1 found")
    expect(page).to_have_url(re.compile(r"\?q=hayla$"))
    expect(page.locator("#spoken")).to_have_text("1 found")
    expect(page.get_by_label("Name")).to_be_focused()


def test_progress_is_asked_for_until_the_work_is_done(open_page: OpenPage) -> None:
    page = open_page("/gallery/job")
    expect(page.get_by_text("Read to the end.")).to_be_visible(timeout=20_000)


def test_dark_is_remembered_before_anything_is_drawn(open_page: OpenPage) -> None:
    page = open_page("/gallery/people")
    page.get_by_role("button", name="Dark appearance").click()
    page.goto("/gallery/parts", wait_until="commit")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 25, 28)"


@pytest.mark.usefixtures("committed_database")
def test_on_a_phone_the_menu_opens_without_scripts(open_page: OpenPage) -> None:
    page = open_page(
        "/gallery/people", width=PHONE, member=Cast().member(Cast().dunes), java_script_enabled=False
    )
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_filters_and_decisions_work_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/gallery/people", java_script_enabled=False)
    page.get_by_label("Name").fill("hayla")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 found")).to_be_visible()
    page.goto("/gallery/decide")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Decided: reject")).to_be_visible()


def test_the_whole_page_is_walked_with_the_keyboard_from_the_skip_link_on(open_page: OpenPage) -> None:
    page = open_page("/gallery/decide")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Confirm")).to_be_focused()


def test_a_page_read_from_right_to_left_is_turned_round(open_page: OpenPage) -> None:
    page = open_page("/gallery/arabic", language="fr")
    brand, languages = page.locator(".brand").bounding_box(), page.locator(".language").bounding_box()
    assert brand
    assert languages
    assert brand["x"] > languages["x"]
    expect(page.locator(".said .as-written bdi").first).to_have_attribute("dir", "rtl")


def test_on_paper_there_is_the_page_and_nothing_around_it(open_page: OpenPage) -> None:
    page = open_page("/gallery/people", dark=True)
    page.emulate_media(media="print")
    for around in (".bar", ".foot", ".filters", ".pager"):
        expect(page.locator(around)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def loaded(open_page: OpenPage, path: str) -> dict[str, int]:
    """What a browser that has never been here asks for, and its bytes on a line where text is compressed."""
    page = open_page("/gallery/decide")
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(path, wait_until="networkidle")
    bodies = {url: page.request.get(url).body() for url in asked}
    return {url: len(body if url.endswith(".woff2") else gzip.compress(body)) for url, body in bodies.items()}


def test_a_list_of_names_in_three_scripts_weighs_less_than_150_kilobytes(open_page: OpenPage) -> None:
    assert sum(loaded(open_page, "/gallery/people").values()) < 150_000


def test_a_page_in_latin_letters_weighs_less_than_100_kilobytes_and_loads_no_other_font(
    open_page: OpenPage,
) -> None:
    answers = loaded(open_page, "/gallery/form")
    assert sum(answers.values()) < 100_000
    assert not [url for url in answers if "arabic" in url or "ethiopic" in url]
