# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody types and chooses at the desk."""

from typing import Any
from uuid import UUID

from django import forms

from havre.apps.accommodation.actions.desk import Explained
from havre.apps.accommodation.enums import QueueReason
from havre.apps.accommodation.web.desk.words import WORDS
from havre.apps.accommodation.web.spoken import code_of
from havre.core.ui import spoken
from havre.core.ui.fields import Note
from havre.words import Language

NEITHER = "neither"


class SearchForm(spoken.Spoken):
    """A wristband, a reference, or the name of somebody who is registered. Posted: a name stands in no address."""

    sentences = WORDS
    q = forms.CharField(max_length=200)
    too_often = False
    """Whether the search was refused."""


class AnswerForm(spoken.SpokenForm):
    """What a party says to an offer, and how it was explained to them."""

    sentences = WORDS
    offer_id = forms.UUIDField(widget=forms.HiddenInput)
    told_in = forms.CharField(max_length=35)
    interpreter = forms.CharField(max_length=200, required=False)
    words = Note(rows=2, required=False)
    choice = forms.CharField(max_length=36, widget=forms.HiddenInput, required=False)

    @property
    def explained(self) -> Explained:
        """How it was explained, and what they said."""
        said = self.cleaned_data
        return Explained(code_of(said["told_in"]), said["interpreter"], said["words"])

    @property
    def chosen(self) -> UUID | None:
        """The place of the region that they take; None: neither."""
        choice = self.cleaned_data["choice"]
        return None if choice == NEITHER else UUID(choice)

    def clean_choice(self) -> str:
        """The place of a button, or that of neither."""
        choice = str(self.cleaned_data["choice"])
        if choice != NEITHER:
            try:
                UUID(choice)
            except ValueError as error:
                raise forms.ValidationError(self.say("choose_one")) from error
        return choice


class QueueForm(spoken.SpokenForm):
    """Why a party waits."""

    sentences = WORDS
    reason = forms.CharField()
    words = Note(rows=2, required=False)

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, auto_id="queue_%s", **options)
        self.offer(
            "reason", [(each.value, self.say(f"reason_{each.value}")) for each in QueueReason], "choose"
        )
