# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes something in the registry.

Keywords say what; who acts is whoever acts (``havre.core.access.acting_as``). Each action checks the right, changes,
and leaves the audit to the triggers. RegistryError where it refuses, with nothing changed.
"""

from havre.apps.registry.actions.consenting import give_consent, withdraw_consent
from havre.apps.registry.actions.deciding import (
    MAY_BECOME,
    group,
    keep_apart,
    propose_grouping,
    propose_groupings,
    undo_grouping,
)
from havre.apps.registry.actions.erasing import erase, lift_tombstone, withdraw
from havre.apps.registry.actions.errors import RegistryError
from havre.apps.registry.actions.fingerprints import was_erased
from havre.apps.registry.actions.importing import (
    FOR_EVERYBODY,
    accept_import,
    import_list,
    read_import,
    refused_lines,
    said_remarks,
    start_import,
)
from havre.apps.registry.actions.linking import add_family_link, withdraw_link
from havre.apps.registry.actions.registering import amend, dispute_age, register
from havre.apps.registry.actions.said import (
    AgeSaid,
    ConsentSaid,
    ContactSaid,
    DocumentSaid,
    LinkSaid,
    NameSaid,
    understood_birth,
)
from havre.apps.registry.actions.searching import Candidate, Elsewhere, Found, search
from havre.apps.registry.actions.sharing import accept_share, end_share, end_shares, share

__all__ = [
    "FOR_EVERYBODY",
    "MAY_BECOME",
    "AgeSaid",
    "Candidate",
    "ConsentSaid",
    "ContactSaid",
    "DocumentSaid",
    "Elsewhere",
    "Found",
    "LinkSaid",
    "NameSaid",
    "RegistryError",
    "accept_import",
    "accept_share",
    "add_family_link",
    "amend",
    "dispute_age",
    "end_share",
    "end_shares",
    "erase",
    "give_consent",
    "group",
    "import_list",
    "keep_apart",
    "lift_tombstone",
    "propose_grouping",
    "propose_groupings",
    "read_import",
    "refused_lines",
    "register",
    "said_remarks",
    "search",
    "share",
    "start_import",
    "understood_birth",
    "undo_grouping",
    "was_erased",
    "withdraw",
    "withdraw_consent",
    "withdraw_link",
]
