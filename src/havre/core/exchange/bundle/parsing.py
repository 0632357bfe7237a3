# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A JSON file of a bundle, read strictly: what is wrong is told by place and kind, never by its value."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from havre.core.exchange.bundle.shape import VERSION
from havre.core.exchange.remarks import shortened

Part = TypeVar("Part", bound=BaseModel)
_KINDS = (
    ("missing", "lacks"),
    ("extra_forbidden", "unknown_field"),
    ("literal_error", "one_of"),
    ("datetime", "no_moment"),
    ("timezone", "no_moment"),
    ("date", "no_day"),
    ("uuid", "no_id"),
    ("string_type", "no_text"),
    ("string_pattern", "no_such_text"),
    ("string_too_long", "no_such_text"),
    ("bool", "no_bool"),
    ("int", "no_number"),
    ("greater_than", "no_number"),
    ("tuple", "no_list"),
    ("too_short", "no_list"),
    ("too_long", "no_list"),
    ("model", "no_object"),
)
"""How the kinds of pydantic's errors begin, and what we call them."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that is wrong in a file: what, and where."""

    key: str
    place: str = ""
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class Bad(Exception):
    """A file that is not what it should be."""

    def __init__(self, *slips: Slip) -> None:
        super().__init__(len(slips))
        self.slips = slips


def parsed(content: bytes, shape: type[Part], called: str) -> Part:
    """``content`` as ``shape``; Bad with everything that is wrong. ``called`` is the format that it has to name."""
    data = _json(content)
    if isinstance(data, dict) and data.get("format") == called and data.get("version") != VERSION:
        raise Bad(Slip("version", "version", {"known": VERSION}))
    try:
        return shape.model_validate_json(content, strict=True)
    except ValidationError as error:
        raise Bad(*(_slip(each) for each in error.errors(include_url=False, include_input=False))) from None


def _json(content: bytes) -> Any:
    """The data; Bad where it is no UTF-8, no JSON, or says one thing twice, of which readers keep either."""
    try:
        return json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_constant=lambda _: _no_number()
        )
    except UnicodeDecodeError:
        raise Bad(Slip("not_utf8")) from None
    except json.JSONDecodeError as error:
        raise Bad(Slip("not_json", values={"line": error.lineno, "column": error.colno})) from None
    except (ValueError, RecursionError):
        raise Bad(Slip("not_json", values={"line": 1, "column": 1})) from None


def _no_number() -> NoReturn:
    raise Bad(Slip("no_number"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Bad(Slip("twice_said", shortened(next(each for each in names if names.count(each) > 1))))
    return found


def _slip(error: ErrorDetails) -> Slip:
    kind = error["type"]
    key = next((ours for begins, ours in _KINDS if kind.startswith(begins)), "wrong")
    values = {"expected": error["ctx"]["expected"]} if key == "one_of" else {}
    return Slip(key, _place(error["loc"]), values)


def _place(loc: tuple[int | str, ...]) -> str:
    said = ""
    for step in loc:
        said += f"[{step}]" if isinstance(step, int) else f".{shortened(step)}"
    return said.removeprefix(".")
