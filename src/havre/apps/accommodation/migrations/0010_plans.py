# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans: tables of the desk's organisation alone. What members say of a plan is added, and never changed."""

from typing import ClassVar

from django.db import migrations, models

from havre.apps.registry.migrations._functions import kept
from havre.core.access.protection import GateMayRead, Protect
from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word

PLAN, PARTY, PLACE = "accommodation.plan", "accommodation.party", "accommodation.place"
KEPT_COLUMNS = {
    "plan": (
        "organisation_id",
        "asked_by_id",
        "day",
        "region",
        "again",
        "policy",
        "policy_by_id",
        "policy_why",
        "seconds",
        "seed",
        "hashes",
    ),
    "planbest": ("plan_id",),
    "assignment": ("plan_id", "party_id", "number", "was_id", "people"),
}
OWN = "organisation_id = (SELECT {}())"
OF_A_PLAN = "EXISTS (SELECT 1 FROM accommodation_plan plan WHERE plan.id = {}.plan_id{})"


def part(name: str, *fields: tuple[str, models.Field], **options: object) -> migrations.CreateModel:
    """A table of what belongs to a plan."""
    return migrations.CreateModel(name=name, fields=[*ROW, *fields], options=options)


def of_plan(related_name: str) -> tuple[str, models.Field]:
    """To the plan, with which it goes."""
    return "plan", models.ForeignKey(PLAN, models.CASCADE, related_name=related_name)


def said(
    name: str, related_name: str, *fields: tuple[str, models.Field], **options: object
) -> migrations.CreateModel:
    """A table of what members say of a plan, in the order in which they said it."""
    ordered = {"ordering": ["recorded_at", "id"], **options}
    return part(
        name, ("plan", to(PLAN, related_name=related_name)), *fields, ("member", to(MEMBER)), **ordered
    )


def said_policies(table: str) -> Protect:
    """Read with the plan, added by a member of the desk in their own name, and never changed."""
    own = OF_A_PLAN.format(table, " AND plan." + OWN.format("havre_writes"))
    return Protect(
        table,
        read=OF_A_PLAN.format(table, ""),
        write="false",
        insert=f"member_id = (SELECT havre_member()) AND {own}",
        subject="party_id",
        unlogged=("words",) if table.endswith("note") else (),
    )


def own_part(table: str, *, write: bool) -> Protect:
    """Read and added with the plan; changed, or not."""
    own = OF_A_PLAN.format(table, " AND plan." + OWN.format("havre_writes"))
    return Protect(
        table,
        read=OF_A_PLAN.format(table, ""),
        write=own if write else "false",
        insert=own,
        subject="party_id" if table.endswith("assignment") else "plan_id",
        unlogged=() if table.endswith("assignment") else ("text",),
    )


class Migration(migrations.Migration):
    """Seven tables, and the plan that a promise follows from."""

    dependencies: ClassVar = [("accommodation", "0007_policies")]

    operations: ClassVar = [
        part(
            "Plan",
            ("organisation", to(ORGANISATION)),
            ("asked_by", to(MEMBER)),
            ("idempotency_key", models.UUIDField(null=True)),
            ("day", models.DateField()),
            ("region", models.CharField(max_length=60, blank=True)),
            ("again", models.BooleanField(default=False)),
            ("policy", models.TextField()),
            ("policy_by", to(MEMBER, null=True)),
            ("policy_why", models.TextField(blank=True)),
            ("seconds", models.PositiveSmallIntegerField()),
            ("seed", models.PositiveIntegerField(default=1)),
            ("hashes", models.JSONField()),
            ("engine_version", models.CharField(max_length=40, blank=True)),
            ("job", models.UUIDField(null=True)),
            ("state", word("asked done", default="asked", max_length=10)),
            ("stop_asked_at", models.DateTimeField(null=True)),
            ("ended_at", models.DateTimeField(null=True)),
            ("ended_by", word("itself time hand worker", blank=True, max_length=10)),
            ("parties", models.PositiveIntegerField()),
            ("people", models.PositiveIntegerField()),
            ("waiting", models.PositiveIntegerField(null=True)),
            ("points", models.BigIntegerField(null=True)),
            ("bound", models.BigIntegerField(null=True)),
            ("fairness", models.JSONField(default=dict)),
            ordering=["-recorded_at", "-id"],
            indexes=[models.Index(fields=["organisation", "-recorded_at", "-id"], name="plan_own_newest")],
            constraints=[
                models.UniqueConstraint(fields=("organisation", "idempotency_key"), name="plan_asked_once"),
                models.CheckConstraint(
                    condition=models.Q(("ended_by", ""), ("state", "asked"))
                    | models.Q(
                        ("bound__gte", models.F("points")),
                        ("points__isnull", False),
                        ("state", "done"),
                        ("waiting__isnull", False),
                    ),
                    name="plan_is_asked_or_whole",
                ),
                models.CheckConstraint(
                    condition=models.Q(("policy_by__isnull", True))
                    | models.Q(("policy_why", ""), _negated=True),
                    name="policy_says_why",
                ),
            ],
        ),
        part(
            "PlanInput",
            of_plan("inputs"),
            ("kind", word("parties places locks promises", max_length=10)),
            ("text", models.TextField()),
            constraints=[models.UniqueConstraint(fields=("plan", "kind"), name="input_once_a_plan")],
        ),
        part(
            "PlanBest",
            ("plan", models.OneToOneField(PLAN, models.CASCADE, related_name="best")),
            ("text", models.TextField(blank=True)),
            ("points", models.BigIntegerField(null=True)),
            ("bound", models.BigIntegerField(null=True)),
            ("waiting", models.PositiveIntegerField(null=True)),
        ),
        part(
            "Assignment",
            of_plan("assignments"),
            ("party", to(PARTY)),
            ("number", models.PositiveIntegerField()),
            ("place", to(PLACE, null=True)),
            ("was", to(PLACE, null=True)),
            ("on_day", models.DateField(null=True)),
            ("people", models.PositiveSmallIntegerField()),
            ("points", models.IntegerField()),
            ("by_goal", models.JSONField(default=dict)),
            ordering=["plan", "number"],
            indexes=[models.Index(fields=["plan", "place"], name="assignment_by_place")],
            constraints=[models.UniqueConstraint(fields=("plan", "party"), name="assignment_once_a_plan")],
        ),
        said(
            "Override",
            "overrides",
            ("party", to(PARTY)),
            ("place", to(PLACE)),
            ("lock", models.OneToOneField("accommodation.lock", models.PROTECT, related_name="+")),
            ("wins", models.IntegerField()),
            ("costs", models.PositiveIntegerField()),
            ("whom", models.JSONField(default=list)),
            ("kept", models.BooleanField()),
        ),
        said(
            "Acceptance",
            "acceptances",
            ("party", to(PARTY)),
            ("place", to(PLACE)),
            constraints=[
                models.UniqueConstraint(
                    fields=("plan", "party", "place", "member"), name="accepted_once_a_member"
                )
            ],
        ),
        said(
            "PlanNote",
            "notes",
            ("party", to(PARTY, null=True)),
            ("words", models.TextField()),
            constraints=[
                models.CheckConstraint(
                    condition=models.Q(("words", ""), _negated=True), name="plan_note_says_something"
                )
            ],
        ),
        migrations.AddField("promise", "plan", to(PLAN, null=True)),
        Protect(
            "accommodation_plan",
            read=OWN.format("havre_reads"),
            write=OWN.format("havre_writes"),
            insert=f"{OWN.format('havre_writes')} AND asked_by_id = (SELECT havre_member())",
        ),
        own_part("accommodation_planinput", write=False),
        own_part("accommodation_planbest", write=True),
        own_part("accommodation_assignment", write=True),
        said_policies("accommodation_override"),
        said_policies("accommodation_acceptance"),
        said_policies("accommodation_plannote"),
        GateMayRead("accommodation_plannote", also=("UPDATE",)),
        migrations.RunSQL(
            "REVOKE DELETE ON accommodation_plan, accommodation_planbest, accommodation_assignment FROM havre_web",
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(
                kept(f"accommodation_{table}", *columns), f"DROP TRIGGER kept ON accommodation_{table}"
            )
            for table, columns in KEPT_COLUMNS.items()
        ),
    ]
