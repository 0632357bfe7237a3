# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remarks on a list, kept so that they can be told in either language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from havre.apps.registry.actions.importing.reading import LINKS, PEOPLE
from havre.apps.registry.enums import ImportState
from havre.apps.registry.models import ListImport
from havre.core.exchange import Place, Reading, Remark, UnreadableList
from havre.core.exchange.remarks import WORDS
from havre.core.exchange.vocabulary import Country, countries
from havre.engines.linkage.relations import Relation, relations
from havre.words import Language

MOST = 1000
"""Remarks that are kept; all of them stand in the file of refused lines."""


def kept_remarks(reading: Reading, listed: ListImport, folder: Path) -> list[dict[str, Any]]:
    """The first remarks as JSON, faults before notes; ``folder`` is where the list lay and is not told."""
    ordered = sorted(reading.remarks, key=lambda remark: remark.note)[:MOST]
    named = _Names(listed, folder)
    return [
        {
            "file": named.shown(remark.place.file),
            "sheet": remark.place.sheet,
            "line": remark.place.line,
            "column": remark.place.column,
            "key": remark.key,
            "values": named.values(remark.values),
            "note": remark.note,
        }
        for remark in ordered
    ]


def kept_refusal(error: UnreadableList, listed: ListImport, folder: Path) -> list[dict[str, Any]]:
    """Why nothing of the list could be read, as JSON."""
    return [{"key": error.key, "values": _Names(listed, folder).values(error.values)}]


def said_remarks(listed: ListImport, language: Language) -> list[str]:
    """Each remark in one sentence: place, what is wrong, what would be right."""
    if listed.state == ImportState.FAILED:
        return [WORDS.say(language, each["key"], **_understood(each["values"])) for each in listed.remarks]
    return [_remark(each).say(language) for each in listed.remarks]


def _remark(kept: Mapping[str, Any]) -> Remark:
    place = Place(kept["file"], kept["sheet"], kept["line"], kept["column"])
    return Remark(place, kept["key"], _understood(kept["values"]), note=kept["note"])


def _understood(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}


def _value(kept: Any) -> Any:
    if isinstance(kept, dict) and "relation" in kept:
        return relations()[kept["relation"]]
    if isinstance(kept, dict):
        return next(country for country in countries() if country.alpha_3 == kept["country"])
    return kept


class _Names:
    """Files under the names that they were handed in with."""

    def __init__(self, listed: ListImport, folder: Path) -> None:
        self._folder = f"{folder}/"
        self._names = {}
        if listed.file is not None and listed.links_file is not None:
            self._names = {PEOPLE: listed.file.name, LINKS: listed.links_file.name}

    def shown(self, text: str) -> str:
        """A text of the reader, without the folder and with the names of the files."""
        plain = text.replace(self._folder, "")
        return self._names.get(plain, plain)

    def values(self, values: Mapping[str, object]) -> dict[str, Any]:
        """Values as JSON holds them."""
        return {name: self._value(value) for name, value in values.items()}

    def _value(self, value: object) -> Any:
        if isinstance(value, Country):
            return {"country": value.alpha_3}
        if isinstance(value, Relation):
            return {"relation": value.key}
        if value is None or isinstance(value, (bool, int, float)):
            return value
        return self.shown(str(value))
