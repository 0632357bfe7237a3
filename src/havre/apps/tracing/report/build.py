# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From pairs and lists to one self-contained HTML file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from havre.apps.tracing.report.contents import Contents, contents_of
from havre.apps.tracing.report.plots import (
    band_plot,
    band_rows,
    calibration_plot,
    calibration_rows,
)
from havre.apps.tracing.report.quality import Quality, Truth, judge
from havre.apps.tracing.report.saying import WORDS
from havre.core.charts import Figure
from havre.core.ui import telling
from havre.core.ui.fonts import embed
from havre.engines.linkage.pairs import Band, Pair
from havre.engines.linkage.records import ShoreList
from havre.words import Language

MOST: Mapping[Band, int] = MappingProxyType({Band.STRONG: 40, Band.LIKELY: 60, Band.DOUBTFUL: 50})
"""How many pairs of a band are shown as cards; the others are counted, and stand in the spreadsheet."""


def _silently(*_: object) -> None:
    """The default for callers who want to hear nothing."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the whole page shares."""

    language: Language
    pairs_file: str

    def say(self, key: str, /, **values: object) -> str:
        return WORDS.say(self.language, key, **{"file": self.pairs_file, **values})


def build_report(
    pairs: Sequence[Pair],
    a: ShoreList,
    b: ShoreList,
    *,
    language: Language,
    label_a: str,
    label_b: str,
    made_on: date,
    title: str = "",
    truth: Truth | None = None,
    countries: Mapping[str, str] = MappingProxyType({}),
    pairs_file: str = "pairs.xlsx",
    most: Mapping[Band, int] = MOST,
    tell: Callable[[str], None] = _silently,
    progress: Callable[[int, int], None] = _silently,
) -> str:
    """The report as HTML that asks nothing of the network and runs no script.

    ``label_a`` and ``label_b`` name the lists ("France", "Britain"); ``countries`` gives the names of nationality
    codes in ``language``; ``pairs_file`` is the file in which all pairs stand. ``tell`` hears one sentence in
    ``language`` when a font is not installed, ``progress`` the cards done and the cards to do. The same input gives
    the same text.
    """
    page = _Page(language, pairs_file)
    contents = contents_of(pairs, a, b, language, countries, most, progress)
    quality = judge(pairs, truth) if truth is not None else None
    html = (
        _environment(page)
        .get_template("report/report.html.jinja")
        .render(
            language=language.value,
            title=title or page.say("title", a=label_a, b=label_b),
            label_a=label_a,
            label_b=label_b,
            list_a=a,
            list_b=b,
            made_on=telling.day(made_on, language),
            contents=contents,
            bands=_bands_figure(contents, page),
            quality=quality,
            calibration=_calibration_figure(quality, page) if quality else None,
            Band=Band,
        )
    )
    html = _INDENT.sub("\n", html)
    embedded = embed(html)
    if embedded.missing:
        tell(page.say("fonts_missing", files=", ".join(embedded.missing)))
    return html.replace(FONTS_GO_HERE, embedded.css, 1)


FONTS_GO_HERE = "/* fonts */"
"""Stands in the style sheet of the template, before anything that a list may say."""


_INDENT = re.compile(r"\s*\n\s*")
"""Line breaks with what stands around them: in thousands of rows the template's indents are a third of the file."""


def _environment(page: _Page) -> Environment:
    loader = PrefixLoader(
        {
            "report": PackageLoader(__package__, "templates"),
            "ui": PackageLoader("havre.core.ui", "templates/ui"),
        }
    )
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "say": page.say,
        "number": partial(telling.number, language=page.language),
        "share": partial(telling.share, language=page.language),
        "decimal": partial(telling.decimal, language=page.language),
        "Markup": Markup,
    }
    return environment


def _bands_figure(contents: Contents, page: _Page) -> Figure:
    counts = {band: contents.counts[band] for band in (Band.STRONG, Band.LIKELY, Band.DOUBTFUL)}
    rows = band_rows([(page.say(f"band_{band}"), n) for band, n in counts.items()], page.language)
    told = {band.value: telling.number(n, page.language) for band, n in counts.items()}
    return band_plot(page.language).figure(
        rows,
        ident="bands",
        title=page.say("bands_title"),
        description=page.say("bands_description", **told),
    )


def _calibration_figure(quality: Quality, page: _Page) -> Figure:
    return calibration_plot(page.language).figure(
        calibration_rows(quality.steps, page.language),
        ident="calibration",
        title=page.say("calibration_title"),
        description=page.say("calibration_description"),
    )
