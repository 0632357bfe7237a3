# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members come and go: made by an administrator for their own organisation, or by the operator's command."""

from dataclasses import dataclass
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from havre.core.accounts.enums import PROTECTION_ROLES, WORDS, OrganisationKind, Role
from havre.core.accounts.models import Account, Member, Organisation
from havre.words import Language


class MemberRefused(Exception):
    """A membership that may not be; says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def say(self, language: Language) -> str:
        """One sentence."""
        said = {
            name: value.label(language) if isinstance(value, Role | OrganisationKind) else value
            for name, value in self.values.items()
        }
        return WORDS.say(language, self.key, **said)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new member, and the path at which they choose their password, which opens once.

    Without a path where the account is known already: whoever held one would hold the account, with all that it
    may do for others.
    """

    member: Member
    path: str


@transaction.atomic
def invite(
    organisation: Organisation,
    email: str,
    full_name: str,
    role: Role,
    *,
    language: Language,
    ward: UUID | None = None,
) -> Invitation:
    """Makes somebody a member, with an account if they have none; MemberRefused where the role is not to be had."""
    _refuse_wrong_role(organisation, role, ward)
    account = Account.objects.filter(email=email.lower()).first()
    if account is None:
        account = Account.objects.create_user(email, full_name=full_name, language=language.value)
    member, _ = Member.objects.get_or_create(account=account, organisation=organisation, role=role, ward=ward)
    if not member.active:
        member.active = True
        member.save(update_fields=["active"])
    return Invitation(member, password_path(account) if _is_ours_to_open(account, organisation) else "")


def _is_ours_to_open(account: Account, organisation: Organisation) -> bool:
    """Whether nobody has signed in with the account, or will for somebody else."""
    elsewhere = Member.objects.filter(account=account).exclude(organisation=organisation)
    return not account.has_usable_password() and not elsewhere.exists()


def _refuse_wrong_role(organisation: Organisation, role: Role, ward: UUID | None) -> None:
    kind = OrganisationKind(organisation.kind)
    if kind is OrganisationKind.ENFORCEMENT and role in PROTECTION_ROLES:
        raise MemberRefused("enforcement_has_no_protection_right", organisation=organisation.name, role=role)
    if (kind is not OrganisationKind.PROTECTION and role in PROTECTION_ROLES) or (
        kind is not OrganisationKind.OVERSIGHT and role is Role.AUDITOR
    ):
        raise MemberRefused(
            "role_needs_organisation_kind", organisation=organisation.name, role=role, kind=kind
        )
    if role is Role.GUARDIAN and ward is None:
        raise MemberRefused("guardian_needs_ward")


def password_path(account: Account) -> str:
    """Where the account's owner chooses a password; worthless once they have."""
    key = default_token_generator.make_token(account)
    uid = user_pk_to_url_str(account)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})


def dismiss(member: Member) -> None:
    """Ends a membership; what the member did stays on record."""
    member.active = False
    member.save(update_fields=["active"])
