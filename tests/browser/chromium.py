# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The browser: one for all tests of a process, since Playwright bears no second one beside it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HELD_UP = Path(tempfile.gettempdir()) / f"havre-held-up-{os.getpid()}.y4m"
"""What is held before the camera of the browser: a film that a test writes before it opens the camera."""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    f"--use-file-for-fake-video-capture={HELD_UP}",
]
SECONDS = 30_000
"""Milliseconds that a page may take on a busy machine."""


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser, as long as the block lasts; without one the test is skipped."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: see requirements/make_chromium.sh")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread; Django would refuse its database while one does.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=SECONDS)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
