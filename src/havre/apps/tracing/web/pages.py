# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page of tracing: its words, and what its templates call to write names and probabilities."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from havre.apps.tracing.report import saying
from havre.apps.tracing.web.words import WORDS
from havre.core.ui import language_of
from havre.core.ui import page as any_page
from havre.core.ui.latin import in_latin


def page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page of the template ``tracing/<name>``."""
    probability = partial(saying.probability, language=language_of(request))
    template = f"tracing/{name}.html.jinja"
    return any_page(
        request, template, WORDS, status=status, in_latin=in_latin, probability=probability, **context
    )
