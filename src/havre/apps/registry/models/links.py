# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Family links: what one person says of another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from havre.apps.registry.models.people import Registration
from havre.core.database.models import Row, choices
from havre.engines.linkage.records import BirthInterval, BirthKind, Description, Sex, Unsaid


class FamilyLink(Row):
    """ "My uncle Ahmad Khan": a relation, and a description of the other person in the words of the declarant."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="links")
    """The declarant."""
    relation = models.CharField(max_length=30, blank=True)
    """A key of the published vocabulary; empty where none was said."""
    names = models.TextField(blank=True)
    """As written, in any script."""
    other_names = models.TextField(blank=True)
    sex = models.CharField(max_length=10, choices=choices(Sex), blank=True)
    born_earliest = models.DateField(null=True)
    born_latest = models.DateField(null=True)
    born_kind = models.CharField(max_length=20, choices=choices(BirthKind), blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    birthplace = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    town = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    unsaid = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    said_on = models.DateField()
    source_id = models.TextField(blank=True)
    """Its id on the list that it was imported from."""
    source_said = models.JSONField(default=dict)
    """What the list said last."""
    withdrawn_at = models.DateTimeField(null=True)
    """From then on nothing is compared with it."""

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "source_id"], condition=~Q(source_id=""), name="link_once_a_list"
            ),
            models.CheckConstraint(
                condition=Q(born_earliest__isnull=True, born_latest__isnull=True, born_kind="")
                | (Q(born_earliest__lte=F("born_latest")) & ~Q(born_kind="")),
                name="link_birth_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return self.names

    @property
    def birth(self) -> BirthInterval | None:
        """The interval in which the other person was born, as far as it was said."""
        if self.born_earliest is None or self.born_latest is None:
            return None
        return BirthInterval(self.born_earliest, self.born_latest, BirthKind(self.born_kind))

    @property
    def described(self) -> Description:
        """What was said of the other person, as the engines want it."""
        return Description(
            names=self.names,
            other_names=self.other_names,
            sex=Sex(self.sex) if self.sex else None,
            birth=self.birth,
            nationality=self.nationality,
            birthplace=self.birthplace,
            phone=self.phone,
            town=self.town,
            country=self.country,
            unsaid={name: Unsaid(why) for name, why in self.unsaid.items()},
        )
