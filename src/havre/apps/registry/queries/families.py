# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Family links."""

from uuid import UUID

from django.db.models import QuerySet

from havre.apps.registry.models import FamilyLink


class FamilyLinks(QuerySet[FamilyLink]):
    """Family links of registrations that may be read."""

    def standing(self) -> "FamilyLinks":
        """Not withdrawn, and said by somebody whose registration stands."""
        return self.filter(withdrawn_at=None, registration__withdrawn_at=None, registration__erased_at=None)

    def of_person(self, person_id: UUID) -> "FamilyLinks":
        """Said by a person, in whichever registration."""
        return self.filter(registration__person=person_id)

    def with_declarant(self) -> "FamilyLinks":
        """Each with its registration and the person."""
        return self.select_related("registration__person", "registration__organisation")


def family_links() -> FamilyLinks:
    """All that may be read."""
    return FamilyLinks(FamilyLink)
