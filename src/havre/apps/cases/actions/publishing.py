# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Overdue deadlines as a figure that anybody may be shown: with its day, its definition, its rules and their sources.

Small counts are hidden, and whatever would give them away. That it left the house is on record.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from havre.apps.cases.enums import WORDS
from havre.apps.cases.policies import READ_CASES
from havre.apps.cases.queries.overdue import (
    Published,
    children_late,
    cite_said,
    overdue_on,
    own_days,
    published,
    sources_of,
    sureness_said,
    what_said,
    who_said,
)
from havre.core.access import check
from havre.core.audit import record
from havre.core.charts.hiding import LEAST
from havre.core.clock import today
from havre.core.exchange.writing.workbook_out import new_workbook, titled_sheet, write_rows
from havre.words import Language

FORM = 1
"""Of the JSON: it counts up when a key changes its meaning."""


def overdue_json() -> bytes:
    """The figure for programs, in both languages: UTF-8, days as ISO 8601 writes them, null for what is hidden."""
    actor = check(READ_CASES)
    figure = _figure("json")
    said: dict[str, Any] = {
        "figure": "overdue-deadlines",
        "form": FORM,
        "as_of": today().isoformat(),
        "said_by": actor.organisation,
        "unit": "deadlines",
        "definition": _both("figure_definition"),
        "hidden": {"value": None, "least_shown": LEAST, "why": _both("figure_hidden", least=LEAST)},
        "all": figure.all,
        "by_authority": [
            {"authority": who, "name": _names(who), "deadlines": n} for who, n in figure.by_authority
        ],
        "lines": [{"authority": who, "rule": rule, "deadlines": n} for who, rule, n in figure.lines],
        "rules": {rule: _rule(rule) for rule in sorted({rule for _, rule, _ in figure.lines})},
    }
    return json.dumps(said, ensure_ascii=False, indent=2).encode()


def overdue_workbook(language: Language) -> bytes:
    """The same as an .xlsx: the counts on one sheet, what they mean and from where on another."""
    actor = check(READ_CASES)
    figure = _figure("xlsx")
    with TemporaryDirectory(prefix="havre-") as folder:
        path = Path(folder) / "figure.xlsx"
        with new_workbook(path, language=language) as workbook:
            titles = [
                WORDS.say(language, f"figure_{name}") for name in ("who", "what", "article", "deadlines")
            ]
            sheet = titled_sheet(workbook, WORDS.say(language, "figure_sheet"), titles, {1: 50, 2: 40})
            write_rows(sheet, _counts(figure, language))
            meant = [WORDS.say(language, f"figure_{name}") for name in ("about", "told")]
            about = titled_sheet(workbook, WORDS.say(language, "figure_about"), meant, {0: 30, 1: 90})
            write_rows(about, _about(figure, actor.organisation, language))
        return path.read_bytes()


def _figure(kind: str) -> Published:
    figure = published(overdue_on(today()), children_late(today()))
    record("export", table="cases_clock", rows=len(figure.lines), format=kind)
    return figure


def _counts(figure: Published, language: Language) -> list[list[str | float]]:
    hidden = WORDS.say(language, "figure_hidden_cell")
    total = WORDS.say(language, "figure_total")
    lines: list[list[str | float]] = [
        [
            who_said(who, language),
            what_said(rule, language),
            cite_said(rule, language),
            hidden if n is None else n,
        ]
        for who, rule, n in figure.lines
    ]
    lines += [
        [who_said(who, language), total, "", hidden if n is None else n] for who, n in figure.by_authority
    ]
    return [*lines, [total, "", "", hidden if figure.all is None else figure.all]]


def _about(figure: Published, organisation: str, language: Language) -> list[list[str | float]]:
    """What is counted, on which day, by whom; then each rule with its sureness and its sources."""
    told: list[list[str | float]] = [
        [WORDS.say(language, "figure_as_of"), today().isoformat()],
        [WORDS.say(language, "figure_said_by"), organisation],
        [WORDS.say(language, "figure_counts"), WORDS.say(language, "figure_definition")],
        [WORDS.say(language, "figure_hides"), WORDS.say(language, "figure_hidden", least=LEAST)],
    ]
    for rule in sorted({rule for _, rule, _ in figure.lines}):
        where = "; ".join(f"{name.say(language)} <{url}>" for name, url in sources_of(rule))
        parts = (what_said(rule, language), sureness_said(rule, language), own_days().get(rule, ""), where)
        told.append([cite_said(rule, language), " · ".join(part for part in parts if part)])
    return told


def _both(key: str, **values: object) -> dict[str, str]:
    return {language.value: WORDS.say(language, key, **values) for language in Language}


def _names(who: str) -> dict[str, str]:
    return {language.value: who_said(who, language) for language in Language}


def _rule(rule: str) -> dict[str, Any]:
    return {
        **{
            name: {language.value: said(rule, language) for language in Language}
            for name, said in (("what", what_said), ("article", cite_said), ("sureness", sureness_said))
        },
        "sources": [
            {"name": {"en": name.en, "fr": name.fr}, "address": url} for name, url in sources_of(rule)
        ],
    }
