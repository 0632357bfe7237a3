# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journey, and how the child is afterwards: the forms."""

from typing import ClassVar
from uuid import UUID

from django import forms

from havre.apps.cases.actions import follow_up, plan_transfer, say_plan_step
from havre.apps.cases.actions.travelling import STILL_TO_TRAVEL
from havre.apps.cases.enums import PlanPart
from havre.apps.cases.queries import group_of
from havre.apps.cases.web.living.forms import ActForm
from havre.core.ui.fields import Day, Note


class PlanForm(ActForm):
    """When the child travels, and with whom of the group."""

    travels_on = Day()
    together = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        """Brothers and sisters of the group; all of them, unless somebody says otherwise."""
        group = group_of(self.view.case, self.language)
        waiting = [each for each in group if each.state in STILL_TO_TRAVEL]
        of_group = [(str(each.case.pk), each.pair.child or self.say("no_name")) for each in waiting]
        if not of_group:
            del self.fields["together"]
            return
        field = forms.MultipleChoiceField(
            choices=of_group,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=self.say("field_together"),
            initial=[key for key, _ in of_group],
        )
        self.fields["together"] = field

    def act(self, case_id: UUID) -> None:
        """Plans it."""
        together = [UUID(key) for key in self.cleaned_data.get("together", ())]
        plan_transfer(case_id, self.cleaned_data["travels_on"], together=together, idempotency_key=self.once)


class StepForm(ActForm):
    """Who does one part of the plan, on which day, and whether they have confirmed."""

    part = forms.CharField()
    who = forms.CharField(max_length=400)
    on_day = Day()
    confirmed = forms.BooleanField(required=False)

    def prepare(self) -> None:
        """The parts of a plan."""
        self.offer("part", [(each.value, each.label(self.language)) for each in PlanPart], "choose")

    def act(self, case_id: UUID) -> None:
        """Says it."""
        say_plan_step(
            case_id,
            PlanPart(self.text("part")),
            who=self.text("who"),
            on_day=self.cleaned_data["on_day"],
            confirmed=bool(self.cleaned_data["confirmed"]),
            idempotency_key=self.once,
        )


class FollowUpForm(ActForm):
    """How the child was, some weeks after the arrival."""

    seen_on = Day()
    seen_by = forms.CharField(max_length=400)
    well = forms.CharField()
    words = Note(rows=4)
    called: ClassVar = {"words": "field_how_it_goes"}
    fields_of: ClassVar = {"happened_on": "seen_on"}
    days_gone: ClassVar = ("seen_on",)

    def prepare(self) -> None:
        """Whether the child is safe and well."""
        self.choose_yes_or_no("well")

    def act(self, case_id: UUID) -> None:
        """Records it."""
        follow_up(
            case_id,
            self.cleaned_data["seen_on"],
            seen_by=self.text("seen_by"),
            well=self.yes_or_no("well"),
            words=self.text("words"),
            idempotency_key=self.once,
        )
