# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody answered when asked for consent."""

from collections.abc import Iterable
from typing import Any

from django import forms

from havre.apps.registry.actions import ConsentSaid
from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow, LegalBasis
from havre.apps.registry.web.forms import options
from havre.apps.registry.web.forms.adding import OnceForm
from havre.apps.registry.web.forms.fields import Choice, Line, Several, Shown, SpokenForm
from havre.core.accounts.models import Organisation
from havre.core.clock import today
from havre.core.ui.fields import Day
from havre.words import Language


class ConsentForm(OnceForm):
    """One question, one answer."""

    for_what = Shown(options.consent_for)
    recipient = forms.ModelChoiceField(Organisation.objects.none(), required=False)
    answer = Shown(options.answer)
    given_by = Shown(options.consent_giver)
    how = Shown(options.consent_how)
    spoken = Choice(options.languages, empty="not_said", required=False)
    interpreter = Line(required=False)
    purpose = Line(required=False)
    legal_basis = Shown(options.legal_basis, initial=LegalBasis.CONSENT, required=False)
    given_on = Day(initial=today)
    until = Day(required=False)

    def __init__(self, *args: Any, recipients: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["recipient"]
        field.queryset = recipients  # type: ignore[attr-defined]
        field.empty_label = self.say("choose")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is asked for one organisation has a recipient, nothing else has; nobody answered tomorrow."""
        said = super().clean() or self.cleaned_data
        if (
            _names_recipient(said.get("for_what"))
            and not said.get("recipient")
            and "recipient" not in self.errors
        ):
            self.add_error("recipient", self.say("recipient_needed"))
        if said.get("given_on") and said["given_on"] > today():
            self.add_error("given_on", self.say("not_yet"))
        return said

    def said(self) -> ConsentSaid:
        """The answer."""
        said = self.cleaned_data
        named = _names_recipient(said["for_what"])
        return ConsentSaid(
            for_what=ConsentFor(said["for_what"]),
            given_by=ConsentGiver(said["given_by"]),
            how=ConsentHow(said["how"]),
            language=said["spoken"],
            interpreter=said["interpreter"],
            recipient_id=said["recipient"].pk if named else None,
            purpose=said["purpose"],
            legal_basis=LegalBasis(said["legal_basis"] or LegalBasis.CONSENT),
            given_on=said["given_on"],
            until=said["until"],
            refused=said["answer"] == options.Answer.NO,
        )


def _for_everybody(language: Language) -> options.Pairs:
    return [pair for pair in options.consent_for(language) if not _names_recipient(pair[0])]


def _names_recipient(for_what: str | None) -> bool:
    return ConsentFor(for_what).names_recipient if for_what else False


class ListConsentForm(SpokenForm):
    """What everybody on a list agreed to, as the member who accepts it knows."""

    for_what = Several(_for_everybody, required=False)
    given_by = Choice(options.consent_giver, empty="choose", required=False)
    how = Choice(options.consent_how, empty="choose", required=False)
    spoken = Choice(options.languages, empty="not_said", required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever agreed was asked by somebody, somehow."""
        said = super().clean() or self.cleaned_data
        if said.get("for_what"):
            for name in ("given_by", "how"):
                if not said.get(name):
                    self.add_error(name, self.say(f"tracing_{'by' if name == 'given_by' else 'how'}_needed"))
        return said

    def said(self) -> tuple[ConsentSaid, ...]:
        """One answer for each thing they were asked."""
        said = self.cleaned_data
        return tuple(
            ConsentSaid(
                for_what=ConsentFor(what),
                given_by=ConsentGiver(said["given_by"]),
                how=ConsentHow(said["how"]),
                language=said["spoken"],
            )
            for what in said["for_what"]
        )
