# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a list: two tables and their columns; and that of sheets of one table (``columns.toml``)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from havre.core.exchange.vocabulary.folding import fold
from havre.words import Language

TableName = Literal["people", "links", "answers", "centres", "parties"]
TABLES: tuple[TableName, ...] = ("people", "links")
"""Of a list; a sheet of one table is none."""
SHEETS: tuple[TableName, ...] = ("answers", "centres", "parties")
"""That stand alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key (the field it fills), its names and what belongs there."""

    key: str
    en: str
    fr: str
    aliases: tuple[str, ...]
    required: bool
    help_en: str
    help_fr: str
    hxl: str = ""
    """Its tag of the Humanitarian Exchange Language."""

    def title(self, language: Language) -> str:
        """The name of the column as Havre writes it."""
        return self.fr if language is Language.FRENCH else self.en

    def help(self, language: Language) -> str:
        """What belongs into the column."""
        return self.help_fr if language is Language.FRENCH else self.help_en


@dataclass(frozen=True, slots=True)
class TableShape:
    """One of the two tables of a list, or a sheet of one table."""

    key: TableName
    en: str
    fr: str
    aliases: tuple[str, ...]
    columns: tuple[Column, ...]
    ignored: frozenset[str]
    """Folded names of columns that are passed over in silence."""

    def title(self, language: Language) -> str:
        """The name of the file (without its ending) or sheet as Havre writes it."""
        return self.fr if language is Language.FRENCH else self.en

    def is_named(self, name: str) -> bool:
        """Whether a file or sheet of this name holds this table."""
        return fold(name) in {fold(known) for known in (self.key, self.en, self.fr, *self.aliases)}

    def key_of(self, header: str) -> str:
        """The key of the column that a header names, or ``""``."""
        return _headers(self.key).get(fold(header), "")


@cache
def shape(table: TableName) -> TableShape:
    """The shape of a table."""
    data = tomllib.loads((files(__package__) / "columns.toml").read_text("utf-8"))
    entry = data[table]
    return TableShape(
        key=table,
        en=entry["en"],
        fr=entry["fr"],
        aliases=tuple(entry["aliases"]),
        columns=tuple(_column(key, column, data) for key, column in entry["columns"].items()),
        ignored=frozenset(fold(name) for name in entry["ignored"]),
    )


def _column(key: str, entry: dict[str, Any], data: dict[str, Any]) -> Column:
    full = {**data[entry["like"]]["columns"][key], **entry} if "like" in entry else entry
    return Column(
        key=key,
        en=full["en"],
        fr=full["fr"],
        aliases=tuple(full["aliases"]),
        required=full.get("required", False),
        help_en=full["help_en"],
        help_fr=full["help_fr"],
        hxl=full.get("hxl", ""),
    )


@cache
def _headers(table: TableName) -> dict[str, str]:
    return {
        fold(name): column.key
        for column in shape(table).columns
        for name in (column.key, column.en, column.fr, *column.aliases)
    }
