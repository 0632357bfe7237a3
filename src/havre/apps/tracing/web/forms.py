# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody chooses and types on the screens of tracing, and the values that it stands for."""

from collections.abc import Iterable
from typing import Any

from django import forms

from havre.apps.tracing.enums import MEMBERS_ACTS, Act, PairState, reasons_for
from havre.apps.tracing.web.words import WORDS
from havre.core.accounts.enums import OrganisationKind, Shore
from havre.core.accounts.models import Organisation
from havre.core.clock import today
from havre.core.ui.fields import Day, Note
from havre.engines.linkage import Band
from havre.engines.linkage.relations import relations
from havre.words import Language

NAME_LENGTH = 200
Options = list[tuple[str, str]]


def bands(language: Language) -> Options:
    """The bands in words, the surest first."""
    return [(band.value, WORDS.say(language, f"band_{band.value}")) for band in Band]


def organisations(language: Language) -> Options:
    """Those who register people, each with its shore, by name."""
    found = Organisation.objects.filter(kind=OrganisationKind.PROTECTION).order_by("name")
    return [(str(each.pk), f"{each.name}, {Shore(each.shore).label(language)}") for each in found]


class NameForm(forms.Form):
    """Names to look for. They are posted: no address, and so no history and no log, holds the name of a child."""

    names = forms.CharField(required=False, max_length=NAME_LENGTH)


class Filter(forms.Form):
    """Filters that live in the address. What cannot be understood is said beside its field and filters nothing."""

    def __init__(self, *args: Any, language: Language, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language
        self._offer("organisation", organisations(language), "any_organisation")

    def _offer(self, name: str, options: Iterable[tuple[str, str]], none: str) -> None:
        offered = [("", WORDS.say(self.language, none)), *options]
        self.fields[name] = forms.ChoiceField(choices=offered, required=False)

    def _offer_states(self, states: Iterable[PairState]) -> None:
        self._offer(
            "state",
            [(each.value, WORDS.say(self.language, f"state_{each.value}")) for each in states],
            "any_state",
        )

    @property
    def chosen(self) -> dict[str, Any]:
        """Each filter that was chosen and understood, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def asked(self) -> dict[str, str]:
        """The same as parameters of an address."""
        return {name: str(value) if value is not True else "on" for name, value in self.chosen.items()}


class PairFilter(Filter):
    """Which pairs to list."""

    came_back = forms.BooleanField(required=False)
    run = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer_states(PairState)
        self._offer("band", bands(self.language), "any_band")
        words = [(each.key, each.label(self.language)) for each in relations().values()]
        self._offer("relation", words, "any_relation")


class FoundFilter(Filter):
    """Which of the verified and reunited pairs to list."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer_states((PairState.VERIFIED, PairState.REUNITED))


class VerdictForm(forms.Form):
    """One act of a member on the pair as they saw it. Whether a reason or a day is needed, the action knows."""

    act = forms.ChoiceField(choices=[(act.value, act.value) for act in MEMBERS_ACTS])
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    key = forms.UUIDField()
    reason = forms.CharField(required=False, max_length=40, widget=forms.RadioSelect)
    true_on = Day(required=False)
    words = Note(rows=2, required=False)

    @classmethod
    def of(cls, act: Act, language: Language, data: Any = None) -> "VerdictForm":
        """The form of one act, whose ids are its own."""
        form = cls(data, auto_id=f"{act.value}_%s")
        reasons = [(reason.key, reason.label(language)) for reason in reasons_for(act)]
        form.fields["reason"].widget = forms.RadioSelect(choices=reasons)
        form.fields["true_on"].widget.attrs["max"] = today().isoformat()
        return form

    @property
    def is_damaged(self) -> bool:
        """Whether something is wrong that no member has typed."""
        return bool({"act", "version", "key"} & self.errors.keys())
