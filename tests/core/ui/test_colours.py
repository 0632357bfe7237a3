# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The colours of pages can be read, by day, by night and on paper (WCAG 2.2: 1.4.3 and 1.4.11, level AA)."""

import re
from importlib.resources import files

import pytest

CSS = (files("havre.core.ui") / "templates" / "ui" / "palette.css").read_text("utf-8")
SCHEMES = dict(zip(("light", "dark", "print"), re.findall(r":root \{([^}]*)\}", CSS), strict=True))
TEXT = [
    (ink, ground)
    for ink in ("ink", "ink-quiet", "accent", "against")
    for ground in ("paper", "card", "sunk", "accent-soft")
]
TONES = [
    (tone, ground) for tone in ("good", "attention", "bad") for ground in ("card", "paper", f"{tone}-soft")
]

FILLED = [("on-accent", "accent"), ("on-accent", "accent-deep"), ("on-accent", "bad"), ("ink", "warn")]


def colours(scheme: str) -> dict[str, str]:
    """Variable to six hexadecimal digits."""
    found = re.findall(r"--([a-z-]+): #([0-9a-f]{3}(?:[0-9a-f]{3})?);", SCHEMES[scheme])
    return {name: digits if len(digits) == 6 else "".join(c * 2 for c in digits) for name, digits in found}


def luminance(digits: str) -> float:
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(scheme: str, one: str, other: str) -> float:
    known = colours(scheme)
    light, dark = sorted((luminance(known[one]), luminance(known[other])), reverse=True)[:2]
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *TEXT,
        *TONES,
        ("on-accent", "accent"),
        ("on-accent", "accent-deep"),
        ("on-accent", "bad"),
        ("ink", "warn"),
    ],
)
def test_text_stands_out_from_its_ground(scheme: str, ink: str, ground: str) -> None:
    assert contrast(scheme, ink, ground) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ink", ["accent", "against", "given", "edge"])
def test_bars_stand_out_from_the_card(scheme: str, ink: str) -> None:
    assert contrast(scheme, ink, "card") >= 3
