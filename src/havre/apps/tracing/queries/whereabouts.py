# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the two people of a pair are, as far as the acting member may read it."""

from dataclasses import dataclass

from havre.apps.registry.queries import registrations
from havre.apps.tracing.queries.pairs import PairQuerySet
from havre.core.accounts.enums import Shore


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody is now, as registered."""

    town: str
    """As written; empty where nobody said."""
    country: str
    """ISO 3166-1 alpha-2; empty where nobody said."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A child and a relative. None where the registration is not open to the acting member."""

    child: Whereabouts | None
    relative: Whereabouts | None


def whereabouts(found: PairQuerySet) -> list[Apart]:
    """Where the two people of each pair are, in two queries.

    It is read from the registrations and never kept with the pair: the row policies open them to the other shore
    once a pair is verified, and close them again when the share ends.
    """
    columns = ("child_shore", "registration_a_id", "registration_b_id")
    rows = list(found.order_by().values_list(*columns))
    asked = {key for _, a, b in rows for key in (a, b)}
    said = registrations().filter(id__in=asked).values_list("id", "town", "country")
    places = {key: Whereabouts(town.strip(), country) for key, town, country in said}
    sides = ((shore, places.get(a), places.get(b)) for shore, a, b in rows)
    return [Apart(a, b) if shore == Shore.FRANCE else Apart(b, a) for shore, a, b in sides]
