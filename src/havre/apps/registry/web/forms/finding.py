# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Narrowing lists."""

from enum import StrEnum

from django import forms

from havre.apps.registry.web.forms import options
from havre.apps.registry.web.forms.fields import Choice, CountryField, SpokenForm
from havre.apps.registry.web.words import WORDS
from havre.core.accounts.models import Organisation
from havre.words import Language


class AgeNow(StrEnum):
    """How old somebody is today, as far as it is known."""

    CHILD = "child"
    MAYBE = "maybe"
    ADULT = "adult"
    UNKNOWN = "unknown"


class Agreed(StrEnum):
    """How it stands with consent."""

    TRACING = "tracing"
    NONE = "none"
    ENDING = "ending"


class Links(StrEnum):
    """Whether somebody named family."""

    WITH = "with"
    WITHOUT = "without"


def _ages(language: Language) -> options.Pairs:
    return [(each.value, WORDS.say(language, f"age_now_{each.value}")) for each in AgeNow]


def _agreed(language: Language) -> options.Pairs:
    return [(each.value, WORDS.say(language, f"agreed_{each.value}")) for each in Agreed]


def _links(language: Language) -> options.Pairs:
    return [(each.value, WORDS.say(language, f"links_{each.value}")) for each in Links]


class PeopleFilter(SpokenForm):
    """Which registrations a list shows; each filter stands in the address, so that it can be kept and sent."""

    nationality = CountryField(required=False)
    age = Choice(_ages, empty="any", required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), required=False)
    links = Choice(_links, empty="any", required=False)
    consent = Choice(_agreed, empty="any", required=False)

    def __init__(self, *args: object, language: Language, **more: object) -> None:
        super().__init__(*args, language=language, **more)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.order_by("name")  # type: ignore[attr-defined]
        field.empty_label = self.say("any")  # type: ignore[attr-defined]
