# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file of facts for ``havre routes``: TOML in, facts and events out; what is wrong is told with line and remedy.

What somebody wrote is never repeated in an error: it may be a name.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from havre.conf.console import CommandError, say, why
from havre.engines.pathways import BadFact, Event, Facts, Shore, noon_of, read_facts, rulebook

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""Days outside are slips of the pen."""
_KEYS = ("facts", "events", "requesting", "route")


@dataclass(frozen=True, slots=True)
class FactsFile:
    """What a file of facts says."""

    facts: Facts
    events: tuple[Event, ...]
    requesting: Shore
    route: str


def read_facts_file(path: Path) -> FactsFile:
    """The facts and events at ``path``; CommandError for the first thing that is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise CommandError(say("not_read", path=path, said=why(error))) from error
    except UnicodeDecodeError as error:
        raise CommandError(say("facts_not_text", path=path)) from error
    except tomllib.TOMLDecodeError as error:
        raise CommandError(say("facts_not_toml", path=path, place=_place_of(error))) from error
    return _Reader(path, text, data).read()


def _place_of(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return say("place_column", line=found[1], column=found[2]) if found else say("place_end")


class _Reader:
    """One file, read from its text and its tables; the text says on which line a thing stands."""

    def __init__(self, path: Path, text: str, data: Mapping[str, object]) -> None:
        self.path, self.lines, self.data = path, text.splitlines(), data
        self.rules = rulebook()

    def read(self) -> FactsFile:
        for key in self.data:
            if key not in _KEYS:
                raise self.wrong("facts_key", self.line(key), known=", ".join(_KEYS))
        return FactsFile(self.facts(), self.events(), self.requesting(), self.route())

    def wrong(self, problem: str, line: int, **values: object) -> CommandError:
        return CommandError(say(problem, path=self.path, place=say("place_line", line=line), **values))

    def line(self, key: str, header: str = "", nth: int = 0) -> int:
        """The line of ``key`` under the ``nth`` ``header``; else that of the header; else 1."""
        current, seen, found = "", -1, 1
        for number, line in enumerate(self.lines, 1):
            bare = line.split("#")[0].strip()
            if bare.startswith("["):
                current, seen = bare, seen + (bare == header)
            inside = current == header and (not header or seen == nth)
            named = inside and re.match(rf"""["']?{re.escape(key)}["']?\s*[=.]""", bare)
            if named or bare in (f"[{key}]", f"[[{key}]]", f"[{header.strip('[]')}.{key}]"):
                return number
            if (inside and bare == header) or re.match(rf"{re.escape(header.strip('[]'))}\s*=", bare):
                found = number
        return found

    def facts(self) -> Facts:
        said = self.data.get("facts", {})
        if not isinstance(said, dict):
            raise self.wrong("facts_no_table", self.line("facts"))
        try:
            return read_facts(said, self.rules.vocabulary)
        except BadFact as bad:
            choices = ", ".join(bad.meant or self.rules.vocabulary.facts)
            raise self.wrong(
                f"facts_{bad.problem}", self.line(bad.fact, "[facts]"), choices=choices
            ) from None

    def requesting(self) -> Shore:
        said = self.data.get("requesting", Shore.FRANCE.value)
        if said not in tuple(Shore):
            raise self.wrong("facts_choice", self.line("requesting"), choices=", ".join(Shore))
        return Shore(str(said))

    def route(self) -> str:
        said, known = self.data.get("route", ""), [route.key for route in self.rules.routes]
        if said and said not in known:
            raise self.wrong("facts_choice", self.line("route"), choices=", ".join(known))
        return str(said)

    def events(self) -> tuple[Event, ...]:
        said = self.data.get("events", [])
        if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
            raise self.wrong("facts_no_events", self.line("events"))
        return tuple(self.event(each, number) for number, each in enumerate(said))

    def event(self, said: Mapping[str, object], number: int) -> Event:
        what, at, header = said.get("what"), said.get("at"), "[[events]]"
        if not isinstance(what, str) or what not in self.rules.vocabulary.events:
            choices = ", ".join(self.rules.vocabulary.events)
            raise self.wrong("facts_choice", self.line("what", header, number), choices=choices)
        moment = _moment(at)
        if moment is None or said.keys() - {"what", "at"}:
            raise self.wrong("facts_at", self.line("at", header, number), first=FIRST_DAY, last=LAST_DAY)
        return Event(what, moment)


def _moment(said: object) -> datetime | None:
    """An instant, or that of a day. None for anything else."""
    if not isinstance(said, date) or not FIRST_DAY <= date(said.year, said.month, said.day) <= LAST_DAY:
        return None
    if isinstance(said, datetime):
        return said if said.utcoffset() is not None else None
    return noon_of(said)
