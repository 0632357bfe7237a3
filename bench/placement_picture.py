# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a plan costs and how far it may be from the best, by the size of the camp, as pictures."""

import re
from collections.abc import Sequence
from pathlib import Path

import altair as alt

from havre.core.charts import Column, Ink, Plot, Row
from havre.core.charts.plot import ROWS

FOLDER = Path(__file__).parents[1] / "docs" / "images"
_WAYS = {
    "Havre": Ink.ACCENT,
    "HiGHS": Ink.AGAINST,
    "CP-SAT": Ink.GIVEN,
    "first come first served": Ink.TEXT,
}
_TITLES = {"gap": "proven gap, %", "cpu": "CPU seconds"}
_COLUMNS = (Column("way", "way"), Column("people", "people"))


def draw(rows: Sequence[Row]) -> None:
    """Writes a picture of each figure of ``rows``, which have a ``way``, ``people``, a ``gap`` in percent, ``cpu``."""
    for field, title in _TITLES.items():
        what = f"{title} by the size of the camp"
        figure = _plot(field, title).figure(
            rows, ident=f"placement-{field}", title=what, description="The table beside it has the numbers."
        )
        # A picture in a file of its own: there is no page to give it colours and a ground.
        svg = re.sub(r"var\([^,]+,(#\w+)\)", r"\1", figure.svg)
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" style="background:#fff" ', 1)
        svg = svg.replace('font-size="12px"', 'font-size="12px" font-family="sans-serif"', 1)
        (FOLDER / f"placement-{field}.svg").write_text(svg + "\n", "utf-8")


def _plot(field: str, title: str) -> Plot:
    ways = alt.Scale(domain=list(_WAYS), range=[ink.mark for ink in _WAYS.values()])
    people = alt.X("people:Q", scale=alt.Scale(type="log", domain=[500, 1_000_000]), title="people")
    height = alt.Y(f"{field}:Q", scale=alt.Scale(type="log"), title=title)
    base = alt.Chart(alt.NamedData(ROWS), width=380, height=260).encode(
        x=people.axis(values=[700, 7_000, 70_000, 700_000], format=","),
        y=height.axis(values=[0.01, 0.1, 1, 10, 100, 1_000], format="~g"),
    )
    line = base.mark_line(strokeWidth=2).encode(stroke=alt.Stroke("way:N", scale=ways, legend=None))
    dots = base.mark_point(filled=True, size=50, opacity=1).encode(
        color=alt.Color("way:N", scale=ways, legend=None)
    )
    names = (
        base.mark_text(align="left", dx=8)
        .encode(text="way:N")
        .transform_joinaggregate(last="max(people)", groupby=["way"])
        .transform_filter("datum.people == datum.last")
    )
    return Plot(line + dots + names, _COLUMNS)
