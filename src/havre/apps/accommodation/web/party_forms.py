# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody types of a party, and why what was promised to it ends."""

from typing import Any

from django import forms

from havre.apps.accommodation.actions import MemberSaid, PartySaid, WishSaid
from havre.apps.accommodation.actions.desk import ENDED_BY_HAND
from havre.apps.accommodation.enums import PartyKind
from havre.apps.accommodation.web.forms import SpokenForm
from havre.apps.accommodation.web.spoken import code_of
from havre.apps.registry.queries import person_of_reference, registrations
from havre.core.ui.fields import Note
from havre.words import Language


class PartyForm(SpokenForm):
    """Who travels and lives together, and what they wish."""

    wristband = forms.CharField(max_length=40)
    party_kind = forms.CharField()
    kind_why = Note(rows=2, required=False)
    people = forms.IntegerField(min_value=1, max_value=1000)
    references = forms.CharField(max_length=400, required=False)
    spoken = forms.CharField(max_length=35, required=False)
    medical = forms.BooleanField(required=False)
    step_free = forms.BooleanField(required=False)
    school = forms.BooleanField(required=False)
    region_1 = forms.CharField(max_length=60, required=False)
    region_2 = forms.CharField(max_length=60, required=False)
    relative_town = forms.CharField(max_length=200, required=False)
    note = Note(rows=2, required=False)

    def __init__(self, language: Language, data: Any = None, *, known: bool = False, **options: Any) -> None:
        """``known``: of a party that stands; who makes it another kind says why."""
        super().__init__(language, data, **options)
        if not known:
            del self.fields["kind_why"]
        kinds = [(each.value, self.say(f"party_{each.value}")) for each in PartyKind]
        self.offer("party_kind", kinds, "choose")

    def clean_references(self) -> tuple[MemberSaid, ...]:
        """The own registrations of the references that were typed."""
        found = []
        for typed in self.cleaned_data["references"].replace(";", ",").split(","):
            if not typed.strip():
                continue
            person = person_of_reference(typed)
            known = registrations().standing().of_person(person.pk).first() if person else None
            if known is None:
                raise forms.ValidationError(self.say("no_such_reference", typed=typed.strip()[:20]))
            found.append(MemberSaid(known.pk))
        return tuple(found)

    def said(self, at: tuple[float, float] | None) -> PartySaid:
        """What was typed; ``at`` is where the relative's town is, where that is known."""
        typed = self.cleaned_data
        lat, lon = at or (None, None)
        return PartySaid(
            wristband=typed["wristband"],
            people=typed["people"],
            kind=PartyKind(typed["party_kind"]),
            language=code_of(typed["spoken"]),
            medical=typed["medical"],
            step_free=typed["step_free"],
            school=typed["school"],
            members=typed["references"],
            kind_why=typed.get("kind_why", ""),
            wish=WishSaid(
                typed["region_1"], typed["region_2"], typed["relative_town"], lat, lon, typed["note"]
            ),
        )


class PromiseForm(SpokenForm):
    """Why a promise ends."""

    why = forms.CharField()

    def __init__(self, language: Language, data: Any = None, **options: Any) -> None:
        super().__init__(language, data, auto_id="promise_%s", **options)
        self.offer("why", [(each.value, self.say(f"promise_{each.value}")) for each in ENDED_BY_HAND])
