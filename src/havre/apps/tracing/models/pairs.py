# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs: a family link, and the link or the person on the other shore that it may speak of."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from havre.apps.tracing.enums import PairState
from havre.apps.tracing.models.runs import Run
from havre.core.accounts.enums import Shore
from havre.core.database.models import Row, choices
from havre.engines.linkage import Band


def _link(side: str) -> Any:
    """What ``side`` said; None where it has not named the other.

    Without a constraint in the database, because an erasure deletes links and must not wait for a pair; that the
    pair then shows nothing any more is the work of a trigger (``tracing_registration_ended``).
    """
    return models.ForeignKey(
        "registry.FamilyLink", models.DO_NOTHING, null=True, related_name=f"pairs_{side}", db_constraint=False
    )


class Pair(Row):
    """A record with a life; see ``actions.life`` for its steps, which a trigger holds against everybody.

    Side a is France's, side b Britain's. Both organisations read the whole row: so it holds of each side only what
    the other shore may see (``glimpses``), and never a phone number, a town or a day of birth.
    """

    registration_a = models.ForeignKey("registry.Registration", models.PROTECT, related_name="pairs_a")
    link_a = _link("a")
    registration_b = models.ForeignKey("registry.Registration", models.PROTECT, related_name="pairs_b")
    link_b = _link("b")
    organisation_a = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    organisation_b = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    person_a = models.UUIDField()
    """The registry's person at the last run, so that siblings are seen across registrations that may not be."""
    person_b = models.UUIDField()
    child_shore = models.CharField(max_length=20, choices=choices(Shore))
    """On whose list the child is; the reasons speak of child and relative."""

    state = models.CharField(max_length=20, choices=choices(PairState), default=PairState.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    """Goes up with each change of state: who decides names the one they saw."""
    confirmed_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    confirmed_organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, related_name="+"
    )
    confirmed_shore = models.CharField(max_length=20, choices=choices(Shore), blank=True)
    decided_at = models.DateTimeField(null=True)
    """When a member last changed its state."""
    state_before = models.CharField(max_length=20, choices=choices(PairState), blank=True)
    """What an elsewhere pair goes back to if the reunion is undone."""
    closed_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="closed")
    """The reunited pair that made it elsewhere."""
    came_back = models.BooleanField(default=False)
    """It had been rejected, and the match proposed it again."""

    probability = models.FloatField()
    band = models.CharField(max_length=20, choices=choices(Band))
    rivals = models.PositiveIntegerField(default=0)
    bits = models.JSONField(default=dict)
    """Part to bits of evidence."""
    evidence = models.FloatField(default=0)
    """The sum of all bits but the prior, which depends on the length of the lists."""
    reasons = models.JSONField(default=list)
    """See ``actions.telling``."""
    glimpse_a = models.JSONField(default=dict)
    """What the other shore may see of side a."""
    glimpse_b = models.JSONField(default=dict)
    name_keys = ArrayField(models.CharField(max_length=40), default=list)
    """Keys of the names in the glimpses, so that a pair is found in whatever script a name is typed."""
    fingerprint = models.CharField(max_length=64, blank=True)
    """Of all that was compared, folded; a rejected pair keeps that of its rejection."""
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="new_pairs")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="changed_pairs")
    """The last run that changed something of it."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "-probability", "id"], name="pair_by_probability"),
            models.Index(fields=["organisation_a", "state", "-probability", "id"], name="pair_of_a"),
            models.Index(fields=["organisation_b", "state", "-probability", "id"], name="pair_of_b"),
            models.Index(fields=["person_a"], name="pair_person_a"),
            models.Index(fields=["person_b"], name="pair_person_b"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration_a", "link_a", "registration_b", "link_b"],
                nulls_distinct=False,
                name="pair_once",
            ),
            models.CheckConstraint(
                condition=Q(link_a__isnull=False) | Q(link_b__isnull=False), name="pair_has_a_link"
            ),
            models.CheckConstraint(
                condition=~Q(organisation_a=F("organisation_b")), name="pair_of_two_organisations"
            ),
            models.CheckConstraint(condition=Q(state__in=list(PairState)), name="pair_state_known"),
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1), name="pair_probability_is_one"
            ),
            models.CheckConstraint(
                condition=Q(state=PairState.ELSEWHERE, closed_by__isnull=False) & ~Q(state_before="")
                | ~Q(state=PairState.ELSEWHERE) & Q(closed_by__isnull=True, state_before=""),
                name="elsewhere_knows_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PairState.CONFIRMED, PairState.VERIFIED, PairState.REUNITED])
                | Q(confirmed_by__isnull=False),
                name="confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_a_id} {self.registration_b_id}"
