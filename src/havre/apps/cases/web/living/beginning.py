# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom the case asks, what others answered, who belongs together, how it ends: the forms."""

from typing import ClassVar
from uuid import UUID

from django import forms

from havre.apps.cases.actions import (
    CaseRefused,
    address_case,
    close_case,
    join_pair,
    join_siblings,
    part_sibling,
    record_outside_answer,
    reopen_case,
)
from havre.apps.cases.enums import Answer, AnswerSource, ClosingReason, PartedWhy
from havre.apps.cases.queries import (
    case_of_reference,
    pairs_to_join,
    proposed_siblings,
    siblings_elsewhere,
    whom_to_ask,
)
from havre.apps.cases.web.living.forms import ActForm
from havre.core.ui.fields import Day, Note


class AddressForm(ActForm):
    """Which organisation of the other shore is asked."""

    organisation = forms.CharField()

    def prepare(self) -> None:
        """Those that there are."""
        self.offer("organisation", [(str(key), name) for key, name in whom_to_ask(self.view.case)], "choose")

    def act(self, case_id: UUID) -> None:
        """Names it."""
        address_case(case_id, UUID(self.text("organisation")))


class PairForm(ActForm):
    """Which verified pair of the child joins the case."""

    pair = forms.CharField()

    def prepare(self) -> None:
        """Those of the child."""
        found = pairs_to_join(self.view.case, self.language)
        self.offer(
            "pair", [(str(each.pair_id), f"{each.child} ↔ {each.relative}") for each in found], "choose"
        )

    def act(self, case_id: UUID) -> None:
        """Joins it."""
        join_pair(case_id, UUID(self.text("pair")))


class OutsideForm(ActForm):
    """An answer of a letter, as it was given."""

    answer = forms.CharField()
    words = Note(rows=4, strip=False)
    answered_on = Day(required=False)
    source_said = forms.CharField(max_length=400)
    called: ClassVar = {"words": "field_outside_words"}
    fields_of: ClassVar = {"happened_on": "answered_on"}
    days_gone: ClassVar = ("answered_on",)

    def prepare(self) -> None:
        """Accepted or refused."""
        self.offer("answer", [(each.value, each.label(self.language)) for each in Answer], "choose")

    def act(self, case_id: UUID) -> None:
        """Records it."""
        record_outside_answer(
            case_id,
            Answer(self.text("answer")),
            words=self.text("words"),
            answered_on=self.cleaned_data["answered_on"],
            source=AnswerSource.DOCUMENT,
            source_said=self.text("source_said"),
            idempotency_key=self.once,
        )


class JoinForm(ActForm):
    """Who is a brother or sister: of those proposed, or by the reference of a child who has a case."""

    other = forms.CharField(required=False)
    reference = forms.CharField(max_length=20, required=False)
    reasons = Note(rows=2)

    def prepare(self) -> None:
        """Those who are proposed and have a case."""
        known = [each for each in proposed_siblings(self.view.case) if each.case_id]
        self.offer(
            "other", [(str(each.case_id), f"{each.name} ({each.reference})") for each in known], "nobody_here"
        )

    def act(self, case_id: UUID) -> None:
        """Joins the two."""
        chosen, typed = self.text("other"), self.text("reference")
        other = UUID(chosen) if chosen else case_of_reference(typed)
        if other is None:
            raise CaseRefused("no_case_of_reference", field="reference")
        join_siblings(case_id, other, reasons=self.text("reasons"), idempotency_key=self.once)


class PartForm(ActForm):
    """Why the child is parted from brothers and sisters."""

    why = forms.CharField()
    reasons = Note(rows=4)

    def prepare(self) -> None:
        """On what it can rest: between two organisations, on a panel's finding alone."""
        grounds = [PartedWhy.DETERMINATION] if siblings_elsewhere(self.view.case.pk) else list(PartedWhy)
        self.offer("why", [(each.value, each.label(self.language)) for each in grounds], "choose")

    def act(self, case_id: UUID) -> None:
        """Parts them."""
        why = PartedWhy(self.text("why"))
        part_sibling(case_id, why=why, reasons=self.text("reasons"), idempotency_key=self.once)


class CloseForm(ActForm):
    """Why the case is closed."""

    reason = forms.CharField()
    closing_words = Note(rows=4)
    called: ClassVar = {"reason": "field_closing_reason"}

    def prepare(self) -> None:
        """The reasons there are."""
        self.offer("reason", [(each.value, each.label(self.language)) for each in ClosingReason], "choose")

    def act(self, case_id: UUID) -> None:
        """Closes it."""
        reason = ClosingReason(self.text("reason"))
        close_case(case_id, reason, words=self.text("closing_words"), idempotency_key=self.once)


class ReopenForm(ActForm):
    """Why the case is opened again."""

    closing_words = Note(rows=4)

    def act(self, case_id: UUID) -> None:
        """Opens it."""
        reopen_case(case_id, words=self.text("closing_words"), idempotency_key=self.once)
