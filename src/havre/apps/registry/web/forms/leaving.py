# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Naming what is to be erased, and what is to be grouped, by its reference."""

from typing import Any

from django import forms

from havre.apps.registry.models import Person
from havre.apps.registry.queries import person_of_reference, reference_of
from havre.apps.registry.web.forms.adding import OnceForm
from havre.apps.registry.web.forms.fields import Line, SpokenForm
from havre.core.ui.fields import Note


class ReferenceForm(SpokenForm):
    """The reference, typed by hand: nothing is erased by a slip."""

    typed = Line(max_length=20)

    def __init__(self, *args: Any, reference: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.reference = reference

    def clean_typed(self) -> str:
        """The reference of this person and no other."""
        typed: str = self.cleaned_data["typed"]
        if reference_of(typed) != self.reference:
            raise forms.ValidationError(self.say("another_reference"))
        return typed


class ReasonForm(SpokenForm):
    """Why lists may bring somebody back."""

    reason = Note(rows=3)


class SameForm(OnceForm):
    """The reference of somebody who may be the same person."""

    reference = Line(max_length=20)

    def clean_reference(self) -> Person:
        """The person of the reference."""
        typed = self.cleaned_data["reference"]
        if reference_of(typed) is None:
            raise forms.ValidationError(self.say("no_reference"))
        person = person_of_reference(typed)
        if person is None:
            raise forms.ValidationError(self.say("nobody_of_reference"))
        return person
