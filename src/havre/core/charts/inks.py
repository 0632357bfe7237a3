# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The colours of charts: named by what they say, decided by the page, so that one chart serves dark and light."""

from enum import Enum


class Ink(Enum):
    """What stands for the colour while a chart is made, the page's variable for it, the colour without a page."""

    TEXT = ("#010101", "--ink", "#1c2a30")
    QUIET = ("#010102", "--ink-quiet", "#55656c")
    LINE = ("#010103", "--line", "#c9d2d5")
    ACCENT = ("#010104", "--accent", "#0b6470")
    AGAINST = ("#010105", "--against", "#b4521a")
    GIVEN = ("#010106", "--given", "#7d8b91")

    def __init__(self, mark: str, variable: str, colour: str) -> None:
        self.mark = mark
        """Give this to Altair."""
        self.css = f"var({variable},{colour})"
        """Stands in the SVG instead."""
