# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of what belongs to a case as it lives on, as the first migration makes them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.apps.cases.migrations._columns import ANSWERS, added, once_a_key, one_of, to, word

TABLES = [
    added(
        "OutsideAnswer",
        "outside_answers",
        ("answer", word(ANSWERS)),
        ("words", models.TextField()),
        ("answered_on", models.DateField(null=True)),
        ("source", word("document import")),
        ("source_said", models.TextField()),
        ("event", one_of("event", "outside_answer")),
    ),
    once_a_key("outsideanswer"),
    added(
        "GroupStep",
        "group_steps",
        ("group", models.UUIDField()),
        ("joined", models.BooleanField()),
        ("why", word("not_siblings determination", blank=True)),
        ("reasons", models.TextField()),
        ("position", models.PositiveIntegerField(default=0)),
        ("told", ArrayField(models.UUIDField(), default=list)),
        ordering=["position"],
        indexes=[models.Index(fields=["group"], name="groupstep_of_group")],
        constraints=[
            models.UniqueConstraint(fields=("case", "position"), name="groupstep_in_order"),
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("joined", True), ("why", "")),
                    models.Q(("joined", False), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="parted_for_a_reason",
            ),
        ],
    ),
    once_a_key("groupstep"),
    added(
        "Representative",
        "representatives",
        ("kind", word("guardian ad_hoc_administrator lawyer referent", max_length=25)),
        ("name", models.TextField(blank=True)),
        ("reach", models.TextField(blank=True)),
        ("since", models.DateField(null=True)),
    ),
    once_a_key("representative"),
    added(
        "Spoken",
        "spoken",
        ("language", models.CharField(max_length=35)),
        ("interpreter", models.BooleanField(null=True)),
        ("note", models.TextField(blank=True)),
    ),
    once_a_key("spoken"),
    added(
        "Assessment",
        "assessments",
        ("assessed_on", models.DateField()),
        ("written_in", word("en fr", max_length=2)),
        ("took_part", models.TextField()),
        ("reunification", models.TextField()),
        ("well_being", models.TextField()),
        ("safety", models.TextField()),
        ("views", models.TextField()),
        ("conclusion", models.TextField()),
    ),
    once_a_key("assessment"),
    added(
        "Determination",
        "determinations",
        ("held_on", models.DateField()),
        ("written_in", word("en fr", max_length=2)),
        ("panel", models.JSONField()),
        ("options", models.JSONField()),
        ("views", models.TextField()),
        ("determined", models.TextField()),
        ("apart", models.BooleanField()),
        ("dissent", models.TextField(blank=True)),
        ("review_on", models.DateField()),
    ),
    once_a_key("determination"),
    added(
        "TransferPlan",
        "plans",
        ("journey", models.UUIDField()),
        ("travels_on", models.DateField()),
        ("event", one_of("event", "plan")),
        indexes=[models.Index(fields=["journey"], name="plan_of_journey")],
    ),
    once_a_key("transferplan"),
    added(
        "PlanStep",
        "plan_steps",
        ("part", word("escort travel reception accommodation first_visit")),
        ("who", models.TextField()),
        ("on_day", models.DateField()),
        ("confirmed", models.BooleanField()),
        ("plan", to("cases.transferplan", related_name="steps")),
    ),
    once_a_key("planstep"),
    added(
        "FollowUp",
        "follow_ups",
        ("weeks", models.PositiveSmallIntegerField()),
        ("seen_by", models.TextField()),
        ("well", models.BooleanField(null=True)),
        ("words", models.TextField()),
        ("event", one_of("event", "follow_up")),
    ),
    once_a_key("followup"),
    added(
        "Closing",
        "closings",
        (
            "reason",
            word(
                "with_family other_care no_way_left childs_wish out_of_contact returned died mistake",
                blank=True,
            ),
        ),
        ("words", models.TextField()),
        ("event", one_of("event", "closing")),
    ),
    once_a_key("closing"),
]
