# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A form that is sent once, and whose fields are called by the page's words."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import BadRequest

from havre.words import Language, Words

Options = list[tuple[str, str]]


class SpokenForm(forms.Form):
    """A form that is sent once, and whose fields are called by the page's words."""

    sentences: ClassVar[Words]
    """Of the screen; a screen's own form says it once for all of them."""
    key = forms.UUIDField(widget=forms.HiddenInput)
    called: ClassVar[Mapping[str, str]] = {}
    """Field to the sentence that names it, where that is not ``field_NAME``."""

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.language = language
        self.order_fields([name for name in self.fields if name != "key"] + ["key"])
        for name, field in self.fields.items():
            if name != "key" and not field.label:
                field.label = self.name_of(name)

    def say(self, key: str, **values: object) -> str:
        """A sentence of the screens."""
        return self.sentences.say(self.language, key, **values)

    def name_of(self, name: str) -> str:
        """What a field is called."""
        return self.say(self.called.get(name, f"field_{name}"))

    def offer(self, name: str, options: Options, none: str = "") -> None:
        """What a field offers, behind a first line that says nothing."""
        offered = [("", self.say(none)), *options] if none else options
        required = self.fields[name].required
        self.fields[name] = forms.ChoiceField(choices=offered, required=required, label=self.name_of(name))

    def is_right(self) -> bool:
        """Whether it is valid; BadRequest where something is wrong that nobody has typed."""
        if "key" in self.errors:
            raise BadRequest
        return self.is_valid()
