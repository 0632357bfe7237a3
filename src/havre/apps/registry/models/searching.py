# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys by which a name is found in whatever script it is typed."""

from django.db import models

from havre.apps.registry.models.people import Registration


class SearchKey(models.Model):
    """One key of a word of a name, or of two. Closed to everybody: only gate functions read and write it.

    Array and trigram operators are not leakproof, so that under a row policy their indexes lie idle; a b-tree of
    keys behind a function that says whose rows it looks at does not.
    """

    pk = models.CompositePrimaryKey("organisation", "key", "born", "registration")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    """That of the registration, so that a search needs no look at it."""
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, db_collation="C")
    born = models.SmallIntegerField(default=0)
    """The year of birth, by which a common key is narrowed; 0 where it is not known to within three years."""

    def __str__(self) -> str:
        return self.key
