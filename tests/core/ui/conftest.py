# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages without a database: a request, and who sends it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from havre.core.accounts.enums import Role, Shore

Ask = Callable[..., HttpRequest]
Draw = Callable[..., str]


@dataclass(frozen=True)
class Somebody:
    """As much of an actor as pages look at."""

    name: str = "Amélie Lefèvre"
    organisation: str = "Dunes"
    shore: Shore = Shore.FRANCE
    role: Role = Role.CASEWORKER


@pytest.fixture
def asked() -> Ask:
    """A request: ``asked("/people", language="fr", actor=Somebody())``."""

    def request(path: str = "/", *, language: str = "en", actor: Somebody | None = None) -> HttpRequest:
        made = RequestFactory().get(path)
        made.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        made.actor = actor  # type: ignore[attr-defined]
        return made

    return request


@pytest.fixture
def draw(asked: Ask) -> Draw:
    """HTML of one part: ``draw('parts.state("new")')``, or of a whole block of template."""

    def drawn(source: str, *, language: str = "en", **values: Any) -> str:
        if "{%" not in source:
            source = "{{ " + source + " }}"
        whole = '{% import "ui/parts.html.jinja" as parts with context %}' + source
        return str(engines["jinja2"].from_string(whole).render(values, asked(language=language))).strip()

    return drawn


@pytest.fixture
def somebody() -> Somebody:
    """A caseworker of Dunes, in France."""
    return Somebody()
