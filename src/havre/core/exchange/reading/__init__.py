# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a list: two tables of whatever spreadsheet, into people and family links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

from havre.core.exchange.errors import Refusal, UnreadableList, os_reason
from havre.core.exchange.limits import LIMITS, Limits
from havre.core.exchange.reading.notebook import Notebook, RefusedRow
from havre.core.exchange.reading.rows import Progress
from havre.core.exchange.reading.sources import open_tables
from havre.core.exchange.reading.table import Barred, TableReader
from havre.core.exchange.remarks import Remark
from havre.engines.linkage.records import FamilyLink, ShoreList
from havre.words import Language

NOBODY: Mapping[str, date | None] = MappingProxyType({})


def nobody_barred(_person_id: str, _names: str) -> None:
    """Nobody is kept out."""


__all__ = ["Reading", "RefusedRow", "read_list"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a list, and what was not."""

    shore_list: ShoreList
    remarks: tuple[Remark, ...]
    """Notes on whole tables among them; people before links, in the order of the lines."""
    refused: tuple[RefusedRow, ...]
    """The rows of which something was left out: all of it, or the cells that the remarks name."""
    language: Language
    links_of_known: tuple[FamilyLink, ...] = ()
    """The links of people who are not in this file and were known before."""

    @property
    def faults(self) -> tuple[Remark, ...]:
        """The remarks on bad cells and rows, without the notes."""
        return tuple(remark for remark in self.remarks if not remark.note)

    @property
    def left_out(self) -> tuple[RefusedRow, ...]:
        """The rows that are not on the list at all."""
        return tuple(row for row in self.refused if not row.kept)


def read_list(
    path: Path,
    *,
    language: Language,
    strict: bool = False,
    progress: Callable[[float], None] | None = None,
    today: date | None = None,
    known: Mapping[str, date | None] = NOBODY,
    barred: Barred = nobody_barred,
    limits: Limits = LIMITS,
) -> Reading:
    """The list at ``path``: a folder with people.csv and links.csv, an .xlsx, or one CSV with a column ``table``.

    A bad cell is dropped and its row kept; a row without an id of its own, or a link of nobody on the list, is
    left out; each with a remark. ``strict`` raises UnreadableList instead, which holds the remarks. ``progress``
    is told the share that is done, from 0 to 1. ``today`` is the last day on which somebody may have been born
    whose row does not say when it was recorded. ``known`` are the ids of people that were read before, with the day
    on which each was recorded: a link may be theirs. ``barred`` is asked of each person by id and names: where it
    answers, the row and the links of the person are left out with a remark. UnreadableList is the only error.
    """
    path = Path(path)
    notebook = Notebook(path, limits, language)
    today = today or datetime.now(UTC).date()
    try:
        shore_list, of_known = _read(path, notebook, today, known, barred, limits, _monotonic(progress))
    except Refusal as error:
        raise UnreadableList(language, error.key, **error.values) from error
    except OSError as error:
        raise UnreadableList(language, os_reason(error), path=error.filename or path) from error
    except ValueError as error:  # a name that no file can have
        raise UnreadableList(language, "missing", path=repr(str(path))) from error
    reading = Reading(shore_list, tuple(notebook.remarks), tuple(notebook.refused), language, of_known)
    if strict and reading.faults:
        raise _refused(path, reading)
    return reading


def _read(
    path: Path,
    notebook: Notebook,
    today: date,
    known: Mapping[str, date | None],
    barred: Barred,
    limits: Limits,
    told: Progress,
) -> tuple[ShoreList, tuple[FamilyLink, ...]]:
    told(0.0)
    tables = open_tables(path, limits)
    people_reader, links_reader = (
        TableReader(str(path), table, limits, notebook, today, barred) for table in tables
    )
    people = people_reader.people(lambda share: told(share * 0.5))
    here = {person.person_id: person.recorded_on for person in people}
    links = links_reader.links(lambda share: told(0.5 + share * 0.5), {**known, **here})
    told(1.0)
    shore_list = ShoreList(tuple(people), tuple(link for link in links if link.person_id in here))
    return shore_list, tuple(link for link in links if link.person_id not in here)


def _monotonic(progress: Callable[[float], None] | None) -> Progress:
    """Tells ``progress`` each share that is larger than the last one."""
    last = -1.0

    def told(share: float) -> None:
        nonlocal last
        if progress is not None and share > last:
            last = share
            progress(share)

    return told


def _refused(path: Path, reading: Reading) -> UnreadableList:
    faults = reading.faults
    error = UnreadableList(
        reading.language, "strict_refused", path=path, n=len(faults), first=faults[0].say(reading.language)
    )
    error.remarks = reading.remarks
    return error
