# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names from several scripts, safe and isolated in a page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from havre.core.ui.scripts import Script, scripts_of, sentence, written


@pytest.mark.parametrize(
    ("text", "lang", "direction"),
    [
        ("محمد عمر", "und-Arab", "rtl"),
        ("ኃይለ ማርያም", "und-Ethi", "ltr"),
        ("Æbdülkerîm", "und-Latn", "ltr"),
    ],
)
def test_a_name_of_one_script_carries_its_tag_and_direction(text: str, lang: str, direction: str) -> None:
    assert written(text) == f'<bdi lang="{lang}" dir="{direction}">{text}</bdi>'


def test_a_mixed_name_takes_its_direction_from_its_first_letter() -> None:
    assert scripts_of("Katoon فائز") == (Script.LATIN, Script.ARABIC)
    assert written("Katoon فائز") == (
        '<bdi dir="auto"><span lang="und-Latn">Katoon</span> <span lang="und-Arab">فائز</span></bdi>'
    )


def test_foreign_words_in_a_sentence_are_isolated_together() -> None:
    assert sentence("child: عبد الله ≈ Abdullah") == (
        'child: <bdi lang="und-Arab" dir="rtl">عبد الله</bdi> ≈ Abdullah'
    )


@given(st.text())
def test_nothing_written_is_lost_or_becomes_markup(text: str) -> None:
    for html in (written(text), sentence(text)):
        assert re.sub(r"</?(?:bdi|span)(?: (?:lang|dir)=\"[-A-Za-z]+\")*>", "", html) == escape(text)
