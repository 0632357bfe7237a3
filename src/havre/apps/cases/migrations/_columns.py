# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tables of cases have in common, as their first migration makes them."""

from django.db import migrations, models

from havre.core.database.columns import MEMBER, ORGANISATION, ROW, to, word

REGISTRATION = "registry.registration"
SHORES = "france britain"
ANSWERS = "accept refuse"
MANNERS = "in_person with_interpreter by_phone read_aloud"


def said(what: str) -> tuple[tuple[str, models.Field], ...]:
    """What is known of whatever a member adds to a case."""
    return (
        ("shore", word(SHORES)),
        ("idempotency_key", models.UUIDField(null=True)),
        ("case", to("cases.case", related_name=what)),
        ("member", to(MEMBER)),
        ("organisation", to(ORGANISATION)),
    )


def once_a_key(model: str) -> migrations.AddConstraint:
    """The same key from the same organisation is the same act."""
    return migrations.AddConstraint(
        model_name=model,
        constraint=models.UniqueConstraint(
            fields=("organisation", "idempotency_key"), name=f"{model}_once_a_key"
        ),
    )


def one_of(model: str, name: str) -> models.OneToOneField:
    """What is said once of a row."""
    return models.OneToOneField(on_delete=models.PROTECT, related_name=name, to=f"cases.{model}")


def added(
    model: str, what: str, *fields: tuple[str, models.Field], **options: object
) -> migrations.CreateModel:
    """A table of what members say, in the order in which they said it."""
    ordered = {"ordering": ["recorded_at", "id"], **options}
    return migrations.CreateModel(name=model, fields=[*ROW, *said(what), *fields], options=ordered)
