# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Goes through one table: header first, then each row as people, links or answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from havre.core.exchange.errors import Refusal
from havre.core.exchange.limits import Limits
from havre.core.exchange.reading.cells import Cells
from havre.core.exchange.reading.notebook import Notebook
from havre.core.exchange.reading.rows import Progress, RawRow, RawTable
from havre.core.exchange.reading.texts import one_line
from havre.core.exchange.remarks import Place, shortened
from havre.core.exchange.vocabulary.columns import TABLES
from havre.engines.linkage.records import Description, FamilyLink, Person, Unsaid

_NAMED_AT_MOST = 10
"""How many columns that are not read a note names."""
_NOTHING_UNSAID: Mapping[str, Unsaid] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """What a sheet says of one child and of the answer that was given."""

    line: int
    person_id: str
    """Of the child, as the sheet writes it; may be empty."""
    described: Description
    relation: str
    relative: str
    """The relative's names as written; may be empty."""
    answer: str
    """``accept``, ``refuse`` or nothing that could be read."""
    said: str
    """The answer as it was written."""
    words: str
    answered_on: date | None


Barred = Callable[[str, str], Mapping[str, object] | None]
"""Of a person, by id and names as written: why they are kept out, as values of a remark; None where they are not."""
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns as the list writes them, and where each field stands."""

    titles: tuple[str, ...]
    columns: Mapping[str, int]

    def position(self, title: str) -> int:
        """Where the column stands that has this title; before all others where none has."""
        return self.titles.index(title) if title in self.titles else -1


@dataclass(slots=True)
class TableReader:
    """Reads the rows of one table into records, and writes down in the notebook what it leaves out."""

    path: str
    table: RawTable
    limits: Limits
    notebook: Notebook
    today: date
    barred: Barred = lambda _person_id, _names: None

    def people(self, told: Progress) -> list[Person]:
        """The people whose id is theirs alone."""
        return list(self._read(told, "person_id", self._person))

    def links(self, told: Progress, recorded: Mapping[str, date | None]) -> list[FamilyLink]:
        """The links of the people in ``recorded``, which says when each of them was."""

        def link(cells: Cells, link_id: str) -> FamilyLink | None:
            return self._link(cells, link_id, recorded)

        return list(self._read(told, "link_id", link))

    def answers(self, told: Progress) -> list[AnsweredRow]:
        """The rows that name a child, by id or by name."""
        return list(self._read(told, "", self._answer))

    def rows(self, told: Progress, understood: Callable[[Cells], R | None]) -> list[R]:
        """The rows that ``understood`` makes something of; what it remarks is written down, else nothing is."""
        return list(self._read(told, "", lambda cells, _: understood(cells)))

    def _answer(self, cells: Cells, _: str) -> AnsweredRow | None:
        answered_on = cells.day("answered_on")
        if answered_on and answered_on > self.today:
            cells.remark("answered_later", "answered_on", found=answered_on.isoformat())
            answered_on = None
        # An age without a day is taken to be that of the day of the answer: nobody wrote such a sheet later.
        person_id, described = cells.identifier("person_id"), _description(cells, answered_on)
        if not person_id and not described.names:
            cells.remark("no_child")
            return None
        return AnsweredRow(
            cells.line,
            person_id,
            described,
            cells.relation(),
            cells.text("relative"),
            cells.answer(),
            cells.verbatim("answer"),
            cells.verbatim("words"),
            answered_on,
        )

    def _person(self, cells: Cells, person_id: str) -> Person | None:
        recorded_on = cells.day("recorded_on")
        organisation = cells.text("organisation")
        described = _description(cells, recorded_on)
        if (why := self.barred(person_id, described.names)) is not None:
            cells.remarks.clear()  # what else is wrong in a row that stays out need not be put right
            cells.remark("erased_before", "", **why)
            return None
        return Person(
            person_id=person_id, described=described, recorded_on=recorded_on, organisation=organisation
        )

    def _link(self, cells: Cells, link_id: str, recorded: Mapping[str, date | None]) -> FamilyLink | None:
        person_id = cells.identifier("person_id")
        if person_id not in recorded:
            why = self.barred(person_id, "")
            cells.remark("stray_link" if why is None else "link_of_erased", "person_id", **(why or {}))
            return None
        relation, note = cells.relation(), cells.text("note")
        described = _description(cells, recorded[person_id])
        return FamilyLink(
            link_id=link_id, person_id=person_id, relation=relation, described=described, note=note
        )

    def _read(self, told: Progress, id_column: str, make: Callable[[Cells, str], R | None]) -> Iterator[R]:
        rows = self.table.rows(told)
        header = self._header(next(rows, None))
        lines: dict[str, int] = {}
        for n, row in enumerate(rows, 1):
            if n > self.limits.rows:
                raise Refusal("many_rows", self.path, limit=self.limits.rows)
            cells = self._cells(header, row)
            record = None
            own = self._own_id(cells, id_column, lines) if id_column and not cells.remarks else ""
            if not cells.remarks and (own or not id_column):
                record = make(cells, own)
                if record is not None and id_column:
                    lines[own] = row.line
            if cells.remarks:
                cells.remarks.sort(key=lambda remark: header.position(remark.place.column))
                self.notebook.refuse(self.table, header.titles, row, cells.remarks, kept=record is not None)
            if record is not None:
                yield record

    def _cells(self, header: Header, row: RawRow) -> Cells:
        """The cells of a row, already with a remark where the row as a whole cannot be used."""
        cells = Cells(
            self.table.file,
            self.table.sheet,
            row.line,
            header.titles,
            header.columns,
            row.cells,
            self.limits.cell,
            self.today,
        )
        if row.fault:
            cells.remark(row.fault, "", **row.values)
        elif len(row.cells) > len(header.titles) and any(map(str.strip, row.cells[len(header.titles) :])):
            cells.remark("long_row")
        return cells

    def _own_id(self, cells: Cells, column: str, lines: Mapping[str, int]) -> str:
        """The id of the row, or ``""`` and a remark where it has none of its own."""
        own = cells.identifier(column)
        if own in lines:
            cells.remark("same_id", column, line=lines[own])
            return ""
        if not own and not cells.remarks:
            cells.remark("no_id", column)
        return own

    def _header(self, row: RawRow | None) -> Header:
        place = Place(self.path if self.table.sheet else self.table.file, self.table.sheet, 0, "")
        said = place.say(self.notebook.language)
        if row is None:
            raise Refusal("no_header", self.path, place=said)
        if row.fault:
            raise Refusal("long_line", self.path, line=row.line)
        titles = tuple(one_line(title) for title in row.cells)
        if len(titles) > self.limits.columns * 20:  # a spreadsheet may write all the 16,384 columns it has
            raise Refusal("many_columns", self.path, limit=self.limits.columns)
        last = max((n for n, title in enumerate(titles, 1) if title.strip()), default=0)
        titles = titles[:last]
        if len(titles) > self.limits.columns:
            raise Refusal("many_columns", self.path, limit=self.limits.columns)
        return self._understood(titles, said)

    def _understood(self, titles: tuple[str, ...], place: str) -> Header:
        columns: dict[str, int] = {}
        unread = []
        for n, title in enumerate(titles):
            key = self.table.shape.key_of(title)
            if key and key not in columns:
                columns[key] = n
            elif key or (title and not self.table.is_passed_over(title)):
                unread.append(shortened(title))
        for column in self.table.shape.columns:
            if column.required and column.key not in columns:
                key = "no_column" if self.table.shape.key in TABLES else "no_sheet_column"
                raise Refusal(key, self.path, place=place, column_en=column.en, column_fr=column.fr)
        for note in self.table.notes:
            self.notebook.note(self.table, note)
        if unread:
            named = ", ".join(unread[:_NAMED_AT_MOST]) + (", …" if len(unread) > _NAMED_AT_MOST else "")
            self.notebook.note(self.table, "unread_columns", n=len(unread), columns=named)
        return Header(titles, columns)


def _description(cells: Cells, recorded_on: date | None) -> Description:
    nationality = cells.country("nationality")
    said = {name: cells.text(name) for name in ("names", "other_names", "birthplace", "phone", "town")}
    sex, birth, country = cells.sex(), cells.birth(recorded_on), cells.country_now()
    return Description(
        **said,
        sex=sex,
        birth=birth,
        nationality=nationality.alpha_3 if nationality else "",
        country=country,
        unsaid=MappingProxyType(cells.unsaid) if cells.unsaid else _NOTHING_UNSAID,
    )
