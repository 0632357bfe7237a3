# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures lose where and when they were taken, and nothing that shows them."""

import struct

import pytest
from core.files.samples import ADOBE, DRAWN, JFIF, chunk, exif, jpeg, png, segment
from hypothesis import given
from hypothesis import strategies as st

from havre.core.files.pictures import Damaged, bare_jpeg, bare_png


def test_a_photograph_forgets_where_it_was_taken_and_with_what() -> None:
    taken = jpeg(JFIF, exif(1), segment(0xED, b"Photoshop 3.0\0Ahmad"), segment(0xFE, b"by Ahmad"), ADOBE)
    assert bare_jpeg(taken) == jpeg(JFIF, ADOBE)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_photograph_still_stands_upright(orientation: int, order: str) -> None:
    bare = bare_jpeg(jpeg(exif(orientation, order)))
    assert b"GPS" not in bare
    assert b"Home" not in bare
    assert struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) in bare
    assert bare.endswith(DRAWN + b"\xff\xd9")
    assert bare_jpeg(bare) == bare


def test_what_hangs_behind_a_photograph_is_cut_off() -> None:
    assert bare_jpeg(jpeg(after=b"a film of the place")) == jpeg()


def test_a_small_picture_in_the_header_goes_too() -> None:
    with_small = segment(0xE0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01abc")
    assert bare_jpeg(jpeg(with_small, segment(0xE0, b"JFXX\0\x10face"))) == jpeg(JFIF)


@pytest.mark.parametrize(
    "content",
    [
        jpeg()[:-2],
        jpeg()[:20],
        b"\xff\xd8\xff\xe1\x00\x01",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\xff\xd8\xff\xd8\xff\xd9",
        b"\xff\xd8no marker",
        b"\xff\xd8\xff",
    ],
)
def test_a_damaged_photograph_is_refused(content: bytes) -> None:
    with pytest.raises(Damaged):
        bare_jpeg(content)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader_of_photographs(content: bytes) -> None:
    for begin in (b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x20Exif\0\0II*\0"):
        try:
            bare = bare_jpeg(begin + content)
        except Damaged:
            continue
        assert bare_jpeg(bare) == bare


@given(st.lists(st.tuples(st.integers(0xE0, 0xEF), st.binary(max_size=40)), max_size=6))
def test_no_segment_of_an_application_is_kept_as_it_came(segments: list[tuple[int, bytes]]) -> None:
    bare = bare_jpeg(jpeg(*(segment(marker, b"secret" + body) for marker, body in segments)))
    assert bare == jpeg()


def test_a_drawing_loses_its_texts_and_keeps_its_colours() -> None:
    colours, text = chunk(b"gAMA", bytes(4)), chunk(b"tEXt", b"Author\0Ahmad")
    assert bare_png(png(text, colours, chunk(b"eXIf", b"GPS"), chunk(b"tIME", bytes(7)))) == png(colours)
    assert bare_png(png() + b"more") == png()


@pytest.mark.parametrize("content", [png()[:-4], png()[:30], png()[:8], png()[:8] + b"\xff\xff\xff\xffIDAT"])
def test_a_damaged_drawing_is_refused(content: bytes) -> None:
    with pytest.raises(Damaged):
        bare_png(content)
