# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans: what each was made from, what it says of each party, and what members made of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.apps.accommodation.enums import PlanEnd, PlanInputKind, PlanState
from havre.apps.accommodation.models.centres import Place
from havre.apps.accommodation.models.dated import Dated
from havre.apps.accommodation.models.parties import Lock, Party
from havre.core.database.models import Row, choices


class Plan(Dated):
    """Who could go where: proposed by a program, and worth nothing until members accept it."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """The desk's."""
    asked_by = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    idempotency_key = models.UUIDField(null=True)
    day = models.DateField()
    """The units that are free on it are given out."""
    region = models.CharField(max_length=60, blank=True)
    """Of departure: children whose family claim is pending stay in it."""
    again = models.BooleanField(default=False)
    """Made again: those who were promised a place keep it, unless much is won elsewhere."""
    policy = models.TextField()
    """TOML, as it was when the plan was made."""
    policy_by = models.ForeignKey("accounts.Member", models.PROTECT, null=True, related_name="+")
    """Who wrote it; None: the default policy."""
    policy_why = models.TextField(blank=True)
    seconds = models.PositiveSmallIntegerField()
    """That the search may take."""
    seed = models.PositiveIntegerField(default=1)
    hashes = models.JSONField()
    """SHA-256 of parties, places, policy and locks."""
    engine_version = models.CharField(max_length=40, blank=True)
    job = models.UUIDField(null=True)
    acceptance_job = models.UUIDField(null=True)
    """The last one that accepted the whole plan."""
    state = models.CharField(max_length=10, choices=choices(PlanState), default=PlanState.ASKED)
    stop_asked_at = models.DateTimeField(null=True)
    """From then on the search ends, and keeps its best."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, choices=choices(PlanEnd), blank=True)
    parties = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField(null=True)
    """People without a place."""
    points = models.BigIntegerField(null=True)
    bound = models.BigIntegerField(null=True)
    """Points that no plan exceeds."""
    fairness = models.JSONField(default=dict)
    """Whether the rules of fairness are kept (``first``, ``floor``), and what is ``said`` of them in each language."""

    class Meta:
        ordering: ClassVar = ["-recorded_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "idempotency_key"], name="plan_asked_once"),
            models.CheckConstraint(
                condition=Q(state=PlanState.ASKED, ended_by="")
                | Q(
                    state=PlanState.DONE, points__isnull=False, bound__gte=F("points"), waiting__isnull=False
                ),
                name="plan_is_asked_or_whole",
            ),
            models.CheckConstraint(
                condition=Q(policy_by__isnull=True) | ~Q(policy_why=""), name="policy_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-recorded_at", "-id"], name="plan_own_newest")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"

    @property
    def gap(self) -> float:
        """How far the plan may be below the best one, as a part of the bound."""
        return ((self.bound or 0) - (self.points or 0)) / max(1, abs(self.bound or 0))


class PlanInput(Row):
    """A table that a plan was made from, as the engine read it: numbers and needs, no names."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="inputs")
    kind = models.CharField(max_length=10, choices=choices(PlanInputKind))
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "kind"], name="input_once_a_plan")]

    def __str__(self) -> str:
        return self.kind


class PlanBest(Row):
    """The best plan so far, and its bound. Written while the job runs, so that it outlives the worker."""

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="best")
    text = models.TextField(blank=True)
    """As the engine keeps it; empty while there is none."""
    points = models.BigIntegerField(null=True)
    bound = models.BigIntegerField(null=True)
    waiting = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.points}"


class Assignment(Row):
    """What a plan proposes for a party."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="assignments")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    """Of the party among those of the plan."""
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    """None: it waits."""
    was = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    """The place that it was promised when the plan was made."""
    on_day = models.DateField(null=True)
    """Where the centre counts its days."""
    people = models.PositiveSmallIntegerField()
    points = models.IntegerField()
    by_goal = models.JSONField(default=dict)
    """Goal to points; empty for a party that waits."""

    class Meta:
        ordering: ClassVar = ["plan", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "party"], name="assignment_once_a_plan"),
        ]
        indexes: ClassVar = [models.Index(fields=["plan", "place"], name="assignment_by_place")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.place_id}"


class Override(Dated):
    """That a member laid down another place for a party, what that costs by the prices of the plan, and why."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="overrides")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    lock = models.OneToOneField(Lock, models.PROTECT, related_name="+")
    """That every later plan keeps."""
    wins = models.IntegerField()
    """Points of the party; with a minus, what it loses."""
    costs = models.PositiveIntegerField()
    """Points that others lose by it."""
    whom = models.JSONField(default=list)
    """Who would have to leave: number of parties, kind, and the goal that counts most for them there."""
    kept = models.BooleanField()
    """Whether there was room, so that this plan keeps it already."""
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.place_id}"


class Acceptance(Row):
    """That a member accepted what a plan proposes for a party. Of minors two people do, on two accounts."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="acceptances")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "party", "place", "member"], name="accepted_once_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.place_id}"


class PlanNote(Dated):
    """What a member wrote beside a plan, or beside a party in it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="notes")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    member = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="plan_note_says_something")
        ]

    def __str__(self) -> str:
        return str(self.pk)
