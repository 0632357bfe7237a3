# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what with cases. Which rows a right reaches is for the row policies to say."""

from havre.core.access import Purpose, Right
from havre.core.accounts.enums import ORGANISATION_ROLES, Role

_CASEWORK = frozenset({Role.CASEWORKER, Role.SUPERVISOR})

READ_CASES = Right("cases.read", ORGANISATION_ROLES | {Role.GUARDIAN}, Purpose.TRACING)
"""Registrars, caseworkers and supervisors of the two organisations of the pair; guardians: the case of their ward."""
OPEN_CASE = Right("cases.open", _CASEWORK, Purpose.TRACING)
"""To open a case from a verified pair: the organisation that registered the child."""
RECORD = Right("cases.record", _CASEWORK, Purpose.TRACING)
"""To record what happened to a case, and what is known of the child for its routes: both organisations."""
DECIDE = Right("cases.decide", _CASEWORK, Purpose.TRACING)
"""To draft a decision, to agree to a colleague's, to set a draft aside: the organisation that is asked."""
TELL = Right("cases.tell", _CASEWORK, Purpose.TRACING)
"""To record that the child was told: both organisations."""
