# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody chooses and types on the screens of cases."""

from typing import Any

from django import forms

from havre.apps.cases.enums import Manner
from havre.apps.cases.queries import event_said, recorded_by_hand, routes, sayable
from havre.apps.cases.web.words import WORDS
from havre.core.clock import today
from havre.core.ui import spoken
from havre.core.ui.fields import Day, Note
from havre.core.ui.spoken import Options
from havre.engines.pathways import Kind
from havre.words import Language


def manners(language: Language) -> Options:
    """The manners of telling a child, in words."""
    return [(each.value, each.label(language)) for each in Manner]


class SpokenForm(spoken.SpokenForm):
    """A form in the words of these screens."""

    sentences = WORDS


class EventForm(SpokenForm):
    """What happened, on which day; of a request, under which route."""

    kind = forms.CharField()
    happened_on = Day()
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
    day = Day(required=False)
    how = Note(rows=2, required=False)

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
    told_on = Day()
    language_told = forms.CharField(max_length=35)
    manner = forms.CharField()

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, auto_id="told_%s", **options)
        self.offer("manner", manners(language), "choose")
        self.fields["told_on"].widget.attrs["max"] = today().isoformat()
