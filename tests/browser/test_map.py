# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A map in a real browser: it says what its table says, and where it cannot be drawn the table is enough."""

from base64 import b64encode

import pytest
from browser.gallery.pages import SPOTS, WHERE
from browser.test_gallery import gallery  # noqa: F401  # the pages that are looked at
from browser.windows import DESKTOP, PHONE, ZOOMED, OpenPage, axe, spills
from playwright.sync_api import Page, expect


def drawn(page: Page) -> Page:
    """The page, once its map is drawn."""
    expect(page.locator(".mapped[data-drawn]")).to_be_visible()
    return page


def points(page: Page, role: str) -> dict[str, str]:
    """Name to number of each point, as a screen reader finds them."""
    found = page.locator(f".map-point[data-role={role}] .map-label").all()
    return dict(each.inner_text().rsplit(" ", 1) for each in found)


BRIGHTNESS = """async (png) => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const brush = canvas.getContext("2d");
  brush.drawImage(picture, 0, 0, 1, 1);
  return brush.getImageData(0, 0, 1, 1).data[1];
}"""


def brightness(page: Page) -> int:
    """Of the whole map on the screen, from 0, black, to 255, white."""
    png = b64encode(page.locator(".map").screenshot()).decode()
    return int(page.evaluate(BRIGHTNESS, png))


def picked(page: Page) -> list[str]:
    return page.locator("tr[data-picked] th").all_inner_texts()


@pytest.mark.parametrize(
    ("width", "dark", "language"),
    [
        pytest.param(DESKTOP, False, "en", marks=pytest.mark.soak),
        (PHONE, True, "fr"),
        pytest.param(ZOOMED, False, "fr", marks=pytest.mark.soak),
    ],
)
def test_axe_finds_nothing_and_nothing_spills(
    open_page: OpenPage, width: int, dark: bool, language: str
) -> None:
    page = drawn(open_page("/gallery/map", width=width, dark=dark, language=language))
    assert axe(page) == []
    assert spills(page) <= 0


def test_each_place_of_the_table_is_a_point_in_its_script_with_the_sum_of_its_rows(
    open_page: OpenPage,
) -> None:
    page = drawn(open_page("/gallery/map"))
    # What stands in one place is one point, whoever wrote its name: the first row names it.
    assert points(page, "from") == {"Calais": "22", "Dunkerque": "3", "Paris": "2", "Norrent-Fontes": "1"}
    assert points(page, "to") == {"Birmingham": "14", "لندن": "12", "Leeds": "1"}
    whole = sum(n for *_, n in SPOTS)
    assert sum(map(int, points(page, "from").values())) == whole
    lost = sum(n for _, to, n in SPOTS if to not in WHERE)
    assert sum(map(int, points(page, "to").values())) == whole - lost
    expect(page.get_by_role("row", name="near the mosque not on the map")).to_be_visible()
    london = page.locator(".map-point bdi", has_text="لندن")
    expect(london).to_have_attribute("dir", "rtl")
    expect(london).to_have_attribute("lang", "und-Arab")


def test_a_point_is_reached_pressed_and_let_go_with_the_keyboard(open_page: OpenPage) -> None:
    page = drawn(open_page("/gallery/map"))
    paris = page.get_by_role("button", name="Paris 2 children are here")
    paris.focus()
    page.keyboard.press("Enter")
    expect(paris).to_have_attribute("aria-pressed", "true")
    assert picked(page) == ["Paris"]
    expect(page.locator(".map-told")).to_have_text("\u2068Paris\u2069 → \u2068Birmingham\u2069 2")
    page.keyboard.press("Escape")
    expect(paris).to_have_attribute("aria-pressed", "false")
    assert picked(page) == []


def test_a_long_table_shows_its_first_rows_what_is_picked_and_all_on_demand(open_page: OpenPage) -> None:
    page = drawn(open_page("/gallery/map?times=6", width=PHONE))
    rows = page.locator("tbody tr:visible")
    expect(rows).to_have_count(20)
    paris = page.get_by_role("button", name="Paris 12 children are here")
    paris.click()
    expect(page.locator("tr[data-picked]:visible")).to_have_count(6)
    paris.click()
    page.get_by_label("Show all 36 rows").check()
    expect(rows).to_have_count(36)
    assert spills(page) <= 0
    assert axe(page) == []


def test_a_long_table_opens_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/gallery/map?times=6", width=PHONE, java_script_enabled=False)
    expect(page.locator("tbody tr:visible")).to_have_count(20)
    page.get_by_label("Show all 36 rows").check()
    expect(page.locator("tbody tr:visible")).to_have_count(36)


def test_the_map_itself_is_named_and_moved_with_the_keyboard(open_page: OpenPage) -> None:
    page = drawn(open_page("/gallery/map", language="fr"))
    page.get_by_role("region", name="Carte : From where to where").focus()
    for _ in range(5):
        page.keyboard.press("ArrowUp")
    expect(page.locator(".map-point", has_text="Paris")).not_to_be_in_viewport()


def test_buttons_bring_it_nearer_and_show_every_point_again(open_page: OpenPage) -> None:
    page = drawn(open_page("/gallery/map", width=PHONE))
    leeds = page.locator(".map-point", has_text="Leeds")
    for _ in range(3):
        page.get_by_role("button", name="Nearer").click()
    expect(leeds).not_to_be_in_viewport()
    page.get_by_role("button", name="Show every point").click()
    expect(leeds).to_be_in_viewport()


def test_the_ground_follows_when_a_reader_turns_dark_on_and_on_paper_there_is_the_table(
    open_page: OpenPage,
) -> None:
    page = drawn(open_page("/gallery/map"))
    assert brightness(page) > 200
    page.get_by_role("button", name="Dark appearance").click()
    assert brightness(page) < 80
    page.emulate_media(media="print")
    expect(page.locator(".map")).to_be_hidden()
    expect(page.get_by_role("row", name="near the mosque")).to_be_visible()
    expect(page.get_by_text("not on the map")).to_be_hidden()


def alone(page: Page) -> None:
    """The table, and no word of a map."""
    expect(page.get_by_role("table", name="From where to where")).to_be_visible()
    for said in (".map", ".map-foot", ".off-map", "[data-map-ask]"):
        expect(page.locator(said)).to_be_hidden()


def test_without_scripts_the_table_stands_alone(open_page: OpenPage) -> None:
    alone(open_page("/gallery/map", java_script_enabled=False))


def test_without_webgl_the_table_stands_alone(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    with page.expect_console_message(lambda said: said.text.startswith("No map")):
        page.goto("/gallery/map")
    alone(page)


def test_a_broken_line_leaves_the_table_alone(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    page.route("**/ground-*.json", lambda route: route.abort())
    with page.expect_console_message(lambda said: said.text.startswith("No map")):
        page.goto("/gallery/map")
    alone(page)


def test_who_saves_data_is_asked_first(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/gallery/map", wait_until="networkidle")
    assert not [url for url in asked if "/map" in url.partition("/static/")[2]]
    page.get_by_role("button", name="Show the map").click()
    drawn(page)


def test_a_map_asks_this_server_only_and_once(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/gallery/map")
    drawn(page)
    parts = ["map-", "map-worker-", "ground-"]
    assert [sum(f"/havre/{part}" in url for url in asked) for part in parts] == [3, 1, 1]
    assert all("gazetteer" not in url for url in asked)
