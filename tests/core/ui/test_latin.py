# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names in Latin letters, for those who read no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.core.ui.latin import in_latin


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("محمد عمر", "Muhammad Umar"),
        ("احمد خان", "Ahmad Khan"),
        ("أحمد", "Ahmad"),
        ("رحمت الله", "Rahmatullah"),
        ("رحمت\u200cالله", "Rahmatullah"),
        ("المصري", "Al-Masri"),
        ("ገብረ መስቀል", "Gebre Mesk'el"),
        ("Mohamed خان", "Mohamed Khan"),
        ("زردادخیل", "Zrdadkhil"),
        ("Ольга", "Ol'ga"),
    ],
)
def test_a_name_is_read_as_it_is_usually_spelled(written: str, read: str) -> None:
    assert in_latin(written) == read


@pytest.mark.parametrize("written", ["", "Omar", "Åsa Ñandú", "O'Neil-Smith", "12 3"])
def test_what_is_written_in_latin_letters_needs_no_aid(written: str) -> None:
    assert in_latin(written) == ""


@given(st.text(max_size=40))
def test_whatever_is_written_comes_out_in_letters_that_everybody_has(written: str) -> None:
    read = in_latin(written)
    assert read == " ".join(read.split())
    assert all(letter.isascii() for word, letter in zip(read, read, strict=True) if word not in written)
