# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Search before registering: is somebody like this known, here or elsewhere?

Own and shared records are shown with detail, ranked by the comparator of names. Of others only the organisation is
told, and how like it is: ask them. Asking others is put on record and limited.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import DatabaseError

from havre.apps.registry.models import Registration
from havre.apps.registry.policies import SEARCH
from havre.apps.registry.queries import Sketch, Sought, registrations, sketches, sought
from havre.apps.registry.queries.keys import COARSE, COARSE_PAIR
from havre.core.access import check, current_actor
from havre.core.accounts.models import Organisation
from havre.core.audit import LIMITS, done_lately
from havre.engines.linkage import Band
from havre.engines.linkage.records import BirthInterval, Sex
from havre.engines.names import Explanation, Pairs

TOO_OFTEN = "54000"
"""What the gate function says to who asks too often."""
YEAR = 366
"""Days."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registration that may be read, and how like it is to what was asked for."""

    registration: Registration
    name: str
    """The one of its names that is most like."""
    birth: BirthInterval | None
    explanation: Explanation
    """Of the two names: ``label(language)``, ``why(language)``."""
    agrees: Mapping[str, bool | None]
    """Sex, birth and nationality: agrees, differs, or None where one of both says nothing."""
    bits: float
    band: Band
    own: bool
    """Whether the own organisation registered it; else it was shared."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another organisation has somebody like this: ask them."""

    organisation: Organisation
    band: Band


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the most like first."""

    candidates: tuple[Candidate, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    asked_too_often: bool = False
    """Whether nobody elsewhere was asked, because this member did so too often within a short time."""


def search(
    names: str,
    *,
    sex: Sex | None = None,
    born: BirthInterval | None = None,
    nationality: str = "",
    elsewhere: bool = True,
) -> Found:
    """Who is known already under names like these, in whatever script they are typed; also while they are typed.

    ``elsewhere`` asks other organisations too, which a member may do so and so often a minute (``limits.toml`` of
    the audit).
    """
    check(SEARCH)
    keys = sought(names)
    if not keys:
        return Found()
    said = _Said(names, sex, born, nationality)
    candidates = _ranked(_candidates(keys, said), said)
    if not elsewhere:
        return Found(candidates)
    others = _elsewhere(keys, said)
    return Found(candidates, others or (), asked_too_often=others is None)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is asked for."""

    names: str
    sex: Sex | None
    born: BirthInterval | None
    nationality: str

    def agrees(self, sketch: Sketch) -> dict[str, bool | None]:
        """See ``Candidate``."""
        sex, nationality = self._equal(sketch)
        return {"sex": sex, "birth": _meet(self.born, sketch.birth), "nationality": nationality}

    def bits(self, sketch: Sketch) -> float:
        """What is said beside the name says for their being one, or against it."""
        bits = 0.0
        for what, equal in zip(("sex", "nationality"), self._equal(sketch), strict=True):
            if equal is not None:
                bits += evidence()["said"][f"{what}_agrees" if equal else f"{what}_differs"]
        return bits + _birth_bits(self.born, sketch.birth)

    def _equal(self, sketch: Sketch) -> tuple[bool | None, bool | None]:
        """Whether sex and nationality agree."""
        return _equal(self.sex or "", sketch.sex), _equal(self.nationality, sketch.nationality)


@cache
def evidence() -> dict[str, Any]:
    """``search.toml``."""
    return tomllib.loads((files("havre.apps.registry") / "search.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody whose names share keys with what is asked for."""

    sketch: Sketch
    rarity: float
    """How rare those keys are altogether, bits."""


def _candidates(keys: Sought, said: _Said) -> list[_Named]:
    """Own and shared registrations that share the most and the rarest keys."""
    rules = evidence()["candidates"]
    about = None
    if said.born:
        first, last = said.born.earliest.year - rules["years"], said.born.latest.year + rules["years"]
        about = [0, *range(first, last + 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT registration, bits FROM registry_candidates(%s::text[], %s::text[], %s::smallint[], %s)",
            [list(keys.covers), list(keys.begun), about, rules["compared"]],
        )
        rarity: dict[UUID, float] = dict(cursor.fetchall())
    return [_Named(sketch, rarity[sketch.id]) for sketch in sketches(rarity)]


def _ranked(found: Sequence[_Named], said: _Said) -> tuple[Candidate, ...]:
    """Those most like what was asked for. All that is found is compared; only what is shown is read and explained."""
    ways = _ways(said.names)
    named = [(n, name, way) for n, each in enumerate(found) for name in each.sketch.names for way in ways]
    pairs = Pairs([(way, name) for _, name, way in named])
    best: dict[int, tuple[float, int]] = {}
    for row, bits in enumerate(pairs.bits.tolist()):
        n = named[row][0]
        if n not in best or bits > best[n][0]:
            best[n] = (bits, row)
    rare = evidence()["candidates"]["rarity"]
    weighed = []
    for n, (bits, row) in best.items():
        sketch, bits = found[n].sketch, bits + said.bits(found[n].sketch)
        weighed.append(
            (-bits - rare * found[n].rarity, sketch.id, _Weighed(row, sketch, named[row][1], bits))
        )
    weighed.sort(key=itemgetter(0, 1))
    likely = sum(each.band is not Band.FAINT for *_, each in weighed)
    few, many = evidence()["candidates"]["shown"]
    return _explained(pairs, [each for *_, each in weighed[: min(max(likely, few), many)]], said)


def _ways(names: str) -> list[str]:
    """What was typed, and without its last word, which may still be on its way and so may count as not there yet."""
    begun = names.rpartition(" ")[0].strip() if names == names.rstrip() else ""
    return [names, begun] if begun else [names]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Somebody who was compared."""

    row: int
    """The place of their most like name among the pairs of names that were compared."""
    sketch: Sketch
    name: str
    bits: float

    @property
    def band(self) -> Band:
        return Band.of(1 / (1 + 2.0 ** -max(-60.0, min(60.0, self.bits))))


def _explained(pairs: Pairs, shown: Sequence[_Weighed], said: _Said) -> tuple[Candidate, ...]:
    own = current_actor().organisation_id
    rows = registrations().with_names().in_bulk([each.sketch.id for each in shown])
    why = pairs.explained([each.row for each in shown])
    return tuple(
        Candidate(
            registration=rows[each.sketch.id],
            name=each.name,
            birth=each.sketch.birth,
            explanation=explanation,
            agrees=said.agrees(each.sketch),
            bits=each.bits,
            band=each.band,
            own=rows[each.sketch.id].organisation_id == own,
        )
        for each, explanation in zip(shown, why, strict=True)
    )


def _equal(a: str, b: str) -> bool | None:
    return a == b if a and b else None


def _apart(a: BirthInterval, b: BirthInterval) -> int:
    """Years from one birth to the other at least, begun ones counted; 0 where both may be one."""
    days = max((a.earliest - b.latest).days, (b.earliest - a.latest).days, 0)
    return -(-days // YEAR)


def _meet(a: BirthInterval | None, b: BirthInterval | None) -> bool | None:
    """Whether both may be one birth; None also where they miss each other by no more than a year."""
    if a is None or b is None:
        return None
    return {0: True, 1: None}.get(_apart(a, b), False)


def _birth_bits(a: BirthInterval | None, b: BirthInterval | None) -> float:
    if a is None or b is None:
        return 0.0
    graded: list[float] = evidence()["said"]["birth"]
    return graded[min(_apart(a, b), len(graded) - 1)]


def _elsewhere(keys: Sought, said: _Said) -> tuple[Elsewhere, ...] | None:
    """None where the member has asked too often."""
    limit = LIMITS.searching
    if done_lately("search", limit.seconds) >= limit.most:
        return None
    coarse = keys.of_kinds(COARSE, COARSE_PAIR)
    weights = json.dumps({**evidence()["said"], **evidence()["elsewhere"]})
    born: tuple[date | None, date | None] = (
        (said.born.earliest, said.born.latest) if said.born else (None, None)
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT organisation, band FROM registry_elsewhere(%s::text[], %s::integer[], %s, %s,"
                " %s::date, %s::date, %s, %s::jsonb, %s, %s)",
                [
                    list(coarse),
                    list(coarse.values()),
                    keys.words,
                    said.sex or "",
                    *born,
                    said.nationality,
                    weights,
                    limit.most,
                    limit.seconds,
                ],
            )
            found = cursor.fetchall()
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == TOO_OFTEN:
            return None
        raise
    organisations = Organisation.objects.in_bulk([organisation for organisation, _ in found])
    return tuple(Elsewhere(organisations[organisation], Band(band)) for organisation, band in found)
