# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who stands by the child, the language to speak, and what is best for them: the forms."""

from typing import ClassVar
from uuid import UUID

from django import forms

from havre.apps.cases.actions import (
    AssessmentSaid,
    DeterminationSaid,
    Option,
    Present,
    assess_interests,
    determine_interests,
    name_representative,
    say_spoken,
)
from havre.apps.cases.enums import Factor, RepresentativeKind
from havre.apps.cases.queries import RULES
from havre.apps.cases.web.living.forms import ActForm
from havre.core.ui.fields import Day, Note
from havre.words import Language

MORE = 2
"""Lines beyond those that a panel needs."""


class RepresentativeForm(ActForm):
    """Who stands by the child; nobody, where the name is left empty."""

    kind = forms.CharField()
    name = forms.CharField(max_length=200, required=False)
    reach = forms.CharField(max_length=400, required=False)
    since = Day(required=False)
    called: ClassVar = {"kind": "field_representative_kind"}
    days_gone: ClassVar = ("since",)

    def prepare(self) -> None:
        """The four kinds."""
        kinds = [(each.value, each.label(self.language)) for each in RepresentativeKind]
        self.offer("kind", kinds, "choose")

    def act(self, case_id: UUID) -> None:
        """Says it."""
        name_representative(
            case_id,
            RepresentativeKind(self.text("kind")),
            name=self.text("name"),
            reach=self.text("reach"),
            since=self.cleaned_data["since"],
            idempotency_key=self.once,
        )


class LanguageForm(ActForm):
    """The language to speak with the child."""

    spoken_language = forms.CharField(max_length=35)
    interpreter = forms.CharField()
    note = forms.CharField(max_length=400, required=False)

    def prepare(self) -> None:
        """Whether an interpreter is needed."""
        self.choose_yes_or_no("interpreter")

    def act(self, case_id: UUID) -> None:
        """Says it."""
        say_spoken(
            case_id,
            self.text("spoken_language"),
            interpreter=self.yes_or_no("interpreter"),
            note=self.text("note"),
            idempotency_key=self.once,
        )


class AssessForm(ActForm):
    """The four factors, and what follows. What is missing the action says, all of it."""

    assessed_on = Day(required=False)
    written_in = forms.CharField()
    took_part = forms.CharField(max_length=400, required=False)
    conclusion = Note(rows=4, required=False)
    days_gone: ClassVar = ("assessed_on",)
    is_whole: ClassVar = True

    def prepare(self) -> None:
        """A field for each factor."""
        self.choose_language()
        for factor in Factor:
            self.fields[factor.value] = Note(
                rows=4, required=False, label=factor.label(self.language).capitalize()
            )
        self.order_fields(["assessed_on", "written_in", "took_part", *Factor, "conclusion"])

    def act(self, case_id: UUID) -> None:
        """Records it."""
        texts = {name: self.text(name).strip() for name in ("took_part", *Factor, "conclusion")}
        said = AssessmentSaid(
            assessed_on=self.cleaned_data["assessed_on"],
            written_in=Language(self.text("written_in")),
            **texts,
        )
        assess_interests(case_id, said, idempotency_key=self.once)


class DetermineForm(ActForm):
    """Who was there, what was weighed, what was found. What is missing the action says, all of it."""

    held_on = Day(required=False)
    written_in = forms.CharField()
    determined = Note(rows=4, required=False)
    apart = forms.CharField(required=False)
    dissent = Note(rows=2, required=False)
    review_on = Day(required=False)
    fields_of: ClassVar = {"panel": "member_0", "options": "option_0"}
    days_gone: ClassVar = ("held_on",)
    is_whole: ClassVar = True
    optional: ClassVar = frozenset(
        {"dissent"}
        | {f"{name}_{RULES.least_panel + nth}" for name in ("member", "of") for nth in range(MORE)}
        | {f"{name}_{RULES.least_options + nth}" for name in ("option", "weighed") for nth in range(MORE)}
    )

    def prepare(self) -> None:
        """Lines for the panel and for the options."""
        self.choose_language()
        self.choose_yes_or_no("apart", unknown=False)
        self.fields["views"] = Note(
            rows=4, required=False, label=Factor.VIEWS.label(self.language).capitalize()
        )
        self.add_rows(RULES.least_panel + MORE, member="field_member", of="field_of")
        self.add_rows(RULES.least_options + MORE, option="field_option", weighed="field_weighed")
        after = ["views", "determined", "apart", "dissent", "review_on", "key"]
        self.order_fields(
            ["held_on", "written_in", *(name for name in self.fields if name[-1].isdecimal()), *after]
        )

    def act(self, case_id: UUID) -> None:
        """Records it."""
        said = DeterminationSaid(
            held_on=self.cleaned_data["held_on"],
            written_in=Language(self.text("written_in")),
            panel=tuple(Present(*line) for line in self.rows("member", "of")),
            options=tuple(Option(*line) for line in self.rows("option", "weighed")),
            views=self.text("views").strip(),
            determined=self.text("determined").strip(),
            apart=self.yes_or_no("apart"),
            dissent=self.text("dissent").strip(),
            review_on=self.cleaned_data["review_on"],
        )
        determine_interests(case_id, said, idempotency_key=self.once)
