# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one place is worth to one party, and whether it may go there at all: the policy for a single pair, in words."""

import math
from collections.abc import Iterator
from enum import StrEnum

from havre.engines.placement.model import Curve, Goal, Party, Place, Policy

_EARTH_KM = 12742.0
"""The diameter."""


class Hurdle(StrEnum):
    """A hard rule that closes a place to a party, whoever else is there."""

    KIND = "kind"
    TOO_MANY = "too_many"
    """No room of it, or not the whole of it, holds the party."""
    STEPS = "steps"
    HOSPITAL = "hospital"


def hurdles(policy: Policy, party: Party, place: Place) -> Iterator[Hurdle]:
    """The hard rules that close the place to the party; none where it is open."""
    if party.kind not in place.takes:
        yield Hurdle.KIND
    if party.people > place.most:
        yield Hurdle.TOO_MANY
    if policy.step_free and party.step_free and not place.step_free:
        yield Hurdle.STEPS
    if party.medical and policy.hospital_km is not None and place.hospital_km > policy.hospital_km:
        yield Hurdle.HOSPITAL


def may_go(policy: Policy, party: Party, place: Place) -> bool:
    """Whether the hard rules let the party go there, if there is room."""
    return not any(hurdles(policy, party, place))


def goals(policy: Policy, party: Party, place: Place) -> dict[Goal, int]:
    """The points of the place for the whole party, goal by goal."""
    each = {
        Goal.BASE: policy.base * place.base_points,
        Goal.REGION_1: policy.region_1 * (party.region_1 == place.region),
        Goal.REGION_2: policy.region_2 * (party.region_2 == place.region),
        Goal.LANGUAGE: policy.language * (party.language in place.languages),
        Goal.RELATIVE: _fading(policy.relative, km_between(party.relative, place)) if party.relative else 0,
        Goal.HOSPITAL: _fading(policy.hospital, place.hospital_km) if party.medical else 0,
        Goal.SCHOOL: policy.school * (party.school and place.school),
    }
    return {goal: points * party.people for goal, points in each.items()}


def _fading(curve: Curve, km: float) -> int:
    return round(curve.most * math.exp(-km / curve.km))


def km_between(town: tuple[float, float], place: Place) -> float:
    """Great circle, haversine."""
    lat, lon = map(math.radians, town)
    to_lat, to_lon = math.radians(place.lat), math.radians(place.lon)
    s = (
        math.sin((to_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    )
    return _EARTH_KM * math.asin(min(1, math.sqrt(s)))
