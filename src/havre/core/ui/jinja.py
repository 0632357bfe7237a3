# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Jinja environment of pages: strict, escaped, and with what every template may call."""

from typing import Any

from django.utils.html import json_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from havre.core.ui import context
from havre.core.ui.assets import static
from havre.core.ui.scripts import sentence, written


def environment(**options: Any) -> Environment:
    """For ``TEMPLATES`` in the settings; what is not defined is an error."""
    made = Environment(  # noqa: S701 - Django's backend sets autoescape, and so do we
        **{**options, "autoescape": True, "undefined": StrictUndefined},
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "Markup": Markup,
        "direction_of": context.direction_of,
        "json_script": json_script,
        "reading": None,
        "sentence": sentence,
        "spaced": context.spaced,
        "static": static,
        "url": context.url,
        "url_if": context.url_if,
        "wide": False,
        "written": written,
    }
    return made
