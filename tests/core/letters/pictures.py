# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents as pictures: what a page looks like, and where on it a word stands.

Nothing is compared with a picture that was kept: that would break with every version of a typeface, and say nothing
of whether the text can be read. Each word is drawn once more, alone, and looked for on the page: a box in place of a
letter, letters in the wrong order, letters that do not join, a word that was cut look different and are not found.
"""

import json
import struct
import zlib
from functools import cache
from typing import Any

import numpy as np
import typst
from numba import njit
from numpy.typing import NDArray

from havre.core.letters import making
from havre.core.letters.typefaces import typefaces

Ink = NDArray[np.floating[Any]]
"""Rows and columns of a picture: 0 is paper, 1 the darkest ink on it."""

PPI = 150
LARGEST = 512
"""Dots of a word, in both directions."""
ALONE = """
#let told = json(bytes(sys.inputs.told))
#set page(width: auto, height: auto, margin: 6pt)
#set text(font: told.families, size: told.size * 1pt, fill: luma(20%), lang: "und")
#told.word
"""


def pages_of(make: Any, monkeypatch: Any) -> list[Ink]:
    """The pages of the document that ``make()`` writes, as its readers see them."""
    asked: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    compile_ = typst.compile

    def noted(*told: Any, **how: Any) -> Any:
        asked.append((told, how))
        return compile_(*told, **how)

    with monkeypatch.context() as patched:
        patched.setattr(making.typst, "compile", noted)
        make()
    ((told, how),) = asked
    of_pdf_only = ("pdf_standards", "timestamp")
    how = {name: value for name, value in how.items() if name not in of_pdf_only}
    made = compile_(*told, **how, format="png", ppi=PPI)
    return [ink(page) for page in (made if isinstance(made, list) else [made])]


@cache
def alone(word: str, size: float = 12) -> Ink:
    """A word as it is drawn when nothing stands beside it, without the paper around it."""
    found = typefaces()
    told = {"word": word, "size": size, "families": found.families}
    made = typst.compile(
        ALONE.encode(),
        font_paths=found.found,
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told)},
        format="png",
        ppi=PPI,
    )
    assert isinstance(made, bytes)
    return trimmed(ink(made))


class Sheet:
    """A picture in which words are looked for, made ready once for all of them."""

    def __init__(self, picture: Ink) -> None:
        self._seen = _blurred(trimmed(picture))
        self._shape = [(size + LARGEST) // 64 * 64 + 64 for size in self._seen.shape]
        self._waves = np.fft.rfft2(self._seen, self._shape)
        self._total = np.pad((self._seen.astype(float) ** 2).cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def likeness(self, word: Ink) -> tuple[float, int]:
        """How much some place of the picture looks like the word, from 0 to 1, and the column of that place.

        The cosine of both, laid upon each other, at the best of all places; both are a little blurred, since a letter
        may fall between two dots.
        """
        word = _blurred(word)
        high, wide = word.shape
        assert high <= self._seen.shape[0] + 2
        assert max(word.shape) <= LARGEST
        met = np.fft.irfft2(self._waves * np.conj(np.fft.rfft2(word, self._shape)), self._shape)
        rows, columns = (a - b + 1 for a, b in zip(self._seen.shape, word.shape, strict=True))
        total = self._total
        ink_there = total[high:, wide:] - total[:-high, wide:] - total[high:, :-wide] + total[:-high, :-wide]
        found = met[:rows, :columns] / (np.sqrt(np.maximum(ink_there, 1e-3)) * np.linalg.norm(word))
        best = int(found.argmax())
        return float(found.flat[best]), best % columns


def trimmed(picture: Ink) -> Ink:
    """The part of a picture that has ink."""
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def gaps(picture: Ink) -> int:
    """How often paper shows between ink, from left to right."""
    inked = picture.any(axis=0)
    return int((np.diff(inked.astype(int)) == -1).sum())


def _blurred(picture: Ink) -> Ink:
    """Each dot as the mean of itself and its eight neighbours, with a margin for those of the edge."""
    picture = np.pad(picture, 1)
    padded = np.pad(picture, 1)
    high, wide = picture.shape
    moved = [padded[row : row + high, column : column + wide] for row in range(3) for column in range(3)]
    return np.asarray(np.mean(moved, axis=0), np.float32)  # half the work, and as good a likeness


def ink(png: bytes) -> Ink:
    """A PNG of 8 bits and four channels (as typst writes it) as ink."""
    at, packed, size = 8, b"", (0, 0)
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            size = struct.unpack_from(">II", body)
            assert struct.unpack_from(">BBBBB", body, 8) == (8, 6, 0, 0, 0)
        packed += body if kind == b"IDAT" else b""
        at += length + 12
    wide, high = size
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(high, wide * 4 + 1)
    dots = _unfiltered(rows).reshape(high, wide, 4).astype(float)
    assert (dots[:, :, 3] == 255).all()  # a page is white, and nothing shines through
    darkness = 1 - dots[:, :, :3].mean(axis=2) / 255
    return np.asarray(darkness / max(darkness.max(), 1e-9))


@njit(cache=True)  # type: ignore[untyped-decorator]
def _unfiltered(rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The filters of PNG (ISO/IEC 15948, 9.2) undone, for four bytes a dot."""
    high, wide = rows.shape[0], rows.shape[1] - 1
    out = np.zeros((high, wide), np.uint8)
    for row in range(high):
        how = rows[row, 0]
        for at in range(wide):
            left = int(out[row, at - 4]) if at >= 4 else 0
            above = int(out[row - 1, at]) if row else 0
            corner = int(out[row - 1, at - 4]) if row and at >= 4 else 0
            guess = 0
            if how == 1:
                guess = left
            elif how == 2:
                guess = above
            elif how == 3:
                guess = (left + above) // 2
            elif how == 4:
                to_left, to_above = abs(above - corner), abs(left - corner)
                to_corner = abs(left + above - 2 * corner)
                if to_left <= to_above and to_left <= to_corner:
                    guess = left
                else:
                    guess = above if to_above <= to_corner else corner
            out[row, at] = (int(rows[row, at + 1]) + guess) & 255
    return out
