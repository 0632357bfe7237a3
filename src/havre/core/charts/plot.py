# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A chart that is compiled once and drawn many times, and the figure that it gives: picture and table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from havre.core.charts.inks import Ink
from havre.core.charts.lazy import lazily
from havre.core.charts.svg import TEXT_SIZE, for_page

if TYPE_CHECKING:
    import altair as alt

vlc = lazily("vl_convert")

ROWS = "rows"
"""The name of the data in every chart: ``alt.NamedData(ROWS)``."""

REMEMBERED = 500
"""How many drawings a plot keeps: about five megabytes."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table beside a chart: the field it shows, its heading, and how a value is written."""

    field: str
    heading: str
    write: Callable[[Any], str] = str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, and the table that says the same."""

    title: str
    svg: str
    """An inline picture; safe to put into HTML as it is."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    """The rows of the chart's data as written; the first cell names the row."""


class Plot:
    """An Altair chart over ``alt.NamedData("rows")`` and the columns of its table.

    Altair checks and Vega-Lite compiles the chart once; each figure then costs about 20 ms.
    """

    def __init__(self, chart: alt.LayerChart | alt.Chart, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self._vega: dict[str, Any] = vlc.vegalite_to_vega(_dressed(chart).to_dict())
        if all(data["name"] != ROWS for data in self._vega["data"]):
            raise ValueError(f'a plot draws alt.NamedData("{ROWS}"), this chart does not')
        self._drawn: dict[str, str] = {}

    def figure(self, rows: Sequence[Row], *, ident: str, title: str, description: str) -> Figure:
        """The figure of ``rows``; ``ident`` begins every id of the picture and is unique on the page."""
        svg = for_page(self._draw(rows), ident=ident, title=title, description=description)
        table = tuple(tuple(column.write(row[column.field]) for column in self.columns) for row in rows)
        return Figure(title, svg, self.columns, table)

    def _draw(self, rows: Sequence[Row]) -> str:
        """The SVG of ``rows``; the same rows are drawn once, since many pairs have the same evidence."""
        key = repr([sorted(row.items()) for row in rows])
        if key not in self._drawn:
            if len(self._drawn) >= REMEMBERED:
                self._drawn.clear()
            self._drawn[key] = vlc.vega_to_svg(self._holding(rows))
        return self._drawn[key]

    def _holding(self, rows: Sequence[Row]) -> dict[str, Any]:
        """The compiled chart with these rows in it; the plot itself stays as it is, so that threads may share it."""
        values = {"values": [dict(row) for row in rows]}
        data = [{**one, **values} if one["name"] == ROWS else one for one in self._vega["data"]]
        return {**self._vega, "data": data}


def _dressed(chart: alt.LayerChart | alt.Chart) -> alt.LayerChart | alt.Chart:
    """The chart in the look of all charts: no frame, no background, quiet axes."""
    dressed: alt.LayerChart | alt.Chart = (
        chart.configure(background="transparent", aria=False, padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=Ink.TEXT.mark,
            titleColor=Ink.QUIET.mark,
            labelFontSize=TEXT_SIZE,
            titleFontSize=TEXT_SIZE,
            titleFontWeight="normal",
            labelLimit=0,
            domainColor=Ink.LINE.mark,
            gridColor=Ink.LINE.mark,
            tickColor=Ink.LINE.mark,
        )
        .configure_text(fontSize=TEXT_SIZE, fill=Ink.TEXT.mark)
    )
    return dressed
