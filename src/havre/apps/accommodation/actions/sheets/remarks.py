# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remarks on a sheet, kept so that they can be told in either language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from havre.apps.accommodation.actions.refusing import WORDS as OURS
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.enums import SheetState
from havre.apps.accommodation.models import Sheet
from havre.core.exchange import Place, Remark, UnreadableList
from havre.core.exchange.remarks import WORDS as READERS
from havre.words import Language


def of_reader(remark: Remark) -> dict[str, Any]:
    """A remark of the reader as JSON."""
    place = remark.place
    return {
        "sheet": place.sheet,
        "line": place.line,
        "column": place.column,
        "key": remark.key,
        "values": {name: _plain(value) for name, value in remark.values.items()},
        "note": remark.note,
    }


def of_refusal(line: int, refused: Refused) -> dict[str, Any]:
    """Why a line cannot be written, as JSON."""
    values = {name: _plain(value) for name, value in refused.values.items()}
    return {"line": line, "ours": True, "key": refused.key, "values": values, "note": False}


def of_whole(error: UnreadableList, folder: Path) -> dict[str, Any]:
    """Why nothing of a sheet can be read, as JSON; ``folder`` is where it lay and is not told."""
    values = {name: _plain(value) for name, value in error.values.items()}
    plain = {
        name: value.replace(f"{folder}/", "") if isinstance(value, str) else value
        for name, value in values.items()
    }
    return {"key": error.key, "values": plain}


def _plain(value: object) -> str | int | float | None:
    return value if value is None or isinstance(value, int | float) else str(value)


def said_remarks(sheet: Sheet, language: Language) -> list[str]:
    """Each remark in one sentence: place, what is wrong, what would be right."""
    if sheet.state == SheetState.FAILED:
        return [READERS.say(language, each["key"], **each["values"]) for each in sheet.remarks]
    return [_sentence(sheet, each, language) for each in sheet.remarks]


def said_reason(kept: Mapping[str, Any], language: Language) -> str:
    """What is wrong, without the place but for the column."""
    if kept.get("ours"):
        return OURS.say(language, kept["key"], **kept["values"])
    reason = READERS.say(language, kept["key"], **kept["values"])
    return f"{kept['column']}: {reason}" if kept["column"] else reason


def _sentence(sheet: Sheet, kept: Mapping[str, Any], language: Language) -> str:
    place = Place(sheet.name, kept.get("sheet", ""), kept["line"], kept.get("column", ""))
    if kept.get("ours"):
        reason = OURS.say(language, kept["key"], **kept["values"])
        return READERS.say(language, "remark", place=place.say(language), reason=reason)
    return Remark(place, kept["key"], kept["values"]).say(language)
