# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the policy of coaches; the default one stands in ``policy.toml`` beside this file."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from havre.engines.placement.coaches.model import Crew, Policy
from havre.engines.placement.policy_text import PolicyText
from havre.engines.placement.remarks import Remark

_MOST = 100_000
_WHOLE = {
    "coach": {"seats": 1, "escorts": 0, "escort_seats": 0, "stops": 1, "detour_km": 0},
    "road": {"speed": 1, "stop_minutes": 0},
    "drivers": {"break_minutes": 0, "second_stops": 1},
    "days": {"departures": 1, "at_once": 1, "every": 1},
}
"""Whole numbers, and the least that each may be."""
_NUMBER = {"camp": {"lat": (-90, 90), "lon": (-180, 180)}, "road": {"factor": (1, 10)}}
_MOMENT = {
    "drivers": {"driving", "in_all", "break_after", "second_driving", "second_in_all"},
    "days": {"leave_from", "leave_until", "arrive_from", "arrive_until"},
}
_FLAG = {"drivers": {"second"}}
_MOST_STOPS = 6
"""Ways of more stops are too many to walk, and nobody would sit through them."""


@cache
def default_policy_text() -> str:
    """The default policy as it is written."""
    return (files(__package__) / "policy.toml").read_text("utf-8")


@cache
def default_policy() -> Policy:
    """What holds where nobody says otherwise."""
    policy, remarks = read_policy(default_policy_text())
    if policy is None:
        raise ValueError(remarks)
    return policy


def read_policy(text: str) -> tuple[Policy | None, list[Remark]]:
    """The policy that is written in TOML, or None and what is wrong."""
    reader = _Reader(text)
    return reader.read(reader.policy)


def minutes_of(said: object) -> int | None:
    """Minutes of "08:30", up to "47:59"; None where it is no such moment."""
    found = re.fullmatch(r"([0-3][0-9]|4[0-7]):([0-5][0-9])", said) if isinstance(said, str) else None
    return int(found[1]) * 60 + int(found[2]) if found else None


class _Reader(PolicyText):
    """Makes a policy of its text."""

    def policy(self) -> Policy:
        self._unknown()
        whole, moment = self._whole, self._moment
        camp = (self._number("camp", "lat"), self._number("camp", "lon"))
        one = Crew(moment("drivers", "driving"), moment("drivers", "in_all"))
        two = Crew(moment("drivers", "second_driving"), moment("drivers", "second_in_all"))
        second = self._value("drivers", "second")
        if not isinstance(second, bool):
            self.wrong("drivers", "second", "true_or_false")
        made = Policy(
            camp=camp,
            seats=whole("coach", "seats"),
            escorts=whole("coach", "escorts"),
            escort_seats=whole("coach", "escort_seats"),
            stops=whole("coach", "stops", _MOST_STOPS),
            detour_km=whole("coach", "detour_km"),
            road=self._number("road", "factor"),
            speed=whole("road", "speed"),
            stop_minutes=whole("road", "stop_minutes"),
            one=one,
            two=two if second else None,
            second_stops=whole("drivers", "second_stops", _MOST_STOPS),
            break_after=moment("drivers", "break_after", least=1),
            break_minutes=whole("drivers", "break_minutes"),
            departures=whole("days", "departures"),
            at_once=whole("days", "at_once"),
            every=whole("days", "every"),
            leave_from=moment("days", "leave_from"),
            leave_until=moment("days", "leave_until"),
            arrive_from=moment("days", "arrive_from"),
            arrive_until=moment("days", "arrive_until"),
        )
        if made.places < 1:
            self.wrong("coach", "escort_seats", "no_seat_left")
        for first, last in (("leave_from", "leave_until"), ("arrive_from", "arrive_until")):
            if getattr(made, first) > getattr(made, last):
                self.wrong("days", last, "ends_before")
        return made

    def _unknown(self) -> None:
        tables = {name: set[str]() for name in ("camp", "coach", "road", "drivers", "days")}
        known: tuple[Mapping[str, Iterable[str]], ...] = (_WHOLE, _NUMBER, _MOMENT, _FLAG)
        for kinds in known:
            for name, keys in kinds.items():
                tables[name] |= set(keys)
        for name, found in self.data.items():
            if name not in tables:
                self.wrong("", name, "key", known=", ".join(tables))
            elif not isinstance(found, dict):
                self.wrong("", name, "table")
            else:
                for key in found.keys() - tables[name]:
                    self.wrong(name, key, "key", known=", ".join(sorted(tables[name])))

    def _value(self, table: str, key: str) -> object:
        found = self.data.get(table)
        return found.get(key) if isinstance(found, dict) else None

    def _whole(self, table: str, key: str, most: int = _MOST) -> int:
        said, least = self._value(table, key), _WHOLE[table][key]
        if isinstance(said, bool) or not isinstance(said, int) or not least <= said <= most:
            self.wrong(table, key, "whole", least=least, most=most)
            return max(1, least)
        return said

    def _number(self, table: str, key: str) -> float:
        said, (least, most) = self._value(table, key), _NUMBER[table][key]
        if isinstance(said, bool) or not isinstance(said, int | float) or not least <= said <= most:
            self.wrong(table, key, "number", least=least, most=most)
            return float(least)
        return float(said)

    def _moment(self, table: str, key: str, least: int = 0) -> int:
        said = minutes_of(self._value(table, key))
        if said is None or said < least:
            self.wrong(table, key, "moment")
            return least
        return said
