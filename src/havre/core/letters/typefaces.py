# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The typefaces of a document: those of ``havre.core.ui.fonts``, none of the machine, none that typst brings.

So a document looks the same wherever it is made. typst refuses a PDF/UA document with a letter that no typeface
has, hence ``writable``.
"""

import shutil
import tempfile
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from havre.core.ui.fonts import fonts

UNKNOWN = "\ufffd"
JOINERS = "\u200c\u200d"
"""They shape Arabic; every other sign that shows nothing is dropped: it could turn the text around it."""


@dataclass(frozen=True, slots=True)
class Typefaces:
    """What typst needs to write, and which letters it can."""

    found: typst.Fonts
    families: tuple[str, ...]
    letters: frozenset[str]

    def writable(self, text: str) -> str:
        """``text`` with U+FFFD for each letter that no typeface has, without what shows nothing."""
        shown = (" " if letter in "\t\r\n\v\f\u2028\u2029" else letter for letter in text)
        return "".join(letter if letter in self.letters else UNKNOWN for letter in shown if _shows(letter))


def _shows(letter: str) -> bool:
    return letter in JOINERS or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}


@cache
def typefaces() -> Typefaces:
    """The typefaces that are installed; RuntimeError where there is none to write Latin with."""
    paths = [path for font in fonts() if (path := font.path()) is not None]
    if not paths:
        raise RuntimeError("no typeface of havre.core.ui.fonts is installed")
    opened = [TTFont(path, lazy=True) for path in paths]
    return Typefaces(
        typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_folder(tuple(paths)))]
        ),
        tuple(str(font["name"].getBestFamilyName()) for font in opened),
        frozenset(chr(code) for font in opened for code in font.getBestCmap()),
    )


def _folder(paths: tuple[Path, ...]) -> Path:
    """A folder with these files and no other: typst takes folders, and the package holds many more fonts."""
    folder = Path(_kept().name)
    for path in paths:
        try:
            (folder / path.name).symlink_to(path)
        except OSError:  # a system where links need a right of their own
            shutil.copy(path, folder)
    return folder


@cache
def _kept() -> "tempfile.TemporaryDirectory[str]":
    """Lives as long as the process, since typst opens a file when it needs its first letter."""
    return tempfile.TemporaryDirectory(prefix="havre-typefaces-")
