# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""``havre invite``: the first member of an organisation, by whoever runs the instance."""

from django.db import transaction

from havre.conf.console import CommandError, language, say
from havre.core.accounts.actions import MemberRefused, invite, password_path
from havre.core.accounts.enums import OrganisationKind, Role, Shore
from havre.core.accounts.models import Organisation


@transaction.atomic
def invite_member(
    email: str, name: str, role: Role, organisation: str, shore: Shore, kind: OrganisationKind
) -> str:
    """The path at which the new member chooses a password; makes the organisation where there is none."""
    found, made = Organisation.objects.get_or_create(
        name=organisation, defaults={"shore": shore, "kind": kind}
    )
    if not made and (found.shore, found.kind) != (shore, kind):
        raise CommandError(say("another_organisation", name=organisation))
    try:
        member = invite(found, email, name, role, language=language()).member
    except MemberRefused as refused:
        raise CommandError(refused.say(language())) from refused
    return password_path(member.account)
