# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what in the registry. Which rows a right reaches is for the row policies to say."""

from havre.core.access import Purpose, Right
from havre.core.accounts.enums import ORGANISATION_ROLES, Role

READ = Right("registry.read", ORGANISATION_ROLES | {Role.GUARDIAN}, Purpose.CARE)
"""Registrars, caseworkers and supervisors: what their organisation registered or was given; guardians: their ward."""
SEARCH = Right("registry.search", ORGANISATION_ROLES, Purpose.CARE)
REGISTER = Right("registry.register", ORGANISATION_ROLES, Purpose.CARE)
AMEND = Right("registry.amend", ORGANISATION_ROLES, Purpose.CARE)
"""To add to what was said, or to put it right; family links and documents among it."""
CONSENT = Right("registry.consent", ORGANISATION_ROLES, Purpose.CARE)
"""To record what somebody said when asked; consent to share opens the registration."""
SHARE = Right("registry.share", frozenset({Role.CASEWORKER, Role.SUPERVISOR}), Purpose.CARE)
"""To open a registration to another organisation on another basis than consent, and to close it."""
GROUP = Right("registry.group", frozenset({Role.CASEWORKER, Role.SUPERVISOR}), Purpose.CARE)
"""To say that two registrations are of one person, that they are not, or to take that back."""
IMPORT = Right("registry.import", frozenset({Role.CASEWORKER, Role.SUPERVISOR}), Purpose.CARE)
WITHDRAW = Right("registry.withdraw", frozenset({Role.CASEWORKER, Role.SUPERVISOR}), Purpose.CARE)
"""To stop a registration from being compared and shared, because the person said so."""
ERASE = Right("registry.erase", frozenset({Role.SUPERVISOR}), Purpose.CARE)
"""To erase what a registration holds, for good."""
LIFT = Right("registry.lift", frozenset({Role.CASEWORKER, Role.SUPERVISOR}), Purpose.CARE)
"""To let lists bring back somebody who was erased and asks to be registered anew, with the reason."""
