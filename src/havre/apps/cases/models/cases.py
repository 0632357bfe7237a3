# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case: of which child it is, on the way to whom, and who asks whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.core.accounts.enums import Shore
from havre.core.database.models import Row, choices


class Case(Row):
    """A child's way to family. What becomes of it stands in its events.

    It opens from a verified pair, or from a family link that nobody has matched. Of the latter, whom it asks is said
    once, and the pair joins it once; nothing else of the row changes.
    """

    pair = models.ForeignKey("tracing.Pair", models.PROTECT, null=True, related_name="cases")
    """None while nobody has matched the link."""
    link = models.ForeignKey(
        "registry.FamilyLink", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    """What the child said of the relative. An erasure deletes it and does not wait for a case."""
    registration = models.ForeignKey("registry.Registration", models.PROTECT, related_name="+")
    """The child's."""
    family = models.ForeignKey("registry.Registration", models.PROTECT, null=True, related_name="+")
    """The relative's; None without a pair."""
    person = models.UUIDField()
    """The registry's person when it was opened: one case a child."""
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """That registered the child, and asks."""
    other_organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, related_name="+"
    )
    """That is asked: of the pair's other side, or the one that was named; None before."""
    child_shore = models.CharField(max_length=20, choices=choices(Shore))
    glimpse = models.JSONField(default=dict)
    """Without a pair: what the organisation that is asked may see of the child (tracing's glimpse)."""
    opened_by = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="case_once_a_child"),
            models.UniqueConstraint(fields=["organisation", "registration"], name="case_once_a_registration"),
            models.CheckConstraint(
                condition=Q(pair__isnull=False, family__isnull=False, other_organisation__isnull=False)
                | Q(pair__isnull=True, family__isnull=True, link__isnull=False),
                name="case_of_a_pair_or_a_link",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["other_organisation"], name="case_of_other")]

    def __str__(self) -> str:
        return str(self.pk)
