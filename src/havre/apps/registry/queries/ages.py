# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registrations by what is known of the age, disputed evidence left aside."""

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, QuerySet

from havre.apps.registry.models import AgeEvidence, Registration

MAJORITY = 18


class ByAge(QuerySet[Registration]):
    """Registrations by age. Whoever was born after the day eighteen years ago is under eighteen."""

    def surely_born_after(self, day: date) -> Self:
        """Of whom all evidence says so."""
        return self.filter(_known(), ~_known(earliest__lte=day))

    def perhaps_born_after(self, day: date) -> Self:
        """Of whom some evidence says so, and some leaves it open or says otherwise."""
        return self.filter(_known(latest__gt=day), _known(earliest__lte=day))

    def maybe_born_after(self, day: date) -> Self:
        """Of whom some evidence says so, whatever the other says."""
        return self.filter(_known(latest__gt=day))

    def maybe_not_born_after(self, day: date) -> Self:
        """Of whom some evidence leaves it open or says otherwise, whatever the other says."""
        return self.filter(_known(earliest__lte=day))

    def surely_not_born_after(self, day: date) -> Self:
        """Of whom no evidence says so."""
        return self.filter(_known(), ~_known(latest__gt=day))

    def of_unknown_birth(self) -> Self:
        """Of whom nothing undisputed is known."""
        return self.filter(~_known())


def _known(**what: date) -> Exists:
    return Exists(AgeEvidence.objects.filter(registration=OuterRef("pk"), disputed=False, **what))
