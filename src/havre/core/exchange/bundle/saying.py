# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the shape says of itself: the JSON Schema of ``case.json``, and the tables of the manual."""

import types
from datetime import date
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from havre.core.exchange.bundle import shape
from havre.words import Language, Words

WORDS = Words("havre.core.exchange.bundle")
PAGES = {Language.ENGLISH: "bundle.md", Language.FRENCH: "bundle.fr.md"}
BEGIN, END = "<!-- table: bundle -->", "<!-- end of table -->"
ADDRESS = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[Any, str] = {
    str: "text",
    int: "number",
    bool: "bool",
    date: "day",
    UUID: "id",
}


def parts() -> dict[str, type[BaseModel]]:
    """Every object of the bundle by name, what holds others before what it holds."""
    found = (each for each in reversed(vars(shape).values()) if isinstance(each, type))
    return {each.__name__: each for each in found if issubclass(each, shape.Part) and each is not shape.Part}


def told(part: str, field: str, language: Language) -> str:
    """What a field is, in words."""
    own = f"field_{part.lower()}_{field}"
    return WORDS.say(language, own if own in WORDS else f"of_any_{field}")


def schema() -> dict[str, Any]:
    """The JSON Schema of ``case.json``, each field described in both languages."""
    made = shape.CaseFile.model_json_schema(mode="serialization")
    for name, said in [("CaseFile", made), *made["$defs"].items()]:
        said.pop("description", None)
        for field, of in said.get("properties", {}).items():
            of.pop("title", None)
            of["description"] = " / ".join(told(name, field, each) for each in Language)
    return {"$schema": ADDRESS, **made}


def tables(language: Language) -> dict[str, str]:
    """Each object as a table of its fields in Markdown: name, type, what it is."""
    heads = [WORDS.say(language, f"head_{name}") for name in ("field", "type", "what")]
    return {name: _table(heads, _rows(name, part, language)) for name, part in parts().items()}


def page(said: str, language: Language) -> str:
    """A page of the manual as ``said``, with the objects and their fields at its end as they are today."""
    begin = said.index(BEGIN) if BEGIN in said else len(said)
    found = "".join(f"### {name}\n\n{table}\n" for name, table in tables(language).items())
    return f"{said[:begin]}{BEGIN}\n\n{found}{END}\n"


def update_pages(folder: Path) -> None:
    """Brings the pages in ``folder`` up to date."""
    for language, name in PAGES.items():
        path = folder / name
        path.write_text(page(path.read_text("utf-8"), language), "utf-8")


def _rows(name: str, part: type[BaseModel], language: Language) -> list[list[str]]:
    return [
        [f"`{field}`", _typed(said.annotation, language), told(name, field, language)]
        for field, said in part.model_fields.items()
    ]


def _typed(kind: Any, language: Language) -> str:
    """A type in words: "text", "list of Event", "day or nothing"."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        some = next(each for each in inner if each is not type(None))
        return WORDS.say(language, "type_or_nothing", type=_typed(some, language))
    if origin is tuple and Ellipsis not in inner:
        return WORDS.say(language, "type_two", type=_typed(inner[0], language))
    if origin is tuple:
        return WORDS.say(language, "type_list", type=_typed(inner[0], language))
    if origin is Literal:
        return f"`{inner[0]}`"
    if hasattr(kind, "__metadata__"):
        return _typed(inner[0], language)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    plain = _PLAIN.get(kind, "moment")  # pydantic's AwareDatetime is no datetime
    return WORDS.say(language, f"type_{plain}")


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
