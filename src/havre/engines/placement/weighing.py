# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one place is worth to one party, and whether it may go there at all: the policy for a single pair, in words."""

import math

from havre.engines.placement.model import Curve, Goal, Party, Place, Policy

_EARTH_KM = 12742.0
"""The diameter."""


def may_go(policy: Policy, party: Party, place: Place) -> bool:
    """Whether the hard rules let the party go there, if there is room."""
    return (
        party.kind in place.takes
        and party.people <= place.most
        and (place.step_free or not party.step_free or not policy.step_free)
        and (not party.medical or policy.hospital_km is None or place.hospital_km <= policy.hospital_km)
    )


def goals(policy: Policy, party: Party, place: Place) -> dict[Goal, int]:
    """The points of the place for the whole party, goal by goal."""
    each = {
        Goal.BASE: policy.base * place.base_points,
        Goal.REGION_1: policy.region_1 * (party.region_1 == place.region),
        Goal.REGION_2: policy.region_2 * (party.region_2 == place.region),
        Goal.LANGUAGE: policy.language * (party.language in place.languages),
        Goal.RELATIVE: _fading(policy.relative, _km(party.relative, place)) if party.relative else 0,
        Goal.HOSPITAL: _fading(policy.hospital, place.hospital_km) if party.medical else 0,
        Goal.SCHOOL: policy.school * (party.school and place.school),
    }
    return {goal: points * party.people for goal, points in each.items()}


def _fading(curve: Curve, km: float) -> int:
    return round(curve.most * math.exp(-km / curve.km))


def _km(town: tuple[float, float], place: Place) -> float:
    """Great circle, haversine."""
    lat, lon = map(math.radians, town)
    to_lat, to_lon = math.radians(place.lat), math.radians(place.lon)
    s = (
        math.sin((to_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    )
    return _EARTH_KM * math.asin(min(1, math.sqrt(s)))
