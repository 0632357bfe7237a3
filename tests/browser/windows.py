# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Windows of a browser: how wide they are, what they complain of, and what is wrong with a page."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from house.clients import signed_in
from playwright.sync_api import BrowserContext, Page, Response

from havre.core.accounts.models import Member

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP, PHONE, ZOOMED = 1280, 360, 320
"""Widths in pixels; 320 is a desktop at 400 %."""

NO_FAULT = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")
"""How errors in the console begin that are none: an answer such as "422, put this right", which is weighed by itself;
a request that gave way to a later one."""

OpenPage = Callable[..., Page]


def sign_in(context: BrowserContext, address: str, member: Member) -> None:
    """Signs the member in, second step included, without walking through the pages for it."""
    key = signed_in(member).session.session_key
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}
    context.add_cookies([cookie])  # type: ignore[list-item]


class Complaints(list[str]):
    """What windows complained of."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._host = urlsplit(address).netloc

    def listen(self, page: Page) -> None:
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("request", lambda asked: self._see(asked.url))
        page.on("response", lambda answer: self._weigh(answer))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith(NO_FAULT):
            self.append(text)

    def _weigh(self, answer: Response) -> None:
        part = answer.request.resource_type in ("script", "stylesheet", "font", "image")
        if answer.status >= (400 if part else 500):
            self.append(f"{answer.status}: {answer.url}")

    def _see(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.netloc != self._host:
            self.append(f"asks another host: {url}")


def axe(page: Page) -> list[str]:
    """What axe finds on the page, one line for each rule: nothing is what a test wants to see.

    It comes in through the debugger, which no Content-Security-Policy concerns; the page itself loads no more than
    it is sent.
    """
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {rule['help']}: {', '.join(str(node['target']) for node in rule['nodes'][:5])}"
        for rule in found["violations"]
    ]


def spills(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
