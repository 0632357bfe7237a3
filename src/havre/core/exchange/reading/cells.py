# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Understands the cells of one row, and remarks on those that it cannot read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from havre.core.exchange.reading.ages import born_of_age, parse_age, years_before
from havre.core.exchange.reading.bad_value import BadValue
from havre.core.exchange.reading.dates import parse_birth, parse_day
from havre.core.exchange.reading.numbers import parse_flag, parse_number, parse_whole
from havre.core.exchange.reading.texts import has_control_characters, one_line, unguarded
from havre.core.exchange.remarks import Place, Remark, shortened
from havre.core.exchange.vocabulary import (
    Country,
    find_answer,
    find_calendar,
    find_country,
    find_relation,
    find_sex,
    find_unsaid,
    nearest_country,
    nearest_relation,
)
from havre.core.exchange.vocabulary.calendars import Calendar
from havre.core.exchange.vocabulary.terms import UNREAD_CALENDAR
from havre.engines.linkage.records import BirthInterval, Sex, Unsaid
from havre.engines.linkage.relations import relations

T = TypeVar("T")
N = TypeVar("N", int, float)
OLDEST_BIRTH = 130
"""Years before the day of recording beyond which a birth date is not believed."""


@dataclass(slots=True)
class Cells:
    """One row: ``columns`` says where each field stands, ``titles`` how the list calls the columns."""

    file: str
    sheet: str
    line: int
    titles: tuple[str, ...]
    columns: Mapping[str, int]
    cells: list[str]
    longest: int
    today: date
    remarks: list[Remark] = field(default_factory=list)
    unsaid: dict[str, Unsaid] = field(default_factory=dict)

    def remark(self, key: str, column: str = "", **values: object) -> None:
        """A fault of the cell in ``column``, or of the whole row."""
        title = self.titles[self.columns[column]] if column else ""
        self.remarks.append(Remark(Place(self.file, self.sheet, self.line, title), key, values))

    def identifier(self, column: str) -> str:
        """An id as it stands: nothing is taken away from it but space around it."""
        text = self._raw(column).strip()
        if not text:
            return ""
        if len(text) > self.longest or not text.isprintable():
            return self._checked(column, text)
        return "" if find_unsaid(text) is not None else text

    def verbatim(self, column: str) -> str:
        """What the cell says in words, whatever they are: "refused" too, which elsewhere says why a cell is empty."""
        raw = self._raw(column)
        if not raw:
            return ""
        text = unguarded(one_line(raw))
        return self._checked(column, text) if len(text) > self.longest or not text.isprintable() else text

    def text(self, column: str, name: str = "") -> str:
        """What the cell says in words; ``""`` where it says nothing or why it holds nothing."""
        text = self.verbatim(column)
        if len(text) <= 30 and (why := find_unsaid(text)) is not None:
            if why:
                self.unsaid.setdefault(name or column, Unsaid(why))
            return ""
        return text

    def sex(self) -> Sex | None:
        """The sex."""
        if not (said := self.text("sex")):
            return None
        if (sex := find_sex(said)) is None:
            self.remark("bad_sex", "sex", found=shortened(said))
        return sex

    def country(self, column: str) -> Country | None:
        """The country that a code, a name or an adjective stands for."""
        if not (said := self.text(column)):
            return None
        country = find_country(said)
        if country is None:
            near = nearest_country(said)
            self.remark("near_country" if near else "bad_country", column, found=shortened(said), near=near)
        return country

    def country_now(self) -> str:
        """The alpha-2 code of the country where the person is."""
        country = self.country("country")
        if country is not None and not country.alpha_2:
            self.remark("not_a_place", "country", found=shortened(self.text("country")))
        return country.alpha_2 if country else ""

    def relation(self) -> str:
        """The key of the relation."""
        if not (said := self.text("relation")):
            return ""
        key = find_relation(said)
        if key is None:
            near = nearest_relation(said)
            self.remark(
                "near_relation" if near else "bad_relation",
                "relation",
                found=shortened(said),
                near=relations()[near] if near else None,
            )
        return key or ""

    def answer(self) -> str:
        """The key of the answer, or ``""``."""
        if not (said := self.verbatim("answer")):
            return ""
        if (key := find_answer(said)) is None:
            self.remark("bad_answer", "answer", found=shortened(said))
        return key or ""

    def day(self, column: str) -> date | None:
        """The one day that the cell says."""
        said = self.text(column)
        return self._parsed(column, said, parse_day) if said else None

    def number(self, column: str, least: float, most: float) -> float | None:
        """The number that the cell says, from ``least`` to ``most``."""
        said = self.text(column)
        return self._between(column, said, parse_number, least, most) if said else None

    def whole(self, column: str, least: int, most: int) -> int | None:
        """The whole number that the cell says, from ``least`` to ``most``."""
        said = self.text(column)
        return self._between(column, said, parse_whole, least, most) if said else None

    def _between(self, column: str, said: str, parse: Callable[[str], N], least: N, most: N) -> N | None:
        try:
            if least <= (number := parse(said)) <= most:
                return number
        except BadValue:
            pass
        such = {"least": f"{least:g}", "most": f"{most:g}", "such": f"{max(least, min(most, 12)):g}"}
        self.remark("bad_number", column, found=shortened(said), **such)
        return None

    def flag(self, column: str) -> bool | None:
        """Yes or no."""
        return self._parsed(column, said, parse_flag) if (said := self.text(column)) else None

    def has(self, column: str) -> bool:
        """Whether the sheet has such a column."""
        return column in self.columns

    def birth(self, recorded_on: date | None) -> BirthInterval | None:
        """The interval of birth dates: of the birth date if it can be read, else of the age."""
        birth = self._birth_of_date(recorded_on) or self._birth_of_age(recorded_on)
        if birth is not None:
            self.unsaid.pop("birth", None)
        return birth

    def _birth_of_date(self, recorded_on: date | None) -> BirthInterval | None:
        said = self.text("birth_date", "birth")
        calendar, known = self._calendar()
        if not said or not known:
            return None
        birth = self._parsed("birth_date", said, lambda text: parse_birth(text, calendar))
        if birth is None:
            return None
        return birth if self._possible(said, birth, recorded_on or self.today) else None

    def _possible(self, said: str, birth: BirthInterval, by: date) -> bool:
        """Whether somebody born then can have been registered on the day ``by``."""
        if birth.earliest > by:
            self.remark("born_later", "birth_date", found=shortened(said), recorded=by.isoformat())
            return False
        if birth.latest < years_before(by, OLDEST_BIRTH):
            self.remark("long_ago", "birth_date", found=shortened(said), years=OLDEST_BIRTH)
            return False
        return True

    def _calendar(self) -> tuple[Calendar | None, bool]:
        """The calendar of the column, and whether what the column says is known."""
        if not (said := self.text("birth_calendar")):
            self.unsaid.pop("birth_calendar", None)
            return None, True
        key = find_calendar(said)
        if key is None or key == UNREAD_CALENDAR:
            self.remark(
                "bad_calendar" if key is None else "lunar_calendar", "birth_calendar", found=shortened(said)
            )
            return None, False
        return Calendar(key), True

    def _birth_of_age(self, recorded_on: date | None) -> BirthInterval | None:
        said = self.text("age", "birth")
        on = self._age_on(recorded_on)
        age = self._parsed("age", said, parse_age) if said else None
        if age is None:
            return None
        if on is None:
            if not self._names("age_on"):
                self.remark("age_without_day", "age", found=shortened(said))
            return None
        return self._parsed("age", said, lambda _: born_of_age(age, on))

    def _age_on(self, recorded_on: date | None) -> date | None:
        """The day of the age; a day that cannot be read is not replaced by another one."""
        if not self.text("age_on"):
            self.unsaid.pop("age_on", None)
            return recorded_on
        return self.day("age_on")

    def _names(self, column: str) -> bool:
        """Whether a fault of this column has been remarked."""
        return column in self.columns and any(
            remark.place.column == self.titles[self.columns[column]] for remark in self.remarks
        )

    def _parsed(self, column: str, said: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(said)
        except BadValue as error:
            self.remark(error.key, column, found=shortened(said), **error.values)
        except (ValueError, OverflowError):
            self.remark("bad_age" if column == "age" else "bad_date", column, found=shortened(said))
        return None

    def _raw(self, column: str) -> str:
        at = self.columns.get(column, -1)
        return self.cells[at] if 0 <= at < len(self.cells) else ""

    def _checked(self, column: str, text: str) -> str:
        """``text``, or nothing and a remark where it is far too long or damaged."""
        if len(text) > self.longest:
            self.remark("huge_cell", column, length=len(text), limit=self.longest)
            return ""
        if has_control_characters(text):
            self.remark("control_characters", column)
            return ""
        return text
