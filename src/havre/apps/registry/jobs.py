# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work that takes longer than a page may: lists are read and written, and groupings proposed."""

from uuid import UUID

from havre.apps.registry import actions
from havre.apps.registry.enums import WORDS, ImportState
from havre.core.jobs import Progress, defer, job


@job("registry.read_list", words=WORDS, title="job_read_list")
def read_list(progress: Progress, import_id: UUID) -> dict[str, int]:
    """Reads a list for its preview."""
    return dict(actions.read_import(import_id, progress).counts)


@job("registry.import_list", words=WORDS, title="job_import_list")
def import_list(progress: Progress, import_id: UUID) -> dict[str, int]:
    """Writes a list that was accepted, and looks who on it is known already."""
    listed = actions.import_list(import_id, progress)
    if listed.state == ImportState.DONE and listed.counts["people_new"]:
        defer("registry.propose_groupings", key=listed.id)
    return dict(listed.counts)


@job("registry.propose_groupings", words=WORDS, title="job_propose_groupings")
def propose_groupings(progress: Progress) -> dict[str, int]:
    """Proposes registrations that may be of one person."""
    return {"proposed": actions.propose_groupings(progress)}
