# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How old somebody is on a day, where only an interval of birth dates is known."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """From one day to another, both within; ValueError where the last comes before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("an interval ends before it begins")


class Age(StrEnum):
    """Whether somebody was under an age on a day."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"
    CERTAINLY_NOT = "certainly_not"


def last_birth_of(years: int, on_day: date) -> date:
    """The latest birth date on which somebody is ``years`` old on ``on_day``.

    Whoever is born on 29 February turns a year older on 1 March of a common year: of the two days that laws name, the
    one that leaves a child a child for longer.
    """
    if on_day.year <= years:
        return date.min
    try:
        return on_day.replace(year=on_day.year - years)
    except ValueError:  # 29 February, years before in a common year
        return (on_day - DAY).replace(year=on_day.year - years)


def is_under(born: date, years: int, on_day: date) -> bool:
    """Whether somebody born on ``born`` has not yet turned ``years`` on ``on_day``."""
    return born > last_birth_of(years, on_day)


def age_on(births: Interval, years: int, on_day: date) -> Age:
    """Whether somebody born within ``births`` was under ``years`` on ``on_day``."""
    youngest, oldest = is_under(births.last, years, on_day), is_under(births.first, years, on_day)
    if youngest and oldest:
        return Age.CERTAINLY
    return Age.POSSIBLY if youngest else Age.CERTAINLY_NOT
