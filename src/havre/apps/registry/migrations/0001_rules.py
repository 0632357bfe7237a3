# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tables of the registry hold to, and how they are found."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import MD5

constraint, index = migrations.AddConstraint, migrations.AddIndex


class Migration(migrations.Migration):
    """Constraints and indexes."""

    dependencies = [("registry", "0001_initial")]

    operations = [
        index(
            "registration",
            models.Index(fields=["organisation", "-recorded_at", "-id"], name="registration_own_newest"),
        ),
        index("registration", models.Index(fields=["-recorded_at", "-id"], name="registration_newest")),
        constraint(
            "registration",
            models.UniqueConstraint(
                condition=Q(("source_id", ""), _negated=True),
                fields=("organisation", "source", "source_id"),
                name="registration_once_a_list",
            ),
        ),
        constraint(
            "registration",
            models.CheckConstraint(
                condition=Q(("sex__in", ["", "female", "male", "other"])), name="registration_sex_known"
            ),
        ),
        constraint(
            "name", models.UniqueConstraint(F("registration"), MD5("written"), name="name_once_a_spelling")
        ),
        constraint(
            "name",
            models.CheckConstraint(condition=Q(("written", ""), _negated=True), name="name_is_written"),
        ),
        index(
            "grouping", models.Index(fields=["state", "-probability", "id"], name="grouping_by_probability")
        ),
        constraint(
            "grouping",
            models.CheckConstraint(
                condition=Q(("registration_a__lt", F("registration_b"))), name="grouping_in_one_order"
            ),
        ),
        constraint(
            "grouping",
            models.UniqueConstraint(
                fields=("registration_a", "registration_b"), name="grouping_once_for_two_registrations"
            ),
        ),
        constraint(
            "grouping",
            models.CheckConstraint(
                condition=Q(("state", "proposed"), ("decided_by__isnull", False), _connector="OR"),
                name="grouping_is_decided_by_somebody",
            ),
        ),
        constraint(
            "familylink",
            models.UniqueConstraint(
                condition=Q(("source_id", ""), _negated=True),
                fields=("registration", "source_id"),
                name="link_once_a_list",
            ),
        ),
        constraint(
            "familylink",
            models.CheckConstraint(
                condition=Q(
                    Q(("born_earliest__isnull", True), ("born_kind", ""), ("born_latest__isnull", True)),
                    Q(("born_earliest__lte", F("born_latest")), Q(("born_kind", ""), _negated=True)),
                    _connector="OR",
                ),
                name="link_birth_whole_or_not",
            ),
        ),
        constraint(
            "contact",
            models.UniqueConstraint(F("registration"), F("kind"), MD5("value"), name="contact_once"),
        ),
        constraint(
            "consent",
            models.CheckConstraint(
                condition=Q(
                    Q(("for_what", "sharing"), ("recipient__isnull", False)),
                    Q(Q(("for_what", "sharing"), _negated=True), ("recipient__isnull", True)),
                    _connector="OR",
                ),
                name="consent_to_share_names_with_whom",
            ),
        ),
        constraint(
            "ageevidence",
            models.CheckConstraint(
                condition=Q(("earliest__lte", F("latest"))), name="age_earliest_before_latest"
            ),
        ),
        index(
            "share",
            models.Index(
                condition=Q(("ended_at__isnull", True)),
                fields=["recipient", "registration"],
                name="share_open",
            ),
        ),
        index("share", models.Index(fields=["basis_id"], name="share_basis")),
        constraint(
            "share",
            models.UniqueConstraint(
                condition=Q(("ended_at__isnull", True)),
                fields=("registration", "recipient", "basis", "basis_id"),
                name="share_once_a_basis",
            ),
        ),
    ]
