# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fonts in a page: only the letters that it uses, in bytes that do not change."""

import base64
import re
from io import BytesIO
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from havre.core.ui.fonts import Font, embed, fonts

ABSENT = Font("latin", "Nobody", "havre_has_no_such_package", "Nobody.ttf", ((0x20, 0x7E),))
needs_fonts = pytest.mark.skipif(not all(font.path() for font in fonts()), reason="fonts are not installed")


def decoded(css: str) -> list[TTFont]:
    return [TTFont(BytesIO(base64.b64decode(data))) for data in re.findall(r"base64,([^)]+)\)", css)]


@needs_fonts
def test_a_font_holds_the_letters_of_the_page() -> None:
    (arabic,) = decoded(embed("حسام الدین").css)
    assert {ord(letter) for letter in "حسام الدین"} <= set(arabic.getBestCmap())


@needs_fonts
def test_a_font_is_cut_to_the_page_and_keeps_what_shapes_arabic() -> None:
    (arabic,) = decoded(embed("محمد").css)
    assert ord("ق") not in arabic.getBestCmap()
    features = {record.FeatureTag for record in arabic["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina"} <= features


@needs_fonts
def test_a_page_embeds_only_the_fonts_that_it_needs() -> None:
    assert len(decoded(embed("Amina").css)) == 1
    assert len(decoded(embed("Amina أمينة ኣሚና").css)) == 3


@needs_fonts
def test_the_same_letters_give_the_same_bytes_in_any_order() -> None:
    assert embed("Amina أمينة") == embed("ةنيمأ animA")


def test_a_font_that_is_not_installed_is_named_and_not_an_error() -> None:
    embedded = embed("Amina", [ABSENT])
    assert embedded.css == ""
    assert embedded.missing == ("Nobody.ttf",)


def test_a_missing_font_that_the_page_does_not_need_is_not_named() -> None:
    assert embed("أمينة", [ABSENT]).missing == ()


def test_no_letter_belongs_to_two_fonts() -> None:
    ranges = sorted((first, last) for font in fonts() for first, last in font.ranges)
    assert all(last < first for (_, last), (first, _) in pairwise(ranges))
