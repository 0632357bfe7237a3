# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A policy as somebody wrote it, in TOML: what it says, and on which line something in it is wrong."""

import re
import tomllib
from collections.abc import Callable
from typing import Any, TypeVar

from havre.engines.placement.remarks import Remark, Source

_P = TypeVar("_P")


class PolicyText:
    """One policy; whatever is wrong is kept in ``remarks``."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.data: dict[str, Any] = {}
        self.remarks: list[Remark] = []
        try:
            self.data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else text.count("\n") + 1
            self.remarks.append(Remark(Source.POLICY, line, "", "toml"))

    def read(self, policy: Callable[[], _P]) -> tuple[_P | None, list[Remark]]:
        """What ``policy`` makes of it, or None and what is wrong; it is not asked where the text is no TOML."""
        made = None if self.remarks else policy()
        return (None, self.remarks) if self.remarks else (made, [])

    def wrong(self, table: str, key: str, problem: str, **values: object) -> None:
        """Keeps a remark."""
        name = f"{table}.{key}".strip(".")
        self.remarks.append(Remark(Source.POLICY, self.line(table, key), name, problem, values))

    def line(self, table: str, key: str) -> int:
        """The line of the key under the header of the table; else that of the header; else 1."""
        current, found = "", 1
        for number, line in enumerate(self.lines, 1):
            bare = line.split("#")[0].strip()
            if bare.startswith("["):
                current = bare.strip("[] ")
                found = number if current in (table, f"{table}.{key}".strip(".")) else found
            elif current == table and re.match(rf"""["']?{re.escape(key)}["']?\s*[=.]""", bare):
                return number
        return found
