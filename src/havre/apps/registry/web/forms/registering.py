# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registering somebody in under a minute: who they are, whether family may be looked for, and one family link."""

from hashlib import sha256
from typing import Any

from django import forms

from havre.apps.registry.actions import ConsentSaid, LinkSaid
from havre.apps.registry.enums import ConsentFor, ConsentGiver, ConsentHow
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
)
from havre.core.database.ids import uuid7
from havre.engines.linkage.records import BirthInterval, Description, Sex, Unsaid
from havre.engines.names import fold

ASKED = ("names", "sex", "birth", "nationality")
"""What is asked of everybody: each may say why it holds nothing."""


def value_or_none(said: Any, kind: type) -> Any:
    """``said`` if it is a value of that kind: not a reason for there being none, and not nothing."""
    return said if isinstance(said, kind) and said and not isinstance(said, Unsaid) else None


class WhoForm(SpokenForm):
    """Who somebody is: enough to look whether they are known already. Every field may be left empty."""

    names = OrUnsaid(max_length=NAME_LENGTH, required=False)
    sex = Shown(options.sex_or_why_not, required=False)
    birth = BirthField(required=False)
    nationality = CountryField(required=False)

    def sex_said(self) -> Sex | None:
        """The sex, where one was said."""
        said = self.cleaned_data.get("sex")
        return Sex(said) if said in set(Sex) else None

    def described(self) -> Description:
        """What was said, as far as it was understood."""
        said = self.cleaned_data
        answered = {name: said.get(name) for name in ASKED} | {"sex": _reason(said.get("sex"))}
        return Description(
            names=value_or_none(said.get("names"), str) or "",
            sex=self.sex_said(),
            birth=value_or_none(said.get("birth"), BirthInterval),
            nationality=value_or_none(said.get("nationality"), str) or "",
            unsaid={name: why for name, why in answered.items() if isinstance(why, Unsaid)},
        )


def _reason(said: str | None) -> Unsaid | None:
    return Unsaid(said) if said in set(Unsaid) else None


class RegisterForm(WhoForm):
    """The quick registration."""

    tracing = Shown(options.answer, required=False)
    tracing_by = Choice(options.consent_giver, empty="choose", required=False)
    tracing_how = Choice(options.consent_how, empty="choose", required=False)
    tracing_language = Choice(options.languages, empty="choose", required=False)
    relation = Choice(options.relation, empty="no_relation", required=False)
    link_names = Line(max_length=NAME_LENGTH, required=False)
    link_town = Line(required=False)
    place = Line(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    person = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A name or why there is none; and whoever was asked was asked by somebody, somehow."""
        said = super().clean() or self.cleaned_data
        if not said.get("names") and "names" not in self.errors:
            self.add_error("names", self.say("names_needed"))
        if said.get("tracing"):
            for name in ("tracing_by", "tracing_how"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, self.say(f"{name}_needed"))
        if said.get("relation") and not said.get("link_names") and not said.get("link_town"):
            self.add_error("link_names", self.say("link_names_needed"))
        return said

    def links(self) -> tuple[LinkSaid, ...]:
        """The family link, if one was named."""
        said = self.cleaned_data
        if not (said["relation"] or said["link_names"] or said["link_town"]):
            return ()
        described = Description(names=said["link_names"], town=said["link_town"])
        return (LinkSaid(relation=said["relation"], described=described),)

    def consents(self) -> tuple[ConsentSaid, ...]:
        """What was answered about tracing, if it was asked."""
        said = self.cleaned_data
        if not said["tracing"]:
            return ()
        return (
            ConsentSaid(
                for_what=ConsentFor.TRACING,
                given_by=ConsentGiver(said["tracing_by"]),
                how=ConsentHow(said["tracing_how"]),
                language=said["tracing_language"],
                refused=said["tracing"] == options.Answer.NO,
            ),
        )

    def interpreter(self) -> bool | None:
        """Whether one helped, as far as the answer about tracing says it."""
        how = self.cleaned_data["tracing_how"]
        return None if not how else how == ConsentHow.INTERPRETER

    def mark(self) -> str:
        """What stands in ``seen`` once the candidates for this name have been shown."""
        return mark_of(self.cleaned_data.get("names"))


def mark_of(names: object) -> str:
    """A short mark of a name, whatever its case and accents."""
    return sha256(fold(names).encode()).hexdigest()[:16] if isinstance(names, str) else ""
