# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody chooses and types on the screens of cases."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import BadRequest

from havre.apps.cases.enums import Manner
from havre.apps.cases.queries import event_said, recorded_by_hand, routes, sayable
from havre.apps.cases.web.words import WORDS
from havre.core.clock import today
from havre.engines.pathways import Kind
from havre.words import Language

LONGEST = 4000
Options = list[tuple[str, str]]
ISO = ["%Y-%m-%d"]


def day_field(**options: Any) -> forms.DateField:
    """A day, chosen or typed."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(input_formats=ISO, widget=widget, **options)


def words_field(rows: int = 2, **options: Any) -> forms.CharField:
    """Words of somebody's own."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(max_length=LONGEST, widget=widget, **options)


def manners(language: Language) -> Options:
    """The manners of telling a child, in words."""
    return [(each.value, each.label(language)) for each in Manner]


class SpokenForm(forms.Form):
    """A form that is sent once, and whose fields are called by the page's words."""

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
        return WORDS.say(self.language, key, **values)

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


class EventForm(SpokenForm):
    """What happened, on which day; of a request, under which route."""

    kind = forms.CharField()
    happened_on = day_field()
    route = forms.CharField(required=False)

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, auto_id="event_%s", **options)
        self.offer("kind", [(kind, event_said(kind, language)) for kind in recorded_by_hand()], "choose")
        known = [
            (key, f"{route.origin.cite.say(language)}: {route.text.say(language)}")
            for key, route in routes().items()
        ]
        self.offer("route", known, "no_route")
        self.fields["happened_on"].widget.attrs["max"] = today().isoformat()


class FactForm(SpokenForm):
    """What is known of one fact: a word, or a day."""

    fact = forms.CharField()
    value = forms.CharField(required=False)
    day = day_field(required=False)
    how = words_field(required=False)

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, auto_id="fact_%s", **options)
        facts = sayable()
        self.offer("fact", [(fact.key, fact.text.say(language)) for fact in facts], "choose")
        chosen = [
            (choice.key, choice.text.say(language))
            for fact in facts
            if fact.kind is Kind.CHOICE
            for choice in fact.choices
        ]
        said = [(word, self.say(f"value_{word}")) for word in ("yes", "no", "unknown")]
        self.offer("value", [*said, *chosen], "choose")

    @property
    def answer(self) -> str | bool:
        """What was said, as the action takes it."""
        day, value = self.cleaned_data["day"], str(self.cleaned_data["value"])
        if day:
            return str(day.isoformat())
        return {"yes": True, "no": False}[value] if value in ("yes", "no") else value


class ToldForm(SpokenForm):
    """Who told the child of a decision, when, in which language, how."""

    told_by = forms.CharField(max_length=200)
    told_on = day_field()
    language_told = forms.CharField(max_length=35)
    manner = forms.CharField()

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, auto_id="told_%s", **options)
        self.offer("manner", manners(language), "choose")
        self.fields["told_on"].widget.attrs["max"] = today().isoformat()
