# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a policy; the default one stands in ``policy.toml`` beside this file."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from havre.engines.placement.model import Curve, Fair, Policy
from havre.engines.placement.policy_text import PolicyText
from havre.engines.placement.remarks import Remark

_TABLES: Mapping[str, tuple[str, ...]] = {
    "": ("kinds", "rules", "points", "waiting", "previous", "fairness", "vulnerability"),
    "rules": ("step_free", "hospital_km"),
    "points": ("base", "region_1", "region_2", "language", "school", "relative", "hospital"),
    "points.relative": ("most", "km"),
    "points.hospital": ("most", "km"),
    "previous": ("promise",),
    "waiting": ("person", "medical", "step_free", "kind"),
    "fairness": ("vulnerable_first", "floor", "groups", "most_loss"),
    "vulnerability": ("medical", "step_free", "kind"),
}
_GROUPS = ("kind", "language", "nationality")
_ALL = 100
"""Percent."""
_MOST = 100_000
"""Points; more would be a slip of the pen."""


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


class _Reader(PolicyText):
    """Makes a policy of its text."""

    def policy(self) -> Policy:
        kinds = self.kinds()
        rules, points, waiting = (self.table(name) for name in ("rules", "points", "waiting"))
        self.table("")
        return Policy(
            kinds=kinds,
            step_free=self.flag("rules", rules, "step_free"),
            hospital_km=self.number("rules", rules, "hospital_km", None),
            base=self.whole("points", points, "base"),
            region_1=self.whole("points", points, "region_1"),
            region_2=self.whole("points", points, "region_2"),
            language=self.whole("points", points, "language"),
            school=self.whole("points", points, "school"),
            relative=self.curve("points.relative"),
            hospital=self.curve("points.hospital"),
            waits=self.whole("waiting", waiting, "person"),
            waits_medical=self.whole("waiting", waiting, "medical"),
            waits_step_free=self.whole("waiting", waiting, "step_free"),
            waits_kind=self.by_kind("waiting", kinds),
            promise=self.whole("previous", self.table("previous"), "promise", least=0),
            fair=self.fair(kinds),
        )

    def fair(self, kinds: tuple[str, ...]) -> Fair:
        rules, more = self.table("fairness"), self.table("vulnerability")
        groups = rules.get("groups", [])
        if not isinstance(groups, list) or not all(each in _GROUPS for each in groups):
            self.wrong("fairness", "groups", "groups", known=", ".join(_GROUPS))
            groups = []
        return Fair(
            vulnerable_first=self.flag("fairness", rules, "vulnerable_first"),
            medical=self.whole("vulnerability", more, "medical", least=0),
            step_free=self.whole("vulnerability", more, "step_free", least=0),
            kind=self.by_kind("vulnerability", kinds, least=0),
            floor=self.whole("fairness", rules, "floor", least=0, most=_ALL),
            groups=tuple(groups),
            most_loss=self.whole("fairness", rules, "most_loss", least=0, most=_ALL),
        )

    def table(self, name: str) -> Mapping[str, object]:
        found: object = self.data
        for key in name.split(".") if name else ():
            found = found.get(key, {}) if isinstance(found, dict) else {}
        if not isinstance(found, dict):
            self.wrong(name.rpartition(".")[0], name.rpartition(".")[2], "table")
            return {}
        for key in found:
            if name in _TABLES and key not in _TABLES[name]:
                self.wrong(name, key, "key", known=", ".join(_TABLES[name]))
        return found

    def kinds(self) -> tuple[str, ...]:
        said = self.data.get("kinds")
        if (
            not isinstance(said, list)
            or not said
            or not all(isinstance(kind, str) and kind.split() == [kind] for kind in said)
        ):
            self.wrong("", "kinds", "policy_kinds")
            return ()
        return tuple(said)

    def flag(self, table: str, data: Mapping[str, object], key: str) -> bool:
        said = data.get(key, False)
        if not isinstance(said, bool):
            self.wrong(table, key, "true_or_false")
        return bool(said)

    def whole(
        self, table: str, data: Mapping[str, object], key: str, least: int = -_MOST, most: int = _MOST
    ) -> int:
        said = data.get(key, 0)
        if isinstance(said, bool) or not isinstance(said, int) or not least <= said <= most:
            self.wrong(table, key, "whole", least=least, most=most)
            return 0
        return said

    def number(
        self, table: str, data: Mapping[str, object], key: str, default: float | None, least: float = 0.0
    ) -> float | None:
        said = data.get(key, default)
        if said is None:
            return None
        if isinstance(said, bool) or not isinstance(said, int | float) or not least <= said <= _MOST:
            self.wrong(table, key, "number", least=f"{least:g}", most=_MOST)
            return default
        return float(said)

    def curve(self, table: str) -> Curve:
        data = self.table(table)
        most = self.number(table, data, "most", 0.0)
        km = self.number(table, data, "km", 1.0, least=0.001)
        return Curve(most or 0.0, km or 1.0)

    def by_kind(self, table: str, kinds: tuple[str, ...], least: int = -_MOST) -> dict[str, int]:
        name = f"{table}.kind"
        data = self.table(name)
        for kind in data:
            if kinds and kind not in kinds:  # else the kinds themselves are wrong, and told
                self.wrong(name, kind, "key", known=", ".join(kinds))
        return {kind: self.whole(name, data, kind, least) for kind in data}
