# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers, and yes and no, as people write them in a spreadsheet."""

import re

from havre.core.exchange.reading.bad_value import BadValue
from havre.core.exchange.reading.dates import plain_digits
from havre.core.exchange.vocabulary import fold

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,15})?")
_YES = frozenset({"1", "yes", "y", "oui", "o", "true", "vrai", "x"})
_NO = frozenset({"0", "no", "n", "non", "false", "faux"})


def parse_number(text: str) -> float:
    """The number that ``text`` writes in full, with a point or a comma; BadValue for ``1e999``, ``NaN`` and words."""
    plain = plain_digits(text).strip().replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        raise BadValue("bad_number")
    return float(plain.replace(",", "."))


def parse_whole(text: str) -> int:
    """The whole number that ``text`` writes; BadValue where a part is left over."""
    number = parse_number(text)
    if not number.is_integer():
        raise BadValue("bad_number")
    return int(number)


def parse_flag(text: str) -> bool:
    """Yes or no, in either language or as 1 and 0; BadValue where it is neither."""
    said = fold(text)
    if said not in _YES | _NO:
        raise BadValue("bad_flag")
    return said in _YES
