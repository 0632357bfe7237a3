# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Charts: the picture and the table beside it say the same."""

import re

import altair as alt
import pytest

from havre.core.charts import Column, Figure, Ink, Plot, Row

ROWS: list[Row] = [{"label": "Names", "bits": 12.3}, {"label": "Births & <places>", "bits": -3.5}]


def bars() -> Plot:
    base = alt.Chart(alt.NamedData("rows"), width=100, height=alt.Step(20)).encode(
        y=alt.Y("label:N", sort=None), x="bits:Q"
    )
    marks = base.mark_bar(fill=Ink.ACCENT.mark) + base.mark_text().encode(text="bits:Q")
    return Plot(marks, [Column("label", "Part"), Column("bits", "Bits", "{:+.1f}".format, is_number=True)])


def figure(ident: str = "f1", rows: list[Row] = ROWS) -> Figure:
    return bars().figure(rows, ident=ident, title="Evidence", description="Bars that add up.")


def test_the_table_holds_the_rows_of_the_chart() -> None:
    assert figure().rows == (("Names", "+12.3"), ("Births & <places>", "-3.5"))


def test_the_picture_shows_every_row_of_the_table() -> None:
    drawn = figure().svg
    assert ">Names<" in drawn
    assert ">Births &amp; &lt;places&gt;<" in drawn
    assert drawn.count("<path") >= len(ROWS)


def test_a_picture_has_a_name_and_a_description() -> None:
    drawn = figure("f7").svg
    assert 'role="img" ' in drawn.replace(">", " ", 1)
    assert 'aria-labelledby="f7-t f7-d"' in drawn
    assert '<title id="f7-t">Evidence</title>' in drawn
    assert '<desc id="f7-d">Bars that add up.</desc>' in drawn


def test_two_pictures_on_a_page_share_no_id() -> None:
    plot = bars()
    ids = [
        set(re.findall(r'id="([^"]+)"', plot.figure(ROWS, ident=i, title="t", description="d").svg))
        for i in ("e1", "e2")
    ]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_colours_and_fonts_are_left_to_the_page() -> None:
    drawn = figure().svg
    assert f'fill="{Ink.ACCENT.css}"' in drawn
    assert not any(ink.mark in drawn for ink in Ink)
    assert "font-family" not in drawn


def test_rounded_bars_keep_the_shape_that_clips_them() -> None:
    chart = alt.Chart(alt.NamedData("rows"), height=alt.Step(20)).mark_bar(
        fill=Ink.ACCENT.mark, cornerRadius=2
    )
    plot = Plot(chart.encode(y="label:N", x="bits:Q"), [])
    drawn = plot.figure(ROWS, ident="r", title="t", description="d").svg
    assert set(re.findall(r"url\(#([^)]+)\)", drawn)) == set(
        re.findall(r'<clipPath id="([^"]+)"><path', drawn)
    )


def test_a_picture_carries_no_style_of_its_own() -> None:
    drawn = figure().svg
    assert " style=" not in drawn
    assert "<style" not in drawn


def test_a_picture_asks_nothing_of_the_network() -> None:
    assert "http" not in figure().svg


def test_the_same_rows_give_the_same_bytes() -> None:
    assert figure().svg == figure().svg


def test_other_rows_of_the_same_plot_give_another_picture() -> None:
    plot = bars()
    first = plot.figure(ROWS, ident="a", title="t", description="d").svg
    second = plot.figure([{"label": "Names", "bits": 1.0}], ident="a", title="t", description="d").svg
    assert first != second
    assert first == plot.figure(ROWS, ident="a", title="t", description="d").svg


def test_a_chart_without_the_named_rows_is_refused() -> None:
    chart = alt.Chart(alt.InlineData(values=[{"x": 1}])).mark_point().encode(x="x:Q")
    with pytest.raises(ValueError, match="NamedData"):
        Plot(chart, [])
