# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fonts for self-contained pages: cut down to the letters of one page and written into its style sheet."""

import base64
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

WEIGHTS = "100 900"
SPACES = "\u0020\u00a0\u202f"
"""In every subset, so that a space between two Arabic words is as wide as that font wants it."""


@dataclass(frozen=True, slots=True)
class Font:
    """One entry of ``fonts.toml``."""

    key: str
    family: str
    package: str
    file: str
    ranges: tuple[tuple[int, int], ...]

    def letters_of(self, text: Iterable[str]) -> str:
        """The different letters of ``text`` that this font is for, in code point order."""
        return "".join(
            sorted({c for c in text if any(first <= ord(c) <= last for first, last in self.ranges)})
        )

    def path(self) -> Path | None:
        """Where the file is installed; None where it is not."""
        spec = find_spec(self.package)
        if spec is None or spec.origin is None:
            return None
        path = Path(spec.origin).with_name(self.file)
        return path if path.is_file() else None


@dataclass(frozen=True, slots=True)
class Embedded:
    """A style sheet that holds fonts, and the families that the page needed but are not installed."""

    css: str
    missing: tuple[str, ...]


@cache
def fonts() -> tuple[Font, ...]:
    """The fonts of ``fonts.toml``, in the order of the file."""
    data = tomllib.loads((files(__package__) / "fonts.toml").read_text("utf-8"))
    return tuple(
        Font(key, entry["family"], entry["package"], entry["file"], tuple((a, b) for a, b in entry["ranges"]))
        for key, entry in data.items()
    )


def embed(text: str, known: Iterable[Font] | None = None) -> Embedded:
    """``@font-face`` rules with the letters of ``text``; a font that is not installed is named, no error.

    The same text gives the same bytes.
    """
    rules: list[str] = []
    missing: list[str] = []
    for font in fonts() if known is None else known:
        letters = font.letters_of(set(text))
        if not letters.strip(SPACES):
            continue
        path = font.path()
        if path is None:
            missing.append(font.file)
        else:
            rules.append(_face(font, _subset(path, letters + SPACES)))
    return Embedded("\n".join(rules), tuple(missing))


@lru_cache(maxsize=8)
def _subset(path: Path, letters: str) -> bytes:
    """The font with these letters only, as WOFF2; all layout features stay, since they shape Arabic."""
    from fontTools import subset  # type: ignore[import-untyped]  # takes a second to load: for whoever cuts a font

    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=[0, 13, 14])
    options.flavor = "woff2"
    font = subset.load_font(str(path), options)
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def _face(font: Font, data: bytes) -> str:
    ranges = ", ".join(f"U+{first:04X}-{last:04X}" for first, last in font.ranges)
    source = base64.b64encode(data).decode("ascii")
    return (
        f'@font-face {{ font-family: "{font.family}"; font-weight: {WEIGHTS}; font-display: block; '
        f"unicode-range: {ranges}; src: url(data:font/woff2;base64,{source}) format('woff2'); }}"
    )
