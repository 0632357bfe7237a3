# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody chooses and types on the screens of coaches."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from havre.apps.accommodation.actions.departing import DepartureSaid
from havre.apps.accommodation.actions.refusing import Refused
from havre.apps.accommodation.enums import PartyKind
from havre.apps.accommodation.web.departing.words import WORDS
from havre.core.ui.fields import Day, Note
from havre.core.ui.spoken import Spoken
from havre.words import Language

MOST_SEATS, MOST_COACHES, MOST_STOPS = 200, 500, 3


class _Form(Spoken):
    """A form in the words of these screens."""

    sentences = WORDS

    def refuse(self, refused: Refused) -> None:
        """Says a refusal at the field it belongs to, or above the form."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.say(self.language))


def _hour() -> forms.DateTimeField:
    """A day and an hour, as the browser writes them, by the clock on the wall."""
    box = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(widget=box)


class DayForm(_Form):
    """Which day."""

    day = Day()


class FillForm(DayForm):
    """For which day coaches are filled, how many there are, and at how many far centres one may call."""

    most = forms.IntegerField(min_value=1, max_value=MOST_COACHES)
    far_stops = forms.IntegerField(min_value=1, max_value=MOST_STOPS)


class CoachForm(_Form):
    """A coach as a member orders it."""

    number = forms.CharField(max_length=20)
    leaves_at = _hour()
    seats = forms.IntegerField(min_value=1, max_value=MOST_SEATS, initial=50)
    escorts = forms.IntegerField(min_value=0, max_value=MOST_SEATS, initial=0)
    company = forms.CharField(max_length=200, required=False)

    @property
    def said(self) -> DepartureSaid:
        """As the action takes it."""
        return DepartureSaid(**self.cleaned_data)


class StopForm(_Form):
    """One stop more."""

    centre = forms.UUIDField()
    expected_at = _hour()

    def __init__(
        self, language: Language, centres: Sequence[tuple[UUID, str]], data: Any = None, **options: Any
    ) -> None:
        super().__init__(language, data, auto_id="stop_%s", **options)
        self.offer("centre", [(str(key), name) for key, name in centres], "choose_centre")
        self.order_fields(["centre", "expected_at"])


class PutOnForm(_Form):
    """Which party sits on this coach from now on, and why."""

    wristband = forms.CharField(max_length=40)
    why = Note(rows=2)

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, auto_id="put_%s", **options)


class WhyForm(_Form):
    """Why."""

    why = Note(rows=2)


class LaterForm(_Form):
    """On which coach those ride who stayed behind."""

    departure = forms.UUIDField()

    def __init__(
        self, language: Language, coaches: Sequence[tuple[str, str]], data: Any = None, **options: Any
    ) -> None:
        super().__init__(language, data, auto_id="later_%s", **options)
        self.offer("departure", list(coaches), "choose_coach")


class StayForm(_Form):
    """Those who stayed behind become a party of their own: its wristband, of what kind it is, and why."""

    wristband = forms.CharField(max_length=40)
    party_kind = forms.CharField()
    why = Note(rows=2)

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, auto_id="stay_%s", **options)
        kinds = [(each.value, self.say(f"party_{each.value}")) for each in PartyKind]
        self.offer("party_kind", kinds, "choose_kind")
        self.order_fields(["wristband", "party_kind", "why"])


class BoardForm(_Form):
    """A wristband, typed or scanned; and how many of the party came, where not all did."""

    wristband = forms.CharField(
        max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"})
    )
    people = forms.IntegerField(min_value=0, max_value=1000, required=False)
    """0: they are not on board after all."""
