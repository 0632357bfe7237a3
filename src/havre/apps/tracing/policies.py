# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what in tracing. Which rows a right reaches is for the row policies to say."""

from havre.core.access import Purpose, Right
from havre.core.accounts.enums import ORGANISATION_ROLES, Role

_DECIDERS = frozenset({Role.CASEWORKER, Role.SUPERVISOR})

READ_PAIRS = Right("tracing.read_pairs", ORGANISATION_ROLES | {Role.GUARDIAN}, Purpose.TRACING)
"""Registrars, caseworkers and supervisors: the pairs of their organisation; guardians: those of their ward."""
DECIDE = Right("tracing.decide", _DECIDERS, Purpose.TRACING)
"""To confirm, reject, ask, skip, and to look again at what was rejected."""
VERIFY = Right("tracing.verify", _DECIDERS, Purpose.TRACING)
"""To verify what a member of the other shore confirmed, to refuse that, and to revoke what was found wrong."""
REUNITE = Right("tracing.reunite", _DECIDERS, Purpose.TRACING)
"""To record that a child was reunited, and to undo that."""
RUN_MATCH = Right("tracing.run_match", _DECIDERS, Purpose.TRACING)
"""To ask for a match run, whose job then does it (``MATCH``)."""
MATCH = Right("tracing.match", _DECIDERS, Purpose.MATCHING)
"""To read both lists and write pairs, as the job of a run and as nothing else."""
READ_RUNS = Right("tracing.read_runs", ORGANISATION_ROLES, Purpose.TRACING)
"""The numbers of the runs in which the own list took part."""
EXPORT = Right("tracing.export", _DECIDERS, Purpose.TRACING)
"""To take the reunification list out of the house; put on record."""
