# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Birth dates as they are known and told."""

from datetime import date, timedelta

from havre.engines.linkage.records import BirthInterval, BirthKind


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_on(birth: date, day: date) -> int:
    """Completed years on ``day``."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def interval(birth: date, kind: BirthKind, day: date) -> BirthInterval:
    """What a list says of ``birth``, at the precision of ``kind``, on ``day``."""
    if kind is BirthKind.DAY:
        return BirthInterval(birth, birth, kind)
    if kind is BirthKind.AGE:
        return of_age(age_on(birth, day), day)
    return BirthInterval(date(birth.year, 1, 1), date(birth.year, 12, 31), kind)


def of_age(age: int, day: date) -> BirthInterval:
    """The birth dates of somebody who is ``age`` on ``day``."""
    return BirthInterval(
        years_before(day, age + 1) + timedelta(days=1), years_before(day, age), BirthKind.AGE
    )
