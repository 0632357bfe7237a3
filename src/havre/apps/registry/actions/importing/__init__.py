# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Importing a list: handed in, read for a preview, accepted, written. Nothing is written before a member accepts."""

from havre.apps.registry.actions.importing.reading import refused_lines
from havre.apps.registry.actions.importing.remarks import said_remarks
from havre.apps.registry.actions.importing.steps import (
    FOR_EVERYBODY,
    accept_import,
    import_list,
    read_import,
    start_import,
)

__all__ = [
    "FOR_EVERYBODY",
    "accept_import",
    "import_list",
    "read_import",
    "refused_lines",
    "said_remarks",
    "start_import",
]
