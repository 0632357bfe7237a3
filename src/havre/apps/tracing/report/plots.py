# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures of the report: how many pairs in each band, what a pair's evidence adds up to, said against seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import ceil, floor
from typing import TYPE_CHECKING

from havre.apps.tracing.report import saying
from havre.apps.tracing.report.quality import Step
from havre.apps.tracing.report.saying import WORDS
from havre.core.charts import Column, Ink, Plot, Row
from havre.core.charts.lazy import lazily
from havre.core.charts.plot import ROWS
from havre.core.ui import telling
from havre.engines.linkage.pairs import Bits
from havre.words import Language

if TYPE_CHECKING:
    import altair as alt
else:
    alt = lazily("altair")

LABELS, BARS, NUMBERS = 84, 150, 52
"""Widths in pixels: with them a picture fits a phone, and 400 % zoom, at the size of its text."""


@cache
def band_plot(language: Language) -> Plot:
    """Rows of ``label, pairs``: a bar for each."""
    base = alt.Chart(alt.NamedData(ROWS), width=BARS, height=alt.Step(26)).encode(y=_labels())
    bars = base.mark_bar(height=16, fill=Ink.ACCENT.mark).encode(x=alt.X("pairs:Q", axis=None))
    counts = base.mark_text(align="left", dx=5).encode(x=alt.X("pairs:Q", axis=None), text="written:N")
    return Plot(
        bars + counts,
        [
            Column("label", WORDS.say(language, "column_band")),
            Column("written", WORDS.say(language, "column_pairs"), is_number=True),
        ],
    )


def band_rows(counts: Iterable[tuple[str, int]], language: Language) -> list[Row]:
    """Rows for ``band_plot``."""
    return [{"label": label, "pairs": n, "written": telling.number(n, language)} for label, n in counts]


STEP = 5
"""Bits: the scale of a picture of evidence ends at a multiple of it, so that few scales serve all pairs."""


def evidence_plot(language: Language, of_all: Sequence[Bits]) -> Plot:
    """Rows of ``evidence_rows``: each part begins where the one before ended; the last bar is the sum.

    All pairs of ``of_all`` share one scale, so that their pictures may be compared.
    """
    reached = [bits for one in of_all for bits in accumulate(one.parts().values())]
    low, high = floor(min([-1.0, *reached]) / STEP), ceil(max([1.0, *reached]) / STEP)
    return _evidence_plot(language, low * STEP, high * STEP)


@lru_cache(maxsize=64)
def _evidence_plot(language: Language, low: int, high: int) -> Plot:
    scale = alt.Scale(domain=[low, high], nice=False)
    base = alt.Chart(alt.NamedData(ROWS), width=BARS, height=alt.Step(19)).encode(y=_labels())
    colour = alt.Color(
        "side:N",
        legend=None,
        scale=alt.Scale(
            domain=["for", "against", "given"], range=[Ink.ACCENT.mark, Ink.AGAINST.mark, Ink.GIVEN.mark]
        ),
    )
    bars = base.mark_bar(height=11).encode(
        x=alt.X("start:Q", axis=None, scale=scale), x2="end:Q", color=colour
    )
    even = alt.Chart(alt.InlineData(values=[{"even": 0}])).mark_rule(stroke=Ink.QUIET.mark, strokeDash=[3, 3])
    numbers = base.mark_text(align="right").encode(x=alt.value(BARS + NUMBERS), text="written:N")
    return Plot(
        even.encode(x=alt.X("even:Q", axis=None, scale=scale)) + bars + numbers,
        [
            Column("label", WORDS.say(language, "column_part")),
            Column("written", WORDS.say(language, "column_bits"), is_number=True),
        ],
    )


def evidence_rows(bits: Bits, language: Language) -> list[Row]:
    """A row for each part of the evidence and one for the sum, with where its bar starts and ends."""
    rows: list[Row] = []
    reached = 0.0
    for part, value in bits.parts().items():
        side = "given" if part == "prior" else "for" if value > 0 else "against"
        rows.append(_evidence_row(part, reached, reached + value, side, language))
        reached += value
    rows.append(_evidence_row("sum", 0.0, reached, "for" if reached > 0 else "against", language))
    return rows


@cache
def calibration_plot(language: Language) -> Plot:
    """Rows of ``calibration_rows``: what was said across, what was right upwards; on the line they agree."""
    base = alt.Chart(alt.NamedData(ROWS), width=210, height=190)
    shares = alt.Scale(domain=[0, 1], nice=False)
    said = alt.X("said:Q", scale=shares, title=WORDS.say(language, "axis_said"), axis=_shares(language, 18))
    low = alt.Y("low:Q", scale=shares, title=WORDS.say(language, "axis_right"), axis=_shares(language, 40))
    ends = alt.InlineData(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])
    line = alt.Chart(ends).mark_line(stroke=Ink.QUIET.mark, strokeDash=[4, 4], strokeWidth=1)
    return Plot(
        line.encode(x=alt.X("x:Q", scale=shares), y=alt.Y("y:Q", scale=shares))
        + base.mark_rule(stroke=Ink.ACCENT.mark, strokeWidth=1.5).encode(x=said, y=low, y2="high:Q")
        + base.mark_circle(size=44, fill=Ink.ACCENT.mark, opacity=1).encode(x=said, y="seen:Q"),
        [
            Column("label", WORDS.say(language, "column_said")),
            Column("written_pairs", WORDS.say(language, "column_pairs"), is_number=True),
            Column("written_right", WORDS.say(language, "column_right"), is_number=True),
            Column("written_said", WORDS.say(language, "column_mean_said"), is_number=True),
            Column("written_seen", WORDS.say(language, "column_seen"), is_number=True),
        ],
    )


def calibration_rows(steps: Iterable[Step], language: Language) -> list[Row]:
    """Rows for ``calibration_plot``."""
    return [
        {
            "label": f"{telling.share(step.earliest, language)} – {telling.share(step.latest, language)}",
            "said": step.said,
            "seen": step.seen,
            "low": step.low,
            "high": step.high,
            "written_pairs": telling.number(step.pairs, language),
            "written_right": telling.number(step.right, language),
            "written_said": telling.share(step.said, language),
            "written_seen": f"{telling.share(step.seen, language)} "
            f"({telling.share(step.low, language)} – {telling.share(step.high, language)})",
        }
        for step in steps
    ]


def _shares(language: Language, extent: int) -> alt.Axis:
    """An axis in percent that takes ``extent`` pixels: the same layout whatever fonts there are."""
    unit = telling.share(1, language).removeprefix("100")
    return alt.Axis(
        values=[0, 0.25, 0.5, 0.75, 1],
        labelExpr=f"format(datum.value * 100, '.0f') + '{unit}'",
        gridDash=[2, 3],
        minExtent=extent,
        maxExtent=extent,
    )


def _labels() -> alt.Y:
    """Row names in a column of fixed width: the same layout on every machine, whatever fonts it has."""
    axis = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        minExtent=LABELS,
        maxExtent=LABELS,
        labelPadding=LABELS - 2,
        labelAlign="left",
    )
    return alt.Y("label:N", sort=None, axis=axis)


def _evidence_row(part: str, start: float, end: float, side: str, language: Language) -> Row:
    return {
        "label": WORDS.say(language, f"part_{part}"),
        "start": round(start, 2),
        "end": round(end, 2),
        "side": side,
        "written": saying.bits(end - start, language),
    }
