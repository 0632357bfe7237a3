# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""My work: what waits for the acting member, from every app; and the page about Havre."""

import json
from importlib.metadata import version
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from havre.conf.console import WORDS
from havre.core.access import Purpose, Right, needs, public
from havre.core.accounts.enums import Role
from havre.core.ui import language_of, page
from havre.core.ui.navigation import Item, register
from havre.core.ui.work import tiles

MY_WORK = Right("conf.my_work", frozenset(Role), Purpose.CARE)
"""Every member sees their own work, as far as their role may read it."""


register(Item(WORDS, "my_work", "home", icon="home", right=MY_WORK, order=10))


@needs(MY_WORK)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Counts of what waits, each a link to the list it counts."""
    rows = [(tile.count, tile.text, tile.address, tile.tone) for tile in tiles(language_of(request))]
    return page(request, "conf/home.html.jinja", WORDS, rows=rows)


@public
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Version, licences, and what Havre stands on."""
    manifest = files("havre.core.ui") / "static" / "havre" / "manifest.json"
    taken = json.loads(manifest.read_text("utf-8"))["packages"] if manifest.is_file() else []
    return page(request, "conf/about.html.jinja", WORDS, version=version("havre"), taken=taken)
