# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ages as people say them, and the birth dates that they leave open."""

import re
from datetime import date, timedelta
from functools import cache, lru_cache

from havre.core.exchange.reading.bad_value import BadValue
from havre.core.exchange.reading.dates import date_words, plain_digits, says_about
from havre.core.exchange.vocabulary import squash
from havre.engines.linkage.records import BirthInterval, BirthKind

OLDEST = 120
_AGE = re.compile(r"(\D*?)\s*(\d{1,4})(?:[.,]0+)?\s*(?:(\D+?)\s*(\d{1,3})\s*)?(\D*)")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(squash(word) or word for word in date_words()[kind])


@lru_cache(maxsize=8192)
def parse_age(text: str) -> tuple[int, int]:
    """Youngest and oldest age that ``text`` says, in whole years: ``about 16`` is 15 to 17.

    BadValue where it says none, or one that nobody reaches.
    """
    said = _AGE.fullmatch(plain_digits(text).strip()) if len(text) <= 60 else None
    if not said or not _known(said[1] or "", said[3] or "", said[5] or ""):
        raise BadValue("bad_age")
    low = int(said[2])
    high = int(said[4]) if said[4] else low
    if high < low:
        raise BadValue("bad_age")
    if high > OLDEST:
        raise BadValue("impossible_age", limit=OLDEST)
    return (max(0, low - 1), high + 1) if said[1] else (low, high)


def _known(before: str, between: str, after: str) -> bool:
    """Whether the words around the numbers are such as stand there."""
    return (
        (not before or says_about(before))
        and (not between or (squash(between) or between.strip()) in _words("between"))
        and (not after.strip() or squash(after) in _words("years"))
    )


def born_of_age(age: tuple[int, int], on: date) -> BirthInterval:
    """The birth dates of somebody whose age in whole years was within ``age`` on a day.

    From the day after the one on which they would have been a year older than the oldest, to the day on which
    they would have been just as old as the youngest. Who is born on February 29 is older from March 1 on.
    """
    youngest, oldest = age
    earliest = years_before(on, oldest + 1) + timedelta(days=1)
    return BirthInterval(earliest, years_before(on, youngest), BirthKind.AGE)


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier (later where negative); February 28 for a February 29 that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def writing_of_age(birth: BirthInterval, near: date | None) -> tuple[str, date] | None:
    """An age and the day on which it was true that say ``birth``, that day as near to ``near`` as can be.

    None where no whole ages say it.
    """
    near = near or years_before(birth.latest, -18)
    likeliest = near.year - birth.latest.year
    for age in sorted(range(max(0, likeliest - 2), likeliest + 3), key=lambda a: abs(a - likeliest)):
        for on in _days_of_age(birth.latest, age):
            for text in (str(age), f"~{age + 1}", f"{age}-{age + 1}"):
                if abs((on - near).days) <= 366 and born_of_age(parse_age(text), on) == birth:
                    return text, on
    return None


def _days_of_age(latest: date, age: int) -> tuple[date, ...]:
    """Days on which somebody born on ``latest`` is just ``age``: two of them on a February 28."""
    on = years_before(latest, -age)
    following = on + timedelta(days=1)
    return (on, following) if (on.month, following.day) == (2, 29) else (on,)
