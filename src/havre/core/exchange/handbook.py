# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The published vocabularies as tables: for the help sheet of the template, and for the pages of the manual.

``python -m havre.core.exchange docs/reference`` brings the pages up to date.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from havre.core.exchange.remarks import WORDS
from havre.core.exchange.vocabulary import Term, calendar_terms, countries, sexes, shape, unsaid_terms
from havre.core.exchange.vocabulary.columns import SHEETS, TABLES, TableName
from havre.core.exchange.vocabulary.terms import NOTHING, UNREAD_CALENDAR
from havre.engines.linkage.relations import relations
from havre.words import Language

_BLOCK = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
PAGES = {Language.ENGLISH: "lists.md", Language.FRENCH: "lists.fr.md"}


@dataclass(frozen=True, slots=True)
class HelpTable:
    """A table of a vocabulary: its title, the names of its columns, its rows."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def help_tables(language: Language) -> tuple[HelpTable, ...]:
    """All vocabularies of a list, in the order in which somebody who fills one asks for them."""
    return (
        _columns(language, "columns", TABLES),
        _terms("unsaid", unsaid_terms(), language),
        _terms("sexes", sexes(), language),
        _relations(language),
        _terms("calendars", calendar_terms(), language),
        _countries(language),
    )


def columns_table(table: TableName, language: Language) -> HelpTable:
    """The columns of a sheet of one table."""
    return _columns(language, table, (table,))


def _said(language: Language, *keys: str) -> tuple[str, ...]:
    return tuple(WORDS.say(language, key) for key in keys)


def _table(key: str, language: Language, head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> HelpTable:
    return HelpTable(key, WORDS.say(language, f"title_{key}"), _said(language, *head), tuple(rows))


def _both(language: Language, en: str, fr: str) -> tuple[str, str]:
    return (fr, en) if language is Language.FRENCH else (en, fr)


def _heads(language: Language) -> tuple[str, str]:
    return _both(language, "head_english", "head_french")


def _columns(language: Language, key: str, tables: Iterable[TableName]) -> HelpTable:
    rows = (
        (
            shape(table).title(language),
            *_both(language, column.en, column.fr),
            column.help(language),
            ", ".join(column.aliases),
        )
        for table in tables
        for column in shape(table).columns
    )
    return _table(
        key,
        language,
        ("head_table", "head_column", _heads(language)[1], "head_help", "head_also"),
        rows,
    )


def _terms(key: str, terms: Iterable[Term], language: Language) -> HelpTable:
    def label(term: Term, name: str) -> str:
        unread = term.key == UNREAD_CALENDAR
        return WORDS.say(language, "unread_calendar", name=name) if unread else name

    rows = (
        (*(label(term, name) for name in _both(language, term.en, term.fr)), ", ".join(term.aliases))
        for term in terms
        if term.key != NOTHING
    )
    return _table(key, language, (*_heads(language), "head_also"), rows)


def _relations(language: Language) -> HelpTable:
    rows = (
        (*_both(language, relation.en, relation.fr), ", ".join(relation.aliases))
        for relation in relations().values()
    )
    return _table("relations", language, (*_heads(language), "head_also"), rows)


def _countries(language: Language) -> HelpTable:
    rows = sorted(
        (
            *_both(language, country.en, country.fr),
            country.alpha_2,
            country.alpha_3,
            ", ".join(country.aliases),
        )
        for country in countries()
    )
    head = (*_heads(language), "head_code_2", "head_code_3", "head_also")
    return _table("countries", language, head, rows)


def markdown(table: HelpTable) -> str:
    """The table as Markdown."""

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"

    return line(table.head) + line("---" for _ in table.head) + "".join(map(line, table.rows))


def with_tables(page: str, language: Language) -> str:
    """``page`` with what stands between ``<!-- table: KEY -->`` and ``<!-- end of table -->`` as it is today."""
    published = (*help_tables(language), *(columns_table(table, language) for table in SHEETS))
    tables = {table.key: f"\n{markdown(table)}\n" for table in published}
    return _BLOCK.sub(lambda block: block[1] + tables[block[2]] + block[3], page)


def update_pages(folder: Path) -> None:
    """Brings the tables of the pages in ``folder`` up to date."""
    for language, name in PAGES.items():
        page = folder / name
        page.write_text(with_tables(page.read_text("utf-8"), language), "utf-8")
