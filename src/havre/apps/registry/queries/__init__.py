# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked of the registry. The row policies have decided already which rows there are."""

from havre.apps.registry.queries.ages import MAJORITY
from havre.apps.registry.queries.consents import effective_consents, in_force
from havre.apps.registry.queries.families import FamilyLinks, family_links
from havre.apps.registry.queries.given import Given, asked_of_record, given_to_others, register_given
from havre.apps.registry.queries.groupings import Groupings, groupings
from havre.apps.registry.queries.imports import ListImports, imports
from havre.apps.registry.queries.keys import Keys, Sought, asked, keys_of, search_keys, sought
from havre.apps.registry.queries.lists import shore_list
from havre.apps.registry.queries.pages import Page, page_after
from havre.apps.registry.queries.people import (
    Registrations,
    people,
    person_of_reference,
    reference_of,
    registrations,
)
from havre.apps.registry.queries.receipts import made_before
from havre.apps.registry.queries.retention import Due, Use, Why, due_for_erasure, register_uses
from havre.apps.registry.queries.saying import best_birth, described
from havre.apps.registry.queries.sketches import Sketch, sketches
from havre.apps.registry.queries.tombstones import has_tombstone

__all__ = [
    "MAJORITY",
    "Due",
    "FamilyLinks",
    "Given",
    "Groupings",
    "Keys",
    "ListImports",
    "Page",
    "Registrations",
    "Sketch",
    "Sought",
    "Use",
    "Why",
    "asked",
    "asked_of_record",
    "best_birth",
    "described",
    "due_for_erasure",
    "effective_consents",
    "family_links",
    "given_to_others",
    "groupings",
    "has_tombstone",
    "imports",
    "in_force",
    "keys_of",
    "made_before",
    "page_after",
    "people",
    "person_of_reference",
    "reference_of",
    "register_given",
    "register_uses",
    "registrations",
    "search_keys",
    "shore_list",
    "sketches",
    "sought",
]
