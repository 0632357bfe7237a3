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
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import DatabaseError

from havre.apps.registry.models import Registration
from havre.apps.registry.policies import SEARCH
from havre.apps.registry.queries import Keys, asked, best_birth, registrations
from havre.core.access import check, current_actor
from havre.core.accounts.models import Organisation
from havre.core.audit import LIMITS, done_lately
from havre.engines.linkage import Band
from havre.engines.linkage.records import BirthInterval, Sex
from havre.engines.names import Explanation, explain_pairs

TOO_OFTEN = "54000"
"""What the gate function says to who asks too often."""
YEAR = timedelta(days=366)


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
    keys = asked(names)
    if not keys:
        return Found()
    said = _Said(names, sex, born, nationality)
    candidates = _ranked(_candidates(keys), said)
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


@cache
def evidence() -> dict[str, Any]:
    """``search.toml``."""
    return tomllib.loads((files("havre.apps.registry") / "search.toml").read_text("utf-8"))


def _candidates(keys: Keys) -> list[Registration]:
    """Own and shared registrations that share the most and the rarest keys."""
    most = evidence()["candidates"]["compared"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT registration FROM registry_candidates(%s::integer[], %s::text[], %s, %s)",
            [keys.words, keys.keys, keys.last, most],
        )
        found = [row[0] for row in cursor.fetchall()]
    return list(registrations().standing().filter(id__in=found).with_names())


def _ranked(found: Sequence[Registration], said: _Said) -> tuple[Candidate, ...]:
    pairs = [(registration, name.written) for registration in found for name in registration.names.all()]
    explained = _explained(said.names, [written for _, written in pairs])
    best: dict[UUID, tuple[Registration, str, Explanation]] = {}
    for (registration, written), explanation in zip(pairs, explained, strict=True):
        known = best.get(registration.id)
        if known is None or explanation.bits > known[2].bits:
            best[registration.id] = (registration, written, explanation)
    candidates = [_candidate(*each, said) for each in best.values()]
    candidates.sort(key=lambda each: (-each.bits, each.registration.id))
    likely = [each for each in candidates if each.band is not Band.FAINT]
    shown: int = evidence()["candidates"]["shown"]
    return tuple((likely or candidates[:5])[:shown])


def _explained(names: str, written: Sequence[str]) -> list[Explanation]:
    """How like each is; the last word may still be on its way, so that it may count as not there yet."""
    whole = explain_pairs([(names, each) for each in written])
    begun = names.rpartition(" ")[0].strip()
    if not begun or names != names.rstrip():
        return whole
    without = explain_pairs([(begun, each) for each in written])
    return [max(pair, key=lambda each: each.bits) for pair in zip(whole, without, strict=True)]


def _candidate(registration: Registration, name: str, explanation: Explanation, said: _Said) -> Candidate:
    birth = best_birth(registration.ages.all())
    agrees = {
        "sex": _equal(said.sex or "", registration.sex),
        "birth": _meet(said.born, birth),
        "nationality": _equal(said.nationality, registration.nationality),
    }
    bits = explanation.bits + sum(_bits(what, agree) for what, agree in agrees.items())
    return Candidate(
        registration=registration,
        name=name,
        birth=birth,
        explanation=explanation,
        agrees=agrees,
        bits=bits,
        band=Band.of(1 / (1 + 2.0 ** -max(-60.0, min(60.0, bits)))),
        own=registration.organisation_id == current_actor().organisation_id,
    )


def _bits(what: str, agrees: bool | None) -> float:
    if agrees is None:
        return 0.0
    bits: float = evidence()["said"][f"{what}_agrees" if agrees else f"{what}_differs"]
    return bits


def _equal(a: str, b: str) -> bool | None:
    return a == b if a and b else None


def _meet(a: BirthInterval | None, b: BirthInterval | None) -> bool | None:
    """Whether both may be one birth; None also where they miss each other by no more than a year."""
    if a is None or b is None:
        return None
    if a.earliest <= b.latest and b.earliest <= a.latest:
        return True
    near = a.earliest <= b.latest + YEAR and b.earliest <= a.latest + YEAR
    return None if near else False


def _elsewhere(keys: Keys, said: _Said) -> tuple[Elsewhere, ...] | None:
    """None where the member has asked too often."""
    limit = LIMITS.searching
    if done_lately("search", limit.seconds) >= limit.most:
        return None
    weights = json.dumps({**evidence()["said"], **evidence()["elsewhere"]})
    born: tuple[date | None, date | None] = (
        (said.born.earliest, said.born.latest) if said.born else (None, None)
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT organisation, band FROM registry_elsewhere(%s::integer[], %s::text[], %s, %s::date,"
                " %s::date, %s, %s::jsonb, %s, %s)",
                [
                    keys.words,
                    keys.keys,
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
