# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody chooses and types on the screens of accommodation."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django import forms

from havre.apps.accommodation.actions import (
    CentreSaid,
    PlaceSaid,
)
from havre.apps.accommodation.enums import BlockReason, CentreKind, EndWhy, PartyKind, UnitKind
from havre.apps.accommodation.models import Centre, Party, Place
from havre.apps.accommodation.web.words import WORDS
from havre.core.access import current_actor
from havre.core.accounts.enums import OrganisationKind
from havre.core.accounts.models import Organisation
from havre.core.clock import today
from havre.core.ui import spoken
from havre.core.ui.fields import Day, Note
from havre.words import Language


class SpokenForm(spoken.SpokenForm):
    """A form in the words of these screens."""

    sentences = WORDS

    def offer_words(self, name: str, enum: type[StrEnum], none: str = "") -> None:
        """Offers the words of an enum."""
        options = [(each.value, self.say(f"{name}_{each.value}")) for each in enum]
        self.offer(name, options, none)


class CentreForm(SpokenForm):
    """A centre: opened, or changed."""

    name = forms.CharField(max_length=200)
    code = forms.CharField(max_length=40)
    kind = forms.CharField()
    region = forms.CharField(max_length=60)
    town = forms.CharField(max_length=200, required=False)
    lat = forms.FloatField(min_value=-90, max_value=90)
    lon = forms.FloatField(min_value=-180, max_value=180)
    opens_on = Day(required=False)
    hospital_km = forms.FloatField(min_value=0, required=False)
    languages = forms.CharField(max_length=400, required=False)
    school = forms.NullBooleanField(required=False)
    step_free = forms.NullBooleanField(required=False)
    contact = Note(rows=2, required=False)
    rules = Note(rows=3, required=False)
    run_by = forms.CharField(required=False)

    def __init__(
        self, language: Language, data: Any = None, *, centre: Centre | None = None, **options: Any
    ) -> None:
        super().__init__(language, data, **options)
        self.offer_words("kind", CentreKind, "choose")
        unknown = [("", self.say("nobody_said")), ("true", self.say("yes")), ("false", self.say("no"))]
        for name in ("school", "step_free"):
            self.fields[name].widget = forms.Select(choices=unknown)
        if centre is not None:
            del self.fields["run_by"]
            return
        others = Organisation.objects.filter(
            kind=OrganisationKind.PROTECTION, shore=current_actor().shore
        ).exclude(pk=current_actor().organisation_id)
        self.offer("run_by", [(str(each.pk), each.name) for each in others.order_by("name")], "ourselves")

    def said(self) -> CentreSaid:
        """What was typed."""
        typed = self.cleaned_data
        return CentreSaid(
            code=typed["code"],
            name=typed["name"],
            kind=CentreKind(typed["kind"]),
            region=typed["region"],
            lat=typed["lat"],
            lon=typed["lon"],
            town=typed["town"],
            opens_on=typed["opens_on"],
            contact=typed["contact"],
            rules=typed["rules"],
            hospital_km=typed["hospital_km"],
            school=typed["school"],
            step_free=typed["step_free"],
            languages=tuple(typed["languages"].replace(",", " ").split()),
        )


class PlaceForm(SpokenForm):
    """A place of a centre."""

    code = forms.CharField(max_length=40)
    unit = forms.CharField()
    unit_size = forms.IntegerField(min_value=1, max_value=100)
    units = forms.IntegerField(min_value=0, max_value=100_000)
    takes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    step_free = forms.BooleanField(required=False)
    base_points = forms.IntegerField(min_value=-100_000, max_value=100_000)

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        options["initial"] = {"unit_size": 1, "base_points": 0, **options.get("initial", {})}
        super().__init__(language, data, **options)
        self.offer_words("unit", UnitKind)
        takes = self.fields["takes"]
        if isinstance(takes, forms.MultipleChoiceField):
            takes.choices = [(each.value, self.say(f"party_{each.value}", n=2)) for each in PartyKind]

    def said(self) -> PlaceSaid:
        """What was typed."""
        typed = self.cleaned_data
        return PlaceSaid(
            code=typed["code"],
            unit=UnitKind(typed["unit"]),
            units=typed["units"],
            takes=tuple(PartyKind(each) for each in typed["takes"]),
            unit_size=typed["unit_size"],
            step_free=typed["step_free"],
            base_points=typed["base_points"],
        )


class _OfPlaceForm(SpokenForm):
    """Something about one place of a centre."""

    def offer_places(self, places: list[Place], none: str) -> None:
        """The places of the centre by their code."""
        self.offer("place", [(str(each.pk), each.code) for each in places], none)


class BlockForm(_OfPlaceForm):
    """Units that nobody gets."""

    place = forms.CharField()
    units = forms.IntegerField(min_value=1)
    reason = forms.CharField()
    ends = Day(required=False)
    words_said = Note(rows=2, required=False)

    def __init__(self, language: Language, data: Any = None, *, places: list[Place], **options: Any) -> None:
        super().__init__(language, data, auto_id="block_%s", **options)
        self.offer_places(places, "choose")
        self.offer_words("reason", BlockReason, "choose")


class InspectionForm(_OfPlaceForm):
    """What somebody found."""

    on_day = Day()
    seen_by = forms.CharField(max_length=200)
    place = forms.CharField(required=False)
    units_usable = forms.IntegerField(min_value=0, max_value=100_000, required=False)
    found = Note(rows=3)

    def __init__(self, language: Language, data: Any = None, *, places: list[Place], **options: Any) -> None:
        super().__init__(language, data, auto_id="seen_%s", **options)
        self.offer_places(places, "whole_centre")
        self.fields["on_day"].widget.attrs["max"] = today().isoformat()


class TransferForm(SpokenForm):
    """Where a party moves to, with the units that are free there."""

    place = forms.CharField()

    def __init__(
        self, language: Language, data: Any = None, *, places: list[tuple[Place, int]], **options: Any
    ) -> None:
        super().__init__(language, data, **options)
        named = [
            (str(each.pk), self.say("place_with_free", centre=each.centre.name, code=each.code, n=free))
            for each, free in places
        ]
        self.offer("place", named, "choose")


class CloseForm(SpokenForm):
    """From when on nobody is taken in, or that it goes on."""

    closes_at = forms.DateTimeField(
        required=False, widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    )
    why = Note(rows=2)


class CheckInForm(SpokenForm):
    """Who has come, by the wristband; to another place than was promised."""

    wristband = forms.CharField(max_length=40)
    party = forms.UUIDField(required=False, widget=forms.HiddenInput)
    """Which of two desks' parties wears it, where both use the number."""
    place = forms.CharField(required=False)

    def __init__(
        self,
        language: Language,
        data: Any = None,
        *,
        places: list[Place],
        worn: Sequence[Party] = (),
        **options: Any,
    ) -> None:
        super().__init__(language, data, **options)
        self.offer("place", [(str(each.pk), each.code) for each in places], "as_promised")
        if worn:
            said = [(str(each.pk), f"{each.organisation.name} · {self._party(each)}") for each in worn]
            self.offer("party", said, "choose")

    def _party(self, party: Party) -> str:
        return f"{self.say('people', n=party.people)} · {self.say(f'party_{party.kind}')}"


class LeavingForm(SpokenForm):
    """Why somebody left."""

    why = forms.CharField()

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, **options)
        self.offer(
            "why",
            [
                (each.value, self.say(f"ended_{each.value}"))
                for each in EndWhy
                if each is not EndWhy.TRANSFERRED
            ],
        )
