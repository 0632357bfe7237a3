# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the registry. What each may hold is said here; who reads it, in the policies of the migrations."""

from havre.apps.registry.models.consents import Consent, Share
from havre.apps.registry.models.groupings import Grouping
from havre.apps.registry.models.imports import ListImport
from havre.apps.registry.models.links import FamilyLink
from havre.apps.registry.models.people import Person, Registration
from havre.apps.registry.models.receipts import Receipt
from havre.apps.registry.models.said import AgeEvidence, Contact, Document, Name
from havre.apps.registry.models.searching import SearchKey
from havre.apps.registry.models.tombstones import Tombstone

__all__ = [
    "AgeEvidence",
    "Consent",
    "Contact",
    "Document",
    "FamilyLink",
    "Grouping",
    "ListImport",
    "Name",
    "Person",
    "Receipt",
    "Registration",
    "SearchKey",
    "Share",
    "Tombstone",
]
