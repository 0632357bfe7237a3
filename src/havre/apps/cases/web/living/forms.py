# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the forms of all acts share: they know the case, and put what the action refuses to its field."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from havre.apps.cases.actions import CaseRefused, NotWhole
from havre.apps.cases.queries import CaseView
from havre.apps.cases.web.forms import SpokenForm
from havre.core.clock import today
from havre.words import Language


class ActForm(SpokenForm):
    """A form about one case. ``prepare`` fills in what the case offers; ``act`` does what was asked."""

    fields_of: ClassVar[Mapping[str, str]] = {}
    """A place that the action names to the field that shows it, where they differ."""
    is_whole: ClassVar[bool] = False
    """Whether the action needs every field, but those that are ``optional``, and says what is missing."""
    optional: ClassVar[frozenset[str]] = frozenset()
    days_gone: ClassVar[tuple[str, ...]] = ()
    """Fields with a day that has come."""

    def __init__(self, language: Language, view: CaseView, data: Any = None) -> None:
        super().__init__(language, data)
        self.view = view
        self.prepare()
        for name in self.days_gone:
            self.fields[name].widget.attrs["max"] = today().isoformat()

    def prepare(self) -> None:
        """Fills in what can be chosen; nothing by itself."""

    def act(self, case_id: UUID) -> None:
        """Does it; CaseRefused where it may not be."""
        raise NotImplementedError

    def may_be_empty(self, name: str) -> bool:
        """Whether a field is called optional: of what the action needs whole, and looks at itself, few are."""
        return name in self.optional if self.is_whole else not self.fields[name].required

    @property
    def once(self) -> UUID:
        """The key of this sending."""
        return UUID(str(self.cleaned_data["key"]))

    def text(self, name: str) -> str:
        """What was typed in a field."""
        return str(self.cleaned_data[name])

    def choose_language(self) -> None:
        """Offers the languages that one writes in."""
        self.offer("written_in", [(each.value, self.say(f"language_{each.value}")) for each in Language])
        self.fields["written_in"].initial = self.language.value

    def choose_yes_or_no(self, name: str, *, unknown: bool = True) -> None:
        """Offers yes and no, and that nobody knows."""
        words = ("yes", "no", "unknown") if unknown else ("yes", "no")
        self.offer(name, [(word, self.say(f"value_{word}")) for word in words], "choose")

    def yes_or_no(self, name: str) -> bool | None:
        """What was chosen; None where nobody knows, or nothing was."""
        return {"yes": True, "no": False}.get(self.text(name))

    def rows(self, *names: str) -> list[tuple[str, ...]]:
        """The lines of fields that come several times, without those that were left empty."""
        count = sum(
            name.startswith(f"{names[0]}_") and name[len(names[0]) + 1 :].isdecimal() for name in self.fields
        )
        lines = [tuple(self.text(f"{name}_{nth}").strip() for name in names) for nth in range(count)]
        return [line for line in lines if any(line)]

    def add_rows(self, count: int, **labels: str) -> None:
        """Adds ``count`` lines of optional fields, each called by its sentence."""
        for nth in range(count):
            for name, key in labels.items():
                self.fields[f"{name}_{nth}"] = forms.CharField(
                    max_length=400, required=False, label=f"{self.say(key)} {nth + 1}"
                )

    def take(self, refused: CaseRefused) -> None:
        """Puts what was refused to its field, each lack of a whole to its own."""
        if isinstance(refused, NotWhole):
            for place, lack in refused.lacks:
                field = self._field(place)
                said = (
                    refused.say_lack(lack, self.language)
                    if field
                    else refused.say_each(place, lack, self.language)
                )
                self.add_error(field, said)
        else:
            self.add_error(self._field(refused.field), refused.say(self.language))

    def _field(self, place: str) -> str | None:
        field = self.fields_of.get(place, place)
        return field if field in self.fields else None
