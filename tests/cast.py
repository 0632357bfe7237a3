# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who acts in the tests: members of several organisations on both shores, in every role."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from havre.core.accounts.enums import OrganisationKind, Role, Shore
from havre.core.accounts.models import Account, Member, Organisation

PASSWORD = "a harbour in the evening"  # noqa: S105 - of members who do not exist


@dataclass
class Cast:
    """Organisations and members, made when a test first names them; needs a database fixture."""

    _members: dict[tuple[str, Role, UUID | None], Member] = field(default_factory=dict)

    def organisation(
        self, name: str, shore: Shore = Shore.FRANCE, kind: OrganisationKind = OrganisationKind.PROTECTION
    ) -> Organisation:
        """The organisation of that name."""
        found, _ = Organisation.objects.get_or_create(name=name, defaults={"shore": shore, "kind": kind})
        return found

    @cached_property
    def dunes(self) -> Organisation:
        """Protection, France: the organisation that owns what a test makes."""
        return self.organisation("Dunes")

    @cached_property
    def maraude(self) -> Organisation:
        """Protection, France: a stranger on the same shore."""
        return self.organisation("Maraude")

    @cached_property
    def harbour(self) -> Organisation:
        """Protection, Britain: the other shore."""
        return self.organisation("Harbour", Shore.BRITAIN)

    @cached_property
    def kin(self) -> Organisation:
        """Protection, Britain: a stranger on the other shore."""
        return self.organisation("Kin", Shore.BRITAIN)

    @cached_property
    def watch(self) -> Organisation:
        """Oversight."""
        return self.organisation("Watch", kind=OrganisationKind.OVERSIGHT)

    @cached_property
    def police(self) -> Organisation:
        """Enforcement."""
        return self.organisation("Police", kind=OrganisationKind.ENFORCEMENT)

    def member(
        self,
        organisation: Organisation,
        role: Role = Role.CASEWORKER,
        *,
        ward: UUID | None = None,
        nth: int = 1,
    ) -> Member:
        """The ``nth`` member of an organisation in a role; one account each."""
        key = (f"{organisation.name}{nth}", role, ward)
        if key not in self._members:
            email = f"{role}.{nth}{f'.{ward}' if ward else ''}@{organisation.name}.example".lower()
            account = Account.objects.create_user(
                email, PASSWORD, full_name=f"{organisation.name} {role} {nth}"
            )
            self._members[key] = Member.objects.create(
                account=account, organisation=organisation, role=role, ward=ward
            )
        return self._members[key]

    @cached_property
    def auditor(self) -> Member:
        """The auditor of the oversight body."""
        return self.member(self.watch, Role.AUDITOR)
