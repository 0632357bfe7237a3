# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page as every app gets it: in which language, for whom, and what a browser may do with it."""

import re
from typing import Any

import pytest
from django.http import HttpResponse

from havre.core.ui import errors, language_of, page
from havre.core.ui.context import WORDS
from havre.words import Language

HANDLERS = [
    (errors.forbidden, 403),
    (errors.not_found, 404),
    (errors.csrf_failure, 403),
    (errors.bad_request, 400),
    (errors.server_error, 500),
]


def shown(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.parametrize(("code", "language"), [("fr", "fr"), ("fr-ca", "fr"), ("en", "en"), ("de", "en")])
def test_a_page_speaks_french_or_english(asked: Any, code: str, language: str) -> None:
    assert language_of(asked(language=code)) is Language(language)


@pytest.mark.parametrize(("handler", "status"), HANDLERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_error_has_a_page_in_the_readers_language(
    asked: Any, handler: Any, status: int, language: str
) -> None:
    response = handler(asked(language=language))
    assert response.status_code == status
    assert f'<html lang="{language}" dir="ltr">' in shown(response)


@pytest.mark.parametrize("handler", [errors.bad_request, errors.server_error])
def test_an_error_of_the_server_speaks_both_languages_and_offers_no_form(asked: Any, handler: Any) -> None:
    html = shown(handler(asked()))
    assert 'lang="en"' in html
    assert 'lang="fr"' in html
    assert "<form" not in html


def test_nothing_that_a_member_was_shown_is_kept_by_a_cache(asked: Any, somebody: Any) -> None:
    response = page(asked(actor=somebody), errors.PLACE, WORDS, error="404")
    assert response["Cache-Control"] == "no-store"
    assert "Dunes" in shown(response)
    assert "Cache-Control" not in page(asked(), errors.PLACE, WORDS, error="404")


@pytest.mark.parametrize(
    ("reading", "direction", "sheet"),
    [("ar", "rtl", "house.rtl"), ("ti", "ltr", "house-"), ("ps", "rtl", ".rtl")],
)
def test_a_page_for_somebody_else_is_in_their_language_and_direction(
    asked: Any, reading: str, direction: str, sheet: str
) -> None:
    html = shown(page(asked(language="fr"), errors.PLACE, WORDS, error="404", reading=reading))
    assert f'<html lang="{reading}" dir="{direction}">' in html
    assert sheet in re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)[0]
    assert '<header class="bar" lang="fr">' in html


def test_a_page_holds_nothing_that_the_policy_forbids(asked: Any, somebody: Any) -> None:
    html = shown(page(asked(actor=somebody), errors.PLACE, WORDS, error="403"))
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", html)
    assert not re.search(r"<script(?![^>]* src=)", html)
