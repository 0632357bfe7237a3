# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""People, and the registrations that say something of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.apps.registry.enums import Extent
from havre.core.database.models import Row, choices
from havre.engines.linkage.records import Sex


class Person(Row):
    """Somebody, as a reference that stays and means nothing; what is known of them stands in registrations."""

    reference = models.CharField(max_length=12, unique=True)
    """For paper and speech: ``H-7K3M-R2``; the last symbol checks the others."""
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    """Who made the reference."""
    grouped_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The person that this one was found to be: whoever holds the old reference still finds the child."""

    def __str__(self) -> str:
        return self.reference


class Registration(Row):
    """What was said of a person once: where, when, by whom and with which consent.

    What may be said twice and differ (names, ages, contacts, documents, family links, consent) has a table of its
    own, where nothing is overwritten. What changes or is put right in the columns here, the audit remembers.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations")
    own_person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    """The person made with it. Grouping moves ``person`` and never this, so that all can be undone."""
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    registered_by = models.ForeignKey("accounts.Member", models.PROTECT, related_name="+")
    said_on = models.DateField()
    place = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    """BCP 47 tag of the language that was spoken."""
    interpreter = models.BooleanField(null=True)
    """Whether an interpreter helped; None where nobody said."""
    extent = models.CharField(max_length=10, choices=choices(Extent), default=Extent.QUICK)
    sex = models.CharField(max_length=10, choices=choices(Sex), blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    """ISO 3166-1 alpha-3."""
    birthplace = models.TextField(blank=True)
    town = models.TextField(blank=True)
    """Where the person is now."""
    country = models.CharField(max_length=2, blank=True)
    """ISO 3166-1 alpha-2, where the person is now."""
    unsaid = models.JSONField(default=dict)
    """Field to unknown, refused or not_asked, where it holds nothing and somebody said why."""
    source = models.TextField(blank=True)
    """The list that it was imported from."""
    source_id = models.TextField(blank=True)
    """Its id on that list; empty after an erasure, of which a tombstone stays."""
    source_said = models.JSONField(default=dict)
    """What the list said last: the same line twice changes nothing, and a later one only what it says anew."""
    findable = models.BooleanField(default=False)
    """Whether others may hear that somebody like this is here. Follows from consent, as the next three do."""
    findable_until = models.DateField(null=True)
    traceable = models.BooleanField(default=False)
    traceable_until = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    """From then on it is neither compared nor shared; its own organisation keeps it."""
    erased_at = models.DateTimeField(null=True)
    """From then on it holds nothing."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-recorded_at", "-id"], name="registration_own_newest"),
            models.Index(fields=["-recorded_at", "-id"], name="registration_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "source", "source_id"],
                condition=~Q(source_id=""),
                name="registration_once_a_list",
            ),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex]), name="registration_sex_known"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
