# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tables of tracing hold to, and how they are found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Constraints and indexes."""

    dependencies = [("tracing", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["-recorded_at", "-id"], name="run_newest"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                fields=("organisation", "idempotency_key"), name="run_asked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "done"])), name="run_is_asked_or_done"
            ),
        ),
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(fields=["state", "-probability", "id"], name="pair_by_probability"),
        ),
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(fields=["organisation_a", "state", "-probability", "id"], name="pair_of_a"),
        ),
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(fields=["organisation_b", "state", "-probability", "id"], name="pair_of_b"),
        ),
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(fields=["person_a"], name="pair_person_a"),
        ),
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(fields=["person_b"], name="pair_person_b"),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.UniqueConstraint(
                fields=("registration_a", "link_a", "registration_b", "link_b"),
                name="pair_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("link_a__isnull", False), ("link_b__isnull", False), _connector="OR"),
                name="pair_has_a_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation_a", models.F("organisation_b")), _negated=True),
                name="pair_of_two_organisations",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "proposed",
                            "rejected",
                            "confirmed",
                            "verified",
                            "reunited",
                            "elsewhere",
                            "withdrawn",
                        ],
                    )
                ),
                name="pair_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("probability__gte", 0), ("probability__lte", 1)),
                name="pair_probability_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_by__isnull", False),
                        ("state", "elsewhere"),
                        models.Q(("state_before", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "elsewhere"), _negated=True),
                        ("closed_by__isnull", True),
                        ("state_before", ""),
                    ),
                    _connector="OR",
                ),
                name="elsewhere_knows_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "verified", "reunited"]), _negated=True),
                    ("confirmed_by__isnull", False),
                    _connector="OR",
                ),
                name="confirmed_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["member", "kind", "pair"], name="verdict_of_member"),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                fields=("organisation", "idempotency_key"), name="verdict_once_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "confirm",
                            "reject",
                            "ask",
                            "skip",
                            "withdraw",
                            "verify",
                            "refuse_verification",
                            "reopen",
                            "reunite",
                            "undo",
                            "revoke",
                        ],
                    )
                ),
                name="verdict_kind_known",
            ),
        ),
    ]
