# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How words of a vocabulary are compared: without case, accents, vowel signs and punctuation."""

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, and the Arabic lengthening stroke, which is a letter to Unicode.
_SPELT_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ـ": ""})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """``text`` as words are compared: ``"Côte-d’Ivoire "`` and ``"cote d ivoire"`` are one. Idempotent."""
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_SPELT_OUT)
    # Joiners and directional marks (Cf) stand inside a word and part nothing; punctuation does.
    kept = (" " if not c.isalnum() else c for c in apart if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    folded = " ".join("".join(kept).split())
    return folded if folded == text else fold(folded)


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """``fold`` without the spaces: ``"h. s."``, ``"H.S."`` and ``"hs"`` are one."""
    return fold(text).replace(" ", "")
