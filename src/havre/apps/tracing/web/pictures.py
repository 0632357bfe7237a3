# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures on the screens: those of the report, so that a pair looks the same wherever it is seen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from math import ceil, floor

from markupsafe import Markup

from havre.apps.tracing.queries import ReasonSaid
from havre.apps.tracing.report import saying
from havre.apps.tracing.report.plots import band_plot, band_rows, evidence_plot, evidence_rows
from havre.apps.tracing.web.words import WORDS
from havre.core.charts import Column, Figure
from havre.core.ui.scripts import sentence
from havre.engines.linkage import Band, Bits
from havre.words import Language

STEP = 10
"""Bits to which the ends of a scale are rounded: pictures of several pairs may be compared, and are drawn sooner."""


def evidence_figure(bits: Bits, reasons: Sequence[ReasonSaid], language: Language) -> Figure:
    """What the evidence of a pair adds up to, part by part; its table says why."""
    drawn = evidence_plot(language, _scale(bits)).figure(
        evidence_rows(bits, language),
        ident="evidence",
        title=WORDS.say(language, "evidence_title"),
        description=WORDS.say(language, "evidence_description", bits=saying.bits(bits.total, language)),
    )
    whys = [*(_why(part, reasons) for part in bits.parts()), ""]
    return replace(
        drawn,
        columns=(*drawn.columns, Column("why", WORDS.say(language, "column_why"))),
        rows=tuple((*row, why) for row, why in zip(drawn.rows, whys, strict=True)),
    )


def bands_figure(counts: Mapping[str, int], language: Language) -> Figure:
    """How many pairs a run proposed in each band."""
    said = [(WORDS.say(language, f"band_{band.value}"), counts.get(band.value, 0)) for band in Band]
    return band_plot(language).figure(
        band_rows(said, language),
        ident="bands",
        title=WORDS.say(language, "bands_title"),
        description=WORDS.say(language, "bands_description"),
    )


def _why(part: str, reasons: Sequence[ReasonSaid]) -> Markup:
    """The reasons of a part, strongest first; what weighs nothing is not repeated here."""
    told = (sentence(reason.text) for reason in reasons if reason.part == part and reason.bits)
    return Markup(" · ").join(told)


def _scale(bits: Bits) -> list[Bits]:
    """Evidence that reaches from one end of the scale to the other."""
    reached = [0.0, *accumulate(bits.parts().values())]
    low, high = floor(min(reached) / STEP) * STEP, ceil(max(reached) / STEP) * STEP
    return [Bits(prior=low, names=high - low)]
