# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""People and their registrations."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from havre.apps.registry.models import FamilyLink, Person, Registration
from havre.apps.registry.queries.ages import ByAge
from havre.apps.registry.queries.keys import sought
from havre.core.access import current_actor
from havre.core.accounts.enums import Shore
from havre.core.clock import today
from havre.core.files.models import File

SYMBOLS = "23456789CDFGHJKMNPRTVWX"
"""Of a reference: those of the function ``registry_reference``."""
MOST_ALIKE = 500
SOON = timedelta(days=14)
"""Within which a consent that ends is asked for again."""


class Registrations(ByAge):
    """Registrations that may be read: own, shared, of the ward."""

    def standing(self) -> "Registrations":
        """That still hold something."""
        return self.filter(erased_at=None)

    def own(self) -> "Registrations":
        """Of the organisation that the acting member acts for."""
        return self.filter(organisation=current_actor().organisation_id)

    def shared_with_us(self) -> "Registrations":
        """Of others."""
        return self.exclude(organisation=current_actor().organisation_id)

    def of_person(self, person_id: UUID) -> "Registrations":
        """Of one person."""
        return self.filter(person=person_id)

    def of_shore(self, shore: Shore) -> "Registrations":
        """By organisations of one shore."""
        return self.filter(organisation__shore=shore)

    def findable(self) -> "Registrations":
        """Of which others may hear that somebody like this is here."""
        return self._agreed("findable")

    def with_consent_to_tracing(self) -> "Registrations":
        """That may be compared with the other shore's list."""
        return self._agreed("traceable")

    def _agreed(self, what: str) -> "Registrations":
        in_time = Q(**{f"{what}_until": None}) | Q(**{f"{what}_until__gte": today()})
        return self.standing().filter(in_time, withdrawn_at=None, **{what: True})

    def without_consent_to_tracing(self) -> "Registrations":
        """That may not be compared: nobody was asked, or the answer was no, or it has run out."""
        return self.exclude(pk__in=self.with_consent_to_tracing().values("pk"))

    def with_consent_ending_soon(self) -> "Registrations":
        """Whose consent to tracing or to being findable ends within ``SOON``."""
        ends = (today(), today() + SOON)
        soon = Q(traceable=True, traceable_until__range=ends) | Q(findable=True, findable_until__range=ends)
        return self.standing().filter(soon, withdrawn_at=None)

    def with_links(self) -> "Registrations":
        """Who named family."""
        return self.filter(_named_family())

    def without_links(self) -> "Registrations":
        """Who named nobody."""
        return self.filter(~_named_family())

    def like(self, names: str) -> "Registrations":
        """Whose names share keys with what was typed, in any script; at most ``MOST_ALIKE``."""
        found = sought(names)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT registration FROM registry_candidates(%s::text[], %s::text[], NULL, %s)",
                [list(found.covers), list(found.begun), MOST_ALIKE],
            )
            return self.filter(id__in=[row[0] for row in cursor.fetchall()])

    def with_names(self) -> "Registrations":
        """Each with what a line of a list shows: person, organisation, names and ages."""
        return self.select_related("person", "organisation").prefetch_related("names", "ages")

    def with_details(self) -> "Registrations":
        """Each with all that hangs on it, and no query more a row."""
        return self.select_related(
            "person", "own_person", "organisation", "registered_by__account"
        ).prefetch_related(
            "names",
            "ages",
            "contacts",
            # Sealed, and as large as a file may be: whoever opens one reads it by itself.
            Prefetch("documents__file", File.objects.all()),
            "links",
            "consents__recipient",
            "shares__recipient",
        )


def _named_family() -> Exists:
    return Exists(FamilyLink.objects.filter(registration=OuterRef("pk"), withdrawn_at=None))


def registrations() -> Registrations:
    """All that may be read."""
    return Registrations(Registration)


def people() -> QuerySet[Person]:
    """All that may be read."""
    return Person.objects.all()


def reference_of(text: str) -> str | None:
    """The reference that somebody typed or read out, in its usual form; None where its last symbol says it is wrong."""
    said = [symbol for symbol in text.upper() if symbol.isalnum()]
    symbols = "".join(said[1:] if said[:1] == ["H"] and len(said) == 7 else said)
    places = [SYMBOLS.find(symbol) for symbol in symbols]
    if len(places) != 6 or -1 in places:
        return None
    if sum(n * place for n, place in enumerate(places[:5], 1)) % len(SYMBOLS) != places[5]:
        return None
    return f"H-{symbols[:4]}-{symbols[4:]}"


def person_of_reference(text: str) -> Person | None:
    """The person of a reference, under the reference that they have now; None where there is none that may be read."""
    reference = reference_of(text)
    if reference is None:
        return None
    person = people().filter(reference=reference).select_related("grouped_into").first()
    return person.grouped_into or person if person else None
