# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a decision: a result and a reason for each criterion of the route, and all else that makes it whole.

What is missing is found by the action, all at once, and said at its field.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from havre.apps.cases.actions import DecisionSaid, Missing, NotWhole, Seen, Tested
from havre.apps.cases.enums import Answer, Factor, Manner, Result
from havre.apps.cases.queries import criteria
from havre.apps.cases.web.forms import SpokenForm, manners
from havre.core.ui.fields import Day, Note
from havre.core.ui.spoken import Options
from havre.engines.pathways import Condition, Route, State
from havre.words import Language

MISSING_LINES = 4


class DecisionForm(SpokenForm):
    """One draft. Nothing is required here but what damages a form: the action says what lacks, all of it."""

    answer = forms.CharField(required=False)
    written_in = forms.CharField(required=False)
    in_short = Note(rows=4, required=False)
    documents = forms.CharField(required=False)
    seen = Note(rows=4, required=False)
    telling_language = forms.CharField(max_length=35, required=False)
    telling_manner = forms.CharField(required=False)
    again_how = Note(rows=2, required=False)
    again_until = Day(required=False)
    helper = forms.CharField(max_length=200, required=False)

    def __init__(
        self,
        language: Language,
        route: Route,
        documents: Options,
        states: Mapping[str, State],
        data: Any = None,
    ) -> None:
        super().__init__(language, data, initial={"written_in": language})
        self.route, self._documents = route, dict(documents)
        self.offer("answer", [(each.value, each.label(language)) for each in Answer], "choose")
        self.offer("written_in", [(each.value, self.say(f"language_{each.value}")) for each in Language])
        self.offer("telling_manner", manners(language), "choose")
        for factor in Factor:
            self.fields[factor.value] = Note(
                rows=2, required=False, label=factor.label(language).capitalize()
            )
        self.fields["documents"] = forms.MultipleChoiceField(
            choices=documents,
            required=False,
            label=self.say("field_documents"),
            widget=forms.CheckboxSelectMultiple,
        )
        results = [("", self.say("choose")), *((each.value, each.label(language)) for each in Result)]
        for condition in criteria(route):
            self.fields[f"result_{condition.key}"] = forms.ChoiceField(
                choices=results,
                required=False,
                label=condition.text.say(language).rstrip("."),
                help_text=self.say("from_what_is_known", state=states[condition.key].label(language)),
            )
            self.fields[f"reason_{condition.key}"] = Note(
                rows=2, required=False, label=condition.text.say(language).rstrip(".")
            )
        for nth in range(MISSING_LINES):
            for part in ("what", "how"):
                self.fields[f"missing_{part}_{nth}"] = forms.CharField(
                    max_length=400, required=False, label=self.say(f"field_missing_{part}")
                )

    @property
    def tested(self) -> list[tuple[Condition, BoundField, BoundField]]:
        """Each criterion with its two fields."""
        return [
            (each, self[f"result_{each.key}"], self[f"reason_{each.key}"]) for each in criteria(self.route)
        ]

    @property
    def missing(self) -> list[tuple[BoundField, BoundField]]:
        """The lines for what is missing."""
        return [(self[f"missing_what_{nth}"], self[f"missing_how_{nth}"]) for nth in range(MISSING_LINES)]

    @property
    def factors(self) -> list[BoundField]:
        """The best interests."""
        return [self[factor.value] for factor in Factor]

    def said(self) -> DecisionSaid | None:
        """The decision as it was typed; None where something was typed that cannot be read."""
        if self.errors:
            return None
        said = self.cleaned_data
        return DecisionSaid(
            answer=Answer(said["answer"]) if said["answer"] else None,
            written_in=Language(said["written_in"] or self.language),
            criteria=tuple(self._tested()),
            evidence_seen=tuple(self._seen()),
            evidence_missing=tuple(self._missing()),
            telling_manner=Manner(said["telling_manner"]) if said["telling_manner"] else None,
            **{name: said[name].strip() for name in PLAIN},
            again_until=said["again_until"],
        )

    def _tested(self) -> Sequence[Tested]:
        said = self.cleaned_data
        chosen = [(each.key, said[f"result_{each.key}"]) for each in criteria(self.route)]
        return [
            Tested(key, Result(result), said[f"reason_{key}"].strip()) for key, result in chosen if result
        ]

    def _seen(self) -> Sequence[Seen]:
        said = self.cleaned_data
        papers = [Seen(self._documents[key], key) for key in said["documents"]]
        return [*papers, *(Seen(line.strip()) for line in said["seen"].splitlines() if line.strip())]

    def _missing(self) -> Sequence[Missing]:
        said = self.cleaned_data
        lines = [
            (said[f"missing_what_{n}"].strip(), said[f"missing_how_{n}"].strip())
            for n in range(MISSING_LINES)
        ]
        return [Missing(what, how) for what, how in lines if what or how]

    def take(self, refused: NotWhole) -> None:
        """Puts each lack to its field."""
        for place, lack in refused.lacks:
            field = self._field(place, lack)
            said = (
                refused.say_lack(lack, self.language)
                if field
                else refused.say_each(place, lack, self.language)
            )
            self.add_error(field, said)

    def _field(self, place: str, lack: str) -> str | None:
        name, _, key = place.partition(".")
        if name == "criteria":
            result = lack in ("needed", "no_criterion") and not self.cleaned_data.get(f"result_{key}")
            name = f"result_{key}" if result else f"reason_{key}"
        name = {"evidence_seen": "seen", "evidence_missing": "missing_what_0"}.get(name, name)
        return name if name in self.fields else None


PLAIN = (
    "in_short", "reunification", "well_being", "safety", "views", "telling_language", "again_how", "helper",
)  # fmt: skip
"""Fields that are words and nothing else."""
