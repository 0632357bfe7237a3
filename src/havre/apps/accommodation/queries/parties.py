# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parties, and where they stay."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from havre.apps.accommodation.models import Party, Promise, Stay
from havre.apps.accommodation.queries.ages import with_wrong_ages
from havre.core.access import current_actor


class Parties(QuerySet[Party]):
    """Parties of the own desk, and those that stay in an own centre or are expected there."""

    def of_our_desk(self) -> "Parties":
        """That the own organisation registered."""
        return self.filter(organisation=current_actor().organisation_id)

    def present(self) -> "Parties":
        """That have not left for good."""
        return self.filter(ended_on=None)

    def wearing(self, wristband: str) -> list[Party]:
        """Of each desk the party that wears it, or else the one of whom somebody does: two desks may use one number."""
        one = Q(members__wristband=wristband, members__left_on=None)
        found = self.filter(Q(wristband=wristband) | one).select_related("organisation").distinct()
        of_desk: dict[str, Party] = {}
        for each in sorted(found, key=lambda party: party.wristband != wristband):
            of_desk.setdefault(each.organisation.name, each)
        return [of_desk[name] for name in sorted(of_desk)]

    def waiting(self) -> "Parties":
        """Of the own desk, present, who neither stay anywhere nor were promised a place."""
        return self.of_our_desk().present().filter(~_stays(), ~_promised())

    def promised(self) -> "Parties":
        """Who were promised a place and have not come yet."""
        return self.present().filter(_promised())

    def of_wrong_age(self) -> "Parties":
        """Of the own desk, whose people are not what they were taken for."""
        return self.filter(pk__in=with_wrong_ages())

    def of_right_age(self) -> "Parties":
        """The others."""
        return self.exclude(pk__in=with_wrong_ages())

    def staying(self) -> "Parties":
        """Who stay somewhere."""
        return self.present().filter(_stays())


def _stays() -> Exists:
    return Exists(Stay.objects.filter(party=OuterRef("pk"), ends=None))


def _promised() -> Exists:
    return Exists(Promise.objects.filter(party=OuterRef("pk"), ended_at=None))


def parties() -> Parties:
    """All that may be read."""
    return Parties(Party)


def stays() -> QuerySet[Stay]:
    """All that may be read, each with its party, place and centre."""
    return Stay.objects.select_related("party", "place__centre")


def promises() -> QuerySet[Promise]:
    """Those that stand, each with its party, place and centre."""
    return Promise.objects.filter(ended_at=None).select_related("party", "place__centre")
