# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From what a link says to a row of bits: the signs of its features along directions that only the key knows.

Each feature has a direction, a row of plus and minus ones drawn by HMAC-SHA256 and SHAKE256 from the key. A link is the
sum of its directions, each as strong as the feature; of the sum only the signs are kept (random hyperplanes:
Charikar 2002). So no bit belongs to a feature, every bit depends on all of them, and half of the bits are set in
every code. Two codes agree in 1 - angle / pi of their bits, and the cosine of the angle is their evidence.

What a link lacks to ``WHOLE`` is filled up with directions that nobody else has, drawn anew each time.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from functools import lru_cache

import numba
import numpy as np

from havre.engines.linkage.records import ShoreList
from havre.engines.names.arrays import Floats
from havre.engines.veil.codes import BITS, ID_BYTES, Bytes, Codes
from havre.engines.veil.features import Feature, Features, Said, features_of
from havre.engines.veil.keys import check_key, check_value, keyed
from havre.engines.veil.speaker import Speaker
from havre.engines.veil.weights import WHOLE, edition, shipped, weighted

FILLERS = 16
"""Directions of one code's own, so that their sum is spread like the rest."""
LEAST_FILLING = 2.0
"""Bits of them in every code, however much was said: no link has the same code twice."""
DUMMIES = 0.1
"""Codes of links that nobody said, for each link that somebody did."""
_REMEMBERED = 1 << 14

Random = Callable[[int], bytes]
"""So many random bytes."""
Own = dict[str, Said]
"""Id of a code to the link it stands for. Stays at home."""


def encode(
    lst: ShoreList,
    key: bytes,
    speaker: Speaker,
    *,
    dummies: float = DUMMIES,
    random: Random = secrets.token_bytes,
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[Codes, Own]:
    """The codes of a list for whoever matches, and which link is which for the shore itself.

    WeakKey where the key is none. Encoding again gives other ids and other bits, since both hold randomness.
    """
    check_key(key)
    said = features_of(lst, speaker)
    false = _invented(said, round(dummies * len(said)), random)
    links: list[Said | None] = [*said, *(None for _ in false)]
    ids = [random(ID_BYTES).hex() for _ in links]
    sketch = Sketch(key, speaker, random)
    bits = np.zeros((len(links), BITS // 8), np.uint8)
    order = sorted(range(len(links)), key=lambda row: ids[row])
    every = [*(each.features for each in said), *false]
    for row, link in enumerate(order):
        bits[row] = sketch.of(every[link])
        progress((row + 1) / len(order))
    own = {ids[row]: link for row, link in enumerate(links) if link}
    return Codes(check_value(key, edition()), speaker, tuple(ids[link] for link in order), bits), own


class Sketch:
    """Makes codes with one key."""

    def __init__(self, key: bytes, speaker: Speaker, random: Random) -> None:
        self._key, self._speaker, self._random = key, speaker, random
        self._direction = lru_cache(_REMEMBERED)(self._drawn)

    def of(self, features: Features) -> Bytes:
        """(BITS / 8,): the code of one link."""
        strengths = weighted(features, self._speaker, shipped().evidence)
        rows = [self._direction(feature) for feature in strengths]
        rows += [_spread(self._random(32)) for _ in range(FILLERS)]
        missing = max(LEAST_FILLING, WHOLE - sum(strength**2 for strength in strengths.values()))
        along = np.array([*strengths.values(), *[(missing / FILLERS) ** 0.5] * FILLERS], np.float32)
        return np.packbits(_sum(np.stack(rows), along) > 0)

    def _drawn(self, feature: Feature) -> Bytes:
        return _spread(keyed(self._key, *feature))


def _spread(seed: bytes) -> Bytes:
    return np.frombuffer(hashlib.shake_256(seed).digest(BITS // 8), np.uint8)


@numba.njit(cache=True, nogil=True)
def _sum(rows: Bytes, along: Floats) -> Floats:  # pragma: no cover - compiled
    """(bits,): the rows with their bits as plus and minus one, each as strong as said, added up."""
    out = np.zeros(rows.shape[1] * 8, np.float32)
    for k in range(len(along)):
        for byte in range(rows.shape[1]):
            for bit in range(8):
                set_ = (rows[k, byte] >> (7 - bit)) & 1
                out[8 * byte + bit] += along[k] if set_ else -along[k]
    return out


def _invented(said: Sequence[Said], count: int, random: Random) -> list[Features]:
    """Links that nobody said: each attribute of both people is that of another link."""
    attributes = sorted({group(attribute) for each in said for attribute, _ in each.features})
    return [_mixed(said, attributes, random) for _ in range(count)]


def _mixed(said: Sequence[Said], groups: Sequence[str], random: Random) -> Features:
    found: dict[Feature, float] = {}
    for name in groups:
        lender = said[int.from_bytes(random(8), "big") % len(said)]
        found |= {
            feature: strength for feature, strength in lender.features.items() if group(feature[0]) == name
        }
    return found


def group(attribute: str) -> str:
    """What is lent together: whose, and whether name, birth, place or another thing."""
    who, _, what = attribute.partition(" ")
    if who not in ("child", "relative"):
        return "relation" if who == "generation" else who
    name = what.split()[-1] in ("key", "word", "sound")
    return f"{who} {'name' if name else what.split()[0]}"
