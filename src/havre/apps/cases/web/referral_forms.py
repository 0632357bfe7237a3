# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody chooses and types to refer a child, and to answer."""

from typing import Any, cast

from django import forms

from havre.apps.cases.actions.referring import ReferralSaid
from havre.apps.cases.enums import ExtractField, ReferralKind
from havre.apps.cases.web.forms import SpokenForm
from havre.apps.registry.queries import person_of_reference, reference_of, registrations
from havre.core.access import current_actor
from havre.core.accounts.enums import OrganisationKind
from havre.core.accounts.models import Organisation
from havre.core.ui.fields import Day, Note
from havre.words import Language

BARE = (ExtractField.REFERENCE,)
"""What is ticked at first: whoever refers names the rest."""


class ReferralForm(SpokenForm):
    """To whom a child is referred, for what, until when, with what."""

    kind = forms.ChoiceField(widget=forms.RadioSelect)
    recipient = forms.ModelChoiceField(Organisation.objects.none())
    asked = Note(rows=4)
    answer_by = Day()
    fields_named = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    siblings_named = forms.CharField(required=False, max_length=400)
    siblings_said = Note(rows=2, required=False)

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        options["initial"] = {
            "kind": ReferralKind.REFERRAL,
            "fields_named": [*BARE],
            **options.get("initial", {}),
        }
        super().__init__(language, data, **options)
        self._choose("kind", [(each.value, each.label(language)) for each in ReferralKind])
        self._choose("fields_named", [(each.value, each.label(language)) for each in ExtractField])
        recipient = cast("forms.ModelChoiceField[Organisation]", self.fields["recipient"])
        others = Organisation.objects.filter(kind=OrganisationKind.PROTECTION).order_by("shore", "name")
        recipient.queryset = others.exclude(pk=current_actor().organisation_id)
        recipient.empty_label = self.say("choose")

    def _choose(self, name: str, options: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = options

    def clean_siblings_named(self) -> tuple[Any, ...]:
        """The own registrations of the references that were typed, in their order."""
        found: list[Any] = []
        for typed in self.cleaned_data["siblings_named"].replace(";", ",").split(","):
            if not typed.strip():
                continue
            person = person_of_reference(typed) if reference_of(typed) else None
            own = registrations().own().standing().of_person(person.pk).first() if person else None
            if own is None:
                raise forms.ValidationError(self.say("no_such_reference", typed=typed.strip()[:20]))
            found.append(own.pk)
        return tuple(found)

    def said(self) -> ReferralSaid:
        """What was typed."""
        said = self.cleaned_data
        return ReferralSaid(
            kind=ReferralKind(said["kind"]),
            recipient_id=said["recipient"].pk,
            asked=said["asked"],
            answer_by=said["answer_by"],
            fields=tuple(ExtractField(each) for each in said["fields_named"]),
            siblings=said["siblings_named"],
            siblings_said=said["siblings_said"],
        )


class WhomForm(forms.Form):
    """Whom to refer, by the reference."""

    reference = forms.CharField(max_length=20)


class StepForm(SpokenForm):
    """What is done to a referral, with the reason where one is asked for."""

    referral_words = Note(rows=2, required=False)
