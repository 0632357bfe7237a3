# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody types of a pledge, and of what a day takes in."""

from typing import Any

from django import forms

from havre.apps.accommodation.actions import PledgeSaid
from havre.apps.accommodation.models import Place
from havre.apps.accommodation.web.forms import SpokenForm
from havre.core.ui.fields import Day, Note
from havre.words import Language


class PledgeForm(SpokenForm):
    """A figure that somebody said."""

    units = forms.IntegerField(min_value=1, max_value=1_000_000)
    said_by = forms.CharField(max_length=200)
    said_on = Day()
    region = forms.CharField(max_length=60, required=False)
    source = Note(rows=2)

    def said(self) -> PledgeSaid:
        """What was typed."""
        typed = self.cleaned_data
        return PledgeSaid(
            typed["units"], typed["said_by"], typed["said_on"], typed["source"], typed["region"]
        )


class ConfirmForm(SpokenForm):
    """Units of one place, of those that were pledged."""

    place = forms.CharField()
    units = forms.IntegerField(min_value=1, max_value=100_000)
    source = Note(rows=2)

    def __init__(self, language: Language, data: Any = None, *, places: list[Place], **options: Any) -> None:
        super().__init__(language, data, **options)
        named = [(str(each.pk), f"{each.centre.name}, {each.code}") for each in places]
        self.offer("place", named, "choose")


class IntakeForm(SpokenForm):
    """How many people a day takes in; nothing typed: any number."""

    on_day = Day()
    most = forms.IntegerField(min_value=0, max_value=100_000, required=False)
