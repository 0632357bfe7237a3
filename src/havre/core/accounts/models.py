# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who signs in, and who they act for."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from havre.core.accounts.enums import PROTECTION_ROLES, OrganisationKind, Role, Shore
from havre.core.database.ids import uuid7
from havre.core.database.models import Row, choices


class Organisation(Row):
    """A body that registers, traces or watches."""

    name = models.CharField(max_length=200, unique=True)
    shore = models.CharField(max_length=20, choices=choices(Shore))
    kind = models.CharField(max_length=20, choices=choices(OrganisationKind))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(shore__in=list(Shore)), name="organisation_shore_known"),
            models.CheckConstraint(
                condition=Q(kind__in=list(OrganisationKind)), name="organisation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """An account that signs in with ``email``; without a password it cannot sign in until one is set."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in. What they may do lies in their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="en")
    is_active = models.BooleanField(default=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.full_name


class Member(Row):
    """An account acting for an organisation in one role."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    organisation_kind = models.CharField(max_length=20, choices=choices(OrganisationKind))
    """That of the organisation, kept equal by a trigger: so that a CHECK can hold the firewall."""
    role = models.CharField(max_length=20, choices=choices(Role))
    ward = models.UUIDField(null=True, blank=True)
    """The one person whom a guardian or representative acts for."""
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(
                    organisation_kind=OrganisationKind.ENFORCEMENT, role__in=sorted(PROTECTION_ROLES)
                ),
                name="enforcement_holds_no_protection_right",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.GUARDIAN, ward__isnull=False)
                | (~Q(role=Role.GUARDIAN) & Q(ward__isnull=True)),
                name="a_guardian_acts_for_one_person",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.AUDITOR) | Q(organisation_kind=OrganisationKind.OVERSIGHT),
                name="auditors_are_of_oversight",
            ),
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="member_role_known"),
            models.UniqueConstraint(
                fields=["account", "organisation", "role", "ward"],
                name="one_membership_of_a_kind",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"
