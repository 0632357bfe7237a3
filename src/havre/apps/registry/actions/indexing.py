# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The search keys of registrations, kept beside their names and ages."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from havre.apps.registry.models import Name
from havre.apps.registry.queries import search_keys


def index(registration_ids: Iterable[UUID]) -> None:
    """Makes the search keys of own registrations anew, from the names and ages they have now."""
    names: dict[UUID, list[str]] = {key: [] for key in registration_ids}
    said = Name.objects.filter(registration__in=list(names)).values_list("registration_id", "written")
    for registration_id, written in said.iterator():
        names[registration_id].append(written)
    index_names(names)


def index_names(names: Mapping[UUID, Iterable[str]]) -> None:
    """The same, where the names are at hand."""
    found = [(registration_id, key) for registration_id, said in names.items() for key in search_keys(said)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT registry_index(%s::uuid[], %s::uuid[], %s::text[])",
            [list(names), [each for each, _ in found], [key for _, key in found]],
        )
