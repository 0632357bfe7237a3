# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members hear of: notices that hold ids and numbers, and lead to a page."""

from uuid import UUID

from django.urls import reverse

from havre.apps.registry.models import ListImport
from havre.core.accounts.enums import Role
from havre.core.accounts.models import Member
from havre.core.notices import tell


def tell_of_import(listed: ListImport, sentence: str) -> None:
    """Tells who handed in a list how far it is."""
    tell([listed.member_id], f"registry.{sentence}", reverse("registry:import", args=[listed.id]))


def tell_organisation(organisation_id: UUID, sentence: str, registration_id: UUID) -> None:
    """Tells the caseworkers and supervisors of an organisation of a registration that they may read."""
    members = Member.objects.filter(
        organisation=organisation_id, role__in=(Role.CASEWORKER, Role.SUPERVISOR), active=True
    )
    tell(members, f"registry.{sentence}", reverse("registry:registration", args=[registration_id]))
