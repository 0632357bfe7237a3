# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what with cases. Which rows a right reaches is for the row policies to say."""

from havre.core.access import Purpose, Right
from havre.core.accounts.enums import ORGANISATION_ROLES, Role

_CASEWORK = frozenset({Role.CASEWORKER, Role.SUPERVISOR})

READ_CASES = Right("cases.read", ORGANISATION_ROLES | {Role.GUARDIAN}, Purpose.TRACING)
"""Registrars, caseworkers and supervisors of the organisation that asks and of the one that is asked; guardians: the
case of their ward."""
OPEN_CASE = Right("cases.open", _CASEWORK, Purpose.TRACING)
"""To open a case, to name who is asked, to join a verified pair: the organisation that registered the child."""
RECORD = Right("cases.record", _CASEWORK, Purpose.TRACING)
"""To record what happened to a case, what is known of the child, who stands by them, what is best for them, a journey
and what follows it: both organisations. To join and part brothers and sisters, to close a case: the one that asks."""
DECIDE = Right("cases.decide", _CASEWORK, Purpose.TRACING)
"""To draft a decision, to agree to a colleague's, to set a draft aside: the organisation that is asked."""
TELL = Right("cases.tell", _CASEWORK, Purpose.TRACING)
"""To record that the child was told: both organisations."""
REFER = Right("cases.refer", _CASEWORK, Purpose.TRACING)
"""To refer a child whom the own organisation registered or whose case it leads, and to answer what others refer."""
