# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The picture of the boards: a bar for each row, narrow enough for a phone."""

from __future__ import annotations

from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING

from havre.core.charts import Column, Ink, Plot
from havre.core.charts.lazy import lazily
from havre.core.charts.plot import ROWS

if TYPE_CHECKING:
    import altair as alt
else:
    alt = lazily("altair")

LABELS, BARS, ROW = 150, 110, 48
"""In pixels: width of the labels and of the bars, height of a row. With them a picture fits a phone."""
LETTERS, LINES = 23, 3
"""Of a label: as many as its width and a row hold."""
BREAK = "|"


def label(*parts: str) -> str:
    """The name of a row in lines that fit; what is cut off stands in the table."""
    return BREAK.join(wrap(", ".join(parts), LETTERS, max_lines=LINES, placeholder=" …"))


@cache
def bars(columns: tuple[Column, ...]) -> Plot:
    """Rows of ``key, label, n, written`` and whatever ``columns`` show in the table beside it; keys differ."""
    base = alt.Chart(alt.NamedData(ROWS), width=BARS, height=alt.Step(ROW)).encode(
        y=alt.Y("key:N", sort=None, axis=None)
    )
    drawn = base.mark_bar(height=16, fill=Ink.ACCENT.mark).encode(x=alt.X("n:Q", axis=None))
    counts = base.mark_text(align="left", dx=5).encode(x=alt.X("n:Q", axis=None), text="written:N")
    names = base.mark_text(align="left", lineBreak=BREAK).encode(x=alt.value(-LABELS), text="label:N")
    return Plot(names + drawn + counts, columns)
