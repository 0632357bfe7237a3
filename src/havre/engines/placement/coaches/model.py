# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What coaches are made from: loads, and what a coach, its drivers and a day may."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crew:
    """What one driver, or two in turn, may in a day; minutes."""

    driving: int
    in_all: int


@dataclass(frozen=True, slots=True)
class Policy:
    """What every coach obeys. Moments are minutes of the day on which it leaves."""

    camp: tuple[float, float]
    """Latitude and longitude, in degrees."""
    seats: int
    escorts: int
    escort_seats: int
    """Of the seats, those that each escort takes."""
    stops: int
    detour_km: int
    """Nobody rides so much farther by road than straight to their centre."""
    road: float
    """Km by road for each km as the crow flies."""
    speed: int
    """Km/h, on the whole way."""
    stop_minutes: int
    one: Crew
    two: Crew | None
    """None: no coach takes a second driver."""
    second_stops: int
    """Stops of a coach with a second driver."""
    break_after: int
    break_minutes: int
    departures: int
    """Coaches a day."""
    at_once: int
    """Coaches that may leave at one moment."""
    every: int
    """Minutes from one moment of departure to the next."""
    leave_from: int
    leave_until: int
    arrive_from: int
    arrive_until: int

    @property
    def places(self) -> int:
        """Seats for the people who leave."""
        return self.seats - self.escorts * self.escort_seats


@dataclass(frozen=True, slots=True)
class Load:
    """People of one centre and day who sit in one coach."""

    centre: str
    lat: float
    lon: float
    parties: tuple[str, ...]
    sizes: tuple[int, ...]
    """People of each party."""
    day: str
    """ISO; empty where the centre takes anybody on any day."""
    opens: int
    closes: int
    """The first and the last minute at which the centre lets a coach arrive."""
    group: int = -1
    """Loads of one group sit in one coach; -1: alone."""

    @property
    def people(self) -> int:
        """Of all its parties."""
        return sum(self.sizes)


@dataclass(frozen=True, slots=True)
class Task:
    """Loads and the policy, known to be sound: each load or group can go by itself."""

    policy: Policy
    loads: tuple[Load, ...]
