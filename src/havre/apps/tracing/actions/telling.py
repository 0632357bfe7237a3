# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The engine's reasons as they are kept with a pair, where both shores read them.

What the engine says holds whole birth dates, towns and phone numbers' likeness. Kept are the words of names, years,
nationalities, birthplaces and relations; of phones and towns only whether they agree. A reason that is not known
here is kept without its values.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from havre.apps.tracing.enums import Agreement
from havre.engines.linkage import Pair, Reason
from havre.engines.linkage.columns import phone_number
from havre.engines.linkage.reasons import Born, Count
from havre.engines.linkage.records import Description
from havre.engines.linkage.relations import Relation
from havre.engines.names.explain import Explanation
from havre.engines.names.normalise import fold

Kept = dict[str, Any]
NOBODY = Description()


@dataclass(frozen=True, slots=True)
class Told:
    """What the two lists say of one of the two people of a pair; an empty description where one says nothing."""

    a: Description
    b: Description


def kept_reasons(pair: Pair, child: Told, relative: Told) -> list[Kept]:
    """The reasons of a pair, in the engine's order; of phones and towns of both people always one word."""
    about = {"child": child, "relative": relative}
    bits = {_closed(reason.key): reason.bits for reason in pair.reasons if _closed(reason.key)}
    kept = [_kept(reason) for reason in pair.reasons if not _closed(reason.key)]
    for who, told in about.items():
        kept.append(_agreement("phone", f"phone_{who}", told, bits))
        kept.append(_agreement("town", f"town_{who}", told, bits))
    return kept


def _closed(key: str) -> str:
    """``phone_child`` for a reason that speaks of the child's phone; empty for one that may be told."""
    what, _, rest = key.partition("_")
    return f"{what}_{rest.partition('_')[0]}" if what in ("phone", "town") else ""


def _agreement(what: str, key: str, told: Told, bits: Mapping[str, float]) -> Kept:
    """A number that is off by a digit or two counts as agreeing where the evidence says so: no digit is told."""
    weight = bits.get(key, 0.0)
    weighed = Agreement.AGREES if weight > 0 else Agreement.DIFFERS
    agreement = weighed if weight else _compared(what, told)
    part = "phone" if what == "phone" else "place"
    return {"part": part, "key": f"{key}_{agreement.value}", "bits": weight}


def _compared(what: str, told: Told) -> Agreement:
    """For what weighed too little to be a reason."""
    one, two = getattr(told.a, what), getattr(told.b, what)
    if not one or not two:
        return Agreement.UNKNOWN
    read = phone_number if what == "phone" else fold
    a, b = read(one), read(two)
    if not a or not b:
        return Agreement.UNKNOWN
    return Agreement.AGREES if a == b else Agreement.DIFFERS


def _kept(reason: Reason) -> Kept:
    keep = _VALUES.get(reason.key, _nothing)
    return {"part": reason.part, "key": reason.key, "bits": reason.bits, **keep(reason.values)}


def _nothing(_: Mapping[str, object]) -> Kept:
    return {}


def _names(values: Mapping[str, object]) -> Kept:
    found = values["alignment"]
    if not isinstance(found, Explanation):
        return {}
    words = [[pair.a, pair.b, round(pair.deficit, 2)] for pair in found.words]
    return {"words": words, "left_a": list(found.left_a), "left_b": list(found.left_b)}


def _births(values: Mapping[str, object]) -> Kept:
    return {side: list(_years(values[side])) for side in ("a", "b")}


def _years(value: object) -> Iterator[int]:
    if isinstance(value, Born) and value.first:
        yield from (date.fromordinal(value.first).year, date.fromordinal(value.last).year)


def _texts(values: Mapping[str, object]) -> Kept:
    return {side: str(values[side]) for side in ("a", "b")}


def _relations(values: Mapping[str, object]) -> Kept:
    found = {side: values[side] for side in ("a", "b")}
    return {side: each.key if isinstance(each, Relation) else "" for side, each in found.items()}


def _prior(values: Mapping[str, object]) -> Kept:
    count = values["one_in"]
    return {"one_in": count.number} if isinstance(count, Count) else {}


_VALUES: dict[str, Callable[[Mapping[str, object]], Kept]] = {
    "prior": _prior,
    "names_child": _names,
    "names_relative": _names,
    "birth_child": _births,
    "birth_relative": _births,
    "birthplace_child": _texts,
    "birthplace_relative": _texts,
    "birthplace_kin": _texts,
    "nationality": _texts,
    "relation": _relations,
}
