# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms whose fields are called by the page's words; and those of them that do what they do once."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import BadRequest

from havre.words import Language, Words

Options = list[tuple[str, str]]


class Spoken(forms.Form):
    """A form whose fields are called by the page's words."""

    sentences: ClassVar[Words]
    """Of the screen; a screen's own form says it once for all of them."""
    called: ClassVar[Mapping[str, str]] = {}
    """Field to the sentence that names it, where that is not ``field_NAME``."""

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.language = language
        for name, field in self.fields.items():
            if not field.widget.is_hidden and not field.label:
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
        if any(name in self.errors and field.widget.is_hidden for name, field in self.fields.items()):
            raise BadRequest
        return self.is_valid()


class SpokenForm(Spoken):
    """The same, sent once: what is sent again with its key does nothing more."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, **options)
        self.order_fields([name for name in self.fields if name != "key"] + ["key"])
