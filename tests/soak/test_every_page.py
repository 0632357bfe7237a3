# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page that can be opened, from the URL table, on a site that is served: for everybody, at every width, light.

Each in both languages, at a desk and on a phone, light and dark: axe finds nothing. At 400 % nothing has to be
scrolled sideways. The main button of a page is reached with Tab, and seen when it is reached.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import complaints, open_page
from browser.windows import DESKTOP, PHONE, ZOOMED, OpenPage, axe, spills
from django.test import Client
from house.clients import signed_in
from house.folder import Folder
from house.pages import HEAVIEST
from house.readers import FILES, FOR_NOBODY, OF_ACCOUNT, PAGES, rightful
from house.routes import address
from house.world import World, new_world, undone
from playwright.sync_api import Page

from havre.core.accounts.models import Member
from havre.words import Language

__all__ = ["complaints", "open_page"]
pytestmark = pytest.mark.soak
MOST_TABS = 150
"""Presses of Tab after which a button is not reached."""
WATCHED = """
(() => {
  const main = [...document.querySelectorAll("main .btn-primary")].find(each => each.checkVisibility());
  if (!main) return "none";
  window.reached = () => {
    if (document.activeElement !== main) return "";
    const style = getComputedStyle(main), box = main.getBoundingClientRect();
    const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const above = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    return !marked ? "not marked" : !inside ? "out of sight" : main.contains(above) ? "seen" : "covered";
  };
  return "there";
})()
"""
"""Finds the main button, if the page has one, and how it looks when the focus is on it."""


@pytest.fixture(scope="module")
def world(site: Any, request: pytest.FixtureRequest) -> World:
    """Dunes, what it has, and everybody who looks at it."""
    site.as_migrated(request, commits=True)
    return new_world()


@pytest.fixture(scope="module")
def live(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site that is served."""
    log = tmp_path_factory.mktemp("served") / "serve.log"
    with Folder(Path(os.environ["HAVRE_VAR"])).served(log) as served:
        yield f"http://127.0.0.1:{served.port}"


Places = dict[Member | None, list[str]]


@pytest.fixture(scope="module")
def places(world: World) -> Places:
    """Where there is a page to open, by who may open it; not what is only sent to, or leads elsewhere."""
    found: Places = {None: list(FOR_NOBODY), world.caseworker: list(OF_ACCOUNT)}
    for route in PAGES:
        if route.name not in FILES:
            found.setdefault(rightful(world, route), []).append(address(route, world))
    return {member: [place for place in all_ if _opens(member, place)] for member, all_ in found.items()}


def _opens(member: Member | None, place: str) -> bool:
    with undone():
        client = Client() if member is None else signed_in(member)
        return client.get(place).status_code == 200


def opened(open_page: OpenPage, places: Places, **window: Any) -> Iterator[tuple[str, Page]]:
    """Every page in turn, for somebody who may open it."""
    for member, addresses in places.items():
        page = open_page("/about", member=member, **window)
        for place in addresses:
            answer = page.goto(place)
            assert answer is not None
            assert answer.status == 200, place
            yield place, page
        page.context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", list(Language))
def test_axe_finds_nothing(
    open_page: OpenPage, places: Places, language: Language, width: int, dark: bool
) -> None:
    pages = opened(open_page, places, language=language, width=width, dark=dark)
    found = {place: axe(page) for place, page in pages}
    assert len(found) > len(PAGES) / 2
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [DESKTOP, PHONE, ZOOMED])
@pytest.mark.parametrize("language", list(Language))
def test_nothing_has_to_be_scrolled_sideways(
    open_page: OpenPage, places: Places, language: Language, width: int
) -> None:
    pages = opened(open_page, places, language=language, width=width)
    assert {place: by for place, page in pages if (by := spills(page)) > 0} == {}


@pytest.mark.parametrize("width", [DESKTOP, ZOOMED])
def test_the_main_button_is_reached_and_seen(open_page: OpenPage, places: Places, width: int) -> None:
    found = {place: reached(page) for place, page in opened(open_page, places, width=width)}
    assert "seen" in found.values()
    assert {place: how for place, how in found.items() if how not in ("seen", "none")} == {}


def reached(page: Page) -> str:
    """How the main button looks once Tab has come to it; ``none`` where the page has none."""
    if page.evaluate(WATCHED) == "none":
        return "none"
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if how := page.evaluate("reached()"):
            return str(how)
    return "not reached"


@pytest.mark.parametrize("language", list(Language))
def test_a_page_is_light(open_page: OpenPage, places: Places, language: Language) -> None:
    heavy = {}
    for member, addresses in places.items():
        page = open_page("/about", member=member, language=language)
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        sizes: list[float] = []
        line.on("Network.loadingFinished", lambda said, sizes=sizes: sizes.append(said["encodedDataLength"]))
        for place in addresses:
            sizes.clear()
            page.goto(place, wait_until="networkidle")
            heavy[place] = sum(sizes)
        page.context.close()
    assert min(heavy.values()) > 0
    assert {place: size for place, size in heavy.items() if size >= HEAVIEST} == {}
