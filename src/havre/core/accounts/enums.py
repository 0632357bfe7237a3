# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words of accounts: shores, kinds of organisations, roles."""

from enum import StrEnum

from havre.words import Language, Words

WORDS = Words("havre.core.accounts")


class Shore(StrEnum):
    """The side of the Channel on which an organisation works."""

    FRANCE = "france"
    BRITAIN = "britain"

    @property
    def other(self) -> "Shore":
        """The other shore."""
        return Shore.BRITAIN if self is Shore.FRANCE else Shore.FRANCE

    def label(self, language: Language) -> str:
        """The shore in words."""
        return WORDS.say(language, f"shore_{self.value}")


class OrganisationKind(StrEnum):
    """What an organisation is there for."""

    PROTECTION = "protection"
    OVERSIGHT = "oversight"
    """Watches over the others, such as a data-protection officer or a court's expert."""
    ENFORCEMENT = "enforcement"
    """Police, borders: may never hold a protection right."""

    def label(self, language: Language) -> str:
        """The kind in words."""
        return WORDS.say(language, f"kind_{self.value}")


class Role(StrEnum):
    """What a member may do for the organisation."""

    REGISTRAR = "registrar"
    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    GUARDIAN = "guardian"
    """Guardian or representative of one child."""
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    def label(self, language: Language) -> str:
        """The role in words."""
        return WORDS.say(language, f"role_{self.value}")


PROTECTION_ROLES = frozenset({Role.REGISTRAR, Role.CASEWORKER, Role.SUPERVISOR, Role.GUARDIAN})
"""Roles that hold a protection right: an enforcement body may have none of them."""
ORGANISATION_ROLES = frozenset({Role.REGISTRAR, Role.CASEWORKER, Role.SUPERVISOR})
"""Roles that read and write what their organisation registered."""
