# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real browser on a real server: what pages look like and do, with the strict policies that they are sent with.

``open_page`` opens windows. Whatever one of them complains of fails the test: a breach of the Content-Security-Policy,
an error in a script, a request that leaves this machine.
"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from browser.chromium import SECONDS
from browser.windows import DESKTOP, Complaints, OpenPage, sign_in
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page

from havre.core.accounts.models import Member
from havre.core.jobs import work


@pytest.fixture
def live(committed_database: None) -> Iterator[str]:
    """The address of a server on the committed database, such as ``http://localhost:40123``.

    It is called localhost, since a passkey belongs to a name and not to an address.
    """
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def worker(committed_database: None) -> Iterator[None]:
    """Somebody who does the jobs that are asked for, as they come."""
    stop = threading.Event()
    working = threading.Thread(target=work, args=(stop,), daemon=True)
    working.start()
    yield
    stop.set()
    working.join()


@pytest.fixture
def complaints(live: str) -> Complaints:
    """What the windows of the test have complained of so far."""
    return Complaints(live)


@pytest.fixture
def open_page(chromium: Browser, live: str, complaints: Complaints) -> Iterator[OpenPage]:
    """``open_page("/people", width=PHONE, language="fr", dark=True, member=...)`` gives a window on that page."""
    contexts = []

    def opened(
        path: str,
        *,
        width: int = DESKTOP,
        language: str = "en",
        dark: bool = False,
        member: Member | None = None,
        **options: Any,
    ) -> Page:
        context = chromium.new_context(
            base_url=live,
            viewport={"width": width, "height": 800},
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(SECONDS)
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live}])
        if member is not None:
            sign_in(context, live, member)
        page = context.new_page()
        complaints.listen(page)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
