# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is added to a registration, one kind of thing a form. Nothing that stands there is overwritten."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms

from havre.apps.registry.actions import (
    AgeSaid,
    ContactSaid,
    DocumentSaid,
    LinkSaid,
    NameSaid,
    RegistryError,
    understood_birth,
)
from havre.apps.registry.enums import AgeMethod, ContactKind, NameKind, PartRole, Writer
from havre.apps.registry.web.forms import options
from havre.apps.registry.web.forms.fields import (
    NAME_LENGTH,
    BirthField,
    Choice,
    CountryField,
    Line,
    OrUnsaid,
    Shown,
    SpokenForm,
    Suggested,
)
from havre.apps.registry.web.forms.registering import value_or_none
from havre.core.clock import today
from havre.core.database.ids import uuid7
from havre.core.exchange.vocabulary import find_country
from havre.core.ui.fields import Day, Note
from havre.engines.linkage.records import BirthInterval, Description, Sex, Unsaid


class OnceForm(SpokenForm):
    """A form that does what it does once, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class NameForm(OnceForm):
    """One more spelling of a name, and which of its words is what."""

    written = Line(max_length=NAME_LENGTH)
    kind = Shown(options.name_kind, initial=NameKind.SPELLING)
    written_by = Choice(options.writer, initial=Writer.MEMBER)
    spoken = Choice(options.languages, empty="not_said", required=False)
    own = Line(required=False)
    father = Line(required=False)
    family = Line(required=False)
    ROLES: ClassVar = (PartRole.OWN, PartRole.FATHER, PartRole.FAMILY)

    def clean(self) -> dict[str, Any]:
        """Parts are words of the name as it is written."""
        said = super().clean() or self.cleaned_data
        words = (said.get("written") or "").casefold().split()
        for role in self.ROLES:
            part = (said.get(role.value) or "").casefold().split()
            if any(word not in words for word in part):
                self.add_error(role.value, self.say("part_not_in_name"))
        return said

    def said(self) -> NameSaid:
        """The spelling."""
        said = self.cleaned_data
        parts = ((said[role.value], role) for role in self.ROLES if said[role.value])
        return NameSaid(
            written=said["written"],
            kind=NameKind(said["kind"]),
            language=said["spoken"],
            written_by=Writer(said["written_by"]),
            parts=tuple(parts),
        )


class AgeForm(OnceForm):
    """One more thing that is known of the age."""

    birth = Line()
    true_on = Day(initial=today)
    method = Shown(options.age_method, initial=AgeMethod.CLAIMED)
    assessor = Line(required=False)
    note = Note(required=False)

    def clean(self) -> dict[str, Any]:
        """An age was true on the day it was said, and who assessed it has a name."""
        said = super().clean() or self.cleaned_data
        if said.get("true_on") and said["true_on"] > today():
            self.add_error("true_on", self.say("not_yet"))
        if said.get("method") == AgeMethod.ASSESSED and not said.get("assessor"):
            self.add_error("assessor", self.say("assessor_needed"))
        if said.get("birth") and said.get("true_on"):
            try:
                said["interval"] = understood_birth(said["birth"], said["true_on"])
            except RegistryError as error:
                self.add_error("birth", error.say(self.language))
        return said

    def said(self) -> AgeSaid:
        """The evidence."""
        said = self.cleaned_data
        return AgeSaid(
            birth=said["interval"],
            true_on=said["true_on"],
            method=AgeMethod(said["method"]),
            assessor=said["assessor"],
            note=said["note"],
        )


class ContactForm(OnceForm):
    """How somebody can be reached."""

    kind = Shown(options.contact_kind, initial=ContactKind.PHONE)
    value = Line()
    since = Day(required=False)
    note = Note(required=False, rows=2)

    def said(self) -> ContactSaid:
        """The contact."""
        said = self.cleaned_data
        return ContactSaid(
            kind=ContactKind(said["kind"]), value=said["value"], since=said["since"], note=said["note"]
        )


class DocumentForm(OnceForm):
    """A paper that was shown, with a picture of it if there is one."""

    kind = Line(widget=Suggested())
    number = Line(required=False)
    issued_by = Line(required=False)
    file = forms.FileField(required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].widget.options = tuple(self.say("document_kinds").split("|"))

    def said(self, file_id: UUID | None) -> DocumentSaid:
        """The document."""
        said = self.cleaned_data
        return DocumentSaid(
            kind=said["kind"], number=said["number"], issued_by=said["issued_by"], file_id=file_id
        )


class LinkForm(OnceForm):
    """What somebody says of a relative."""

    relation = Choice(options.relation, empty="choose", required=False)
    names = OrUnsaid(max_length=NAME_LENGTH, required=False)
    other_names = Line(max_length=NAME_LENGTH, required=False)
    sex = Shown(options.sex_or_why_not, required=False)
    birth = BirthField(required=False)
    nationality = CountryField(required=False)
    birthplace = OrUnsaid(required=False)
    town = OrUnsaid(required=False)
    country = CountryField(required=False)
    phone = OrUnsaid(required=False)
    note = Note(required=False, rows=3)
    TEXTS: ClassVar = ("names", "other_names", "birthplace", "town", "phone", "nationality")

    def clean(self) -> dict[str, Any]:
        """A relation, a name or a phone at least: else nobody can be looked for."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(said.get(name) for name in ("relation", "names", "phone")):
            self.add_error("relation", self.say("link_says_nothing"))
        return said

    def said(self) -> LinkSaid:
        """The family link."""
        said = self.cleaned_data
        reasons = {name: why for name, why in said.items() if isinstance(why, Unsaid)}
        if said["sex"] in set(Unsaid):
            reasons["sex"] = Unsaid(said["sex"])
        return LinkSaid(
            relation=said["relation"],
            described=Description(
                sex=Sex(said["sex"]) if said["sex"] in set(Sex) else None,
                birth=value_or_none(said["birth"], BirthInterval),
                country=alpha_2(said["country"]),
                unsaid=reasons,
                **{name: value_or_none(said[name], str) or "" for name in self.TEXTS},
            ),
            note=said["note"],
        )


def alpha_2(code: object) -> str:
    """The short code of a country, as places have it; empty for none."""
    found = find_country(code) if isinstance(code, str) and code and not isinstance(code, Unsaid) else None
    return found.alpha_2 if found else ""


class DisputeForm(SpokenForm):
    """Why somebody does not hold an age for true."""

    note = Note()


class ReasonsForm(SpokenForm):
    """Why somebody decides."""

    reasons = Note(rows=3)
