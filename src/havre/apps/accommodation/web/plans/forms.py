# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody asks of a plan, and lays down beside it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from havre.apps.accommodation.actions.plans import LONGEST, SHORTEST, PlanSaid
from havre.apps.accommodation.web.plans.words import WORDS
from havre.core.clock import today
from havre.core.ui.fields import Day, Note
from havre.core.ui.spoken import Spoken
from havre.engines.placement import default_policy_text
from havre.words import Language

MOST_POLICY = 20_000
USUAL_SECONDS = 60


class _Form(Spoken):
    """A form in the words of these screens."""

    sentences = WORDS


class AskForm(_Form):
    """Of what a plan is made, and how long the search may take."""

    day = Day()
    region = forms.CharField(required=False)
    again = forms.BooleanField(required=False)
    seconds = forms.IntegerField(min_value=SHORTEST, max_value=LONGEST, initial=USUAL_SECONDS)
    policy_why = Note(rows=2, required=False)
    policy = forms.CharField(
        max_length=MOST_POLICY,
        widget=forms.Textarea(
            attrs={"rows": 20, "dir": "ltr", "lang": "en", "spellcheck": "false", "class": "code"}
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, language: Language, regions: Sequence[str], data: Any = None, **options: Any) -> None:
        first = {"day": today(), "policy": default_policy_text()}
        super().__init__(language, data, auto_id="ask_%s", **{"initial": first, **options})
        self.offer("region", [(each, each) for each in regions], "no_region")

    @property
    def said(self) -> PlanSaid:
        """As the action takes it."""
        said = self.cleaned_data
        policy = said["policy"].replace("\r\n", "\n")
        return PlanSaid(
            day=said["day"],
            region=said["region"],
            again=said["again"],
            seconds=said["seconds"],
            policy=policy if policy.endswith("\n") else f"{policy}\n",
            policy_why=said["policy_why"],
        )


class LayDownForm(_Form):
    """Why a party goes to a place, or never there; with what the member was shown that it costs."""

    reason = Note(rows=2)
    place = forms.UUIDField(widget=forms.HiddenInput)
    wins = forms.IntegerField(widget=forms.HiddenInput)
    costs = forms.IntegerField(widget=forms.HiddenInput)


class NeverForm(_Form):
    """Which place a party never goes to, and why."""

    never = forms.UUIDField()
    never_reason = Note(rows=2)

    def __init__(
        self, language: Language, places: Sequence[tuple[str, str]], data: Any = None, **options: Any
    ) -> None:
        super().__init__(language, data, auto_id="never_%s", **options)
        self.offer("never", list(places), "choose_place")
        self.order_fields(["never", "never_reason"])


class NoteForm(_Form):
    """What a member writes beside a plan."""

    words = Note(rows=2)
