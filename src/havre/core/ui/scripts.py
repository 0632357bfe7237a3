# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing what somebody wrote: each piece in its own script and direction, whatever stands around it."""

import re
from enum import Enum

from markupsafe import Markup, escape


class Script(Enum):
    """The scripts that names come in: BCP 47 tag, direction, and the letters that show it."""

    ARABIC = ("und-Arab", "rtl", "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc")
    ETHIOPIC = ("und-Ethi", "ltr", "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f")
    LATIN = ("und-Latn", "ltr", "A-Za-z\u00aa\u00ba\u00c0-\u024f\u0259\u02b0-\u02ff\u1e00-\u1eff")

    def __init__(self, lang: str, direction: str, letters: str) -> None:
        self.lang = lang
        self.direction = direction
        self.letters = re.compile(f"[{letters}]")
        self.opening = Markup('<bdi lang="{}" dir="{}">').format(lang, direction)


_END = Markup("</bdi>")


def scripts_of(text: str) -> tuple[Script, ...]:
    """The scripts of ``text``, the one that begins first in front; letters of other scripts say nothing."""
    found = ((match.start(), script) for script in Script if (match := script.letters.search(text)))
    return tuple(script for _, script in sorted(found, key=lambda item: item[0]))


def written(text: str) -> Markup:
    """``text`` as HTML, escaped, in ``<bdi>``, with language tag and direction where one script is sure.

    In a mixture each word carries the tag of its own script, and the first letter decides the direction.
    """
    scripts = scripts_of(text)
    if len(scripts) == 1:
        (script,) = scripts
        return script.opening + escape(text) + _END
    words = Markup("").join(_tagged(piece) for piece in re.split(r"(\s+)", text))
    return Markup('<bdi dir="auto">') + words + _END


def _tagged(word: str) -> Markup:
    scripts = scripts_of(word)
    if len(scripts) != 1:
        return escape(word)
    return Markup('<span lang="{}">{}</span>').format(scripts[0].lang, word)


_FOREIGN = re.compile(
    "|".join(
        f"(?P<{script.name}>{script.letters.pattern}(?:[\\s\u200c\u200d'’-]*{script.letters.pattern})*)"
        for script in Script
        if script is not Script.LATIN
    )
)


def sentence(text: str) -> Markup:
    """A sentence of the page's language as HTML, escaped; words of other scripts in it are isolated and tagged."""
    pieces, end = Markup(""), 0
    for found in _FOREIGN.finditer(text):
        pieces += escape(text[end : found.start()]) + written(found[0])
        end = found.end()
    return pieces + escape(text[end:])
