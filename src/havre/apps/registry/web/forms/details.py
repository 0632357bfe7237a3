# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a registration says once, to be completed or put right; what stood there before, the record remembers."""

from typing import Any, ClassVar

from havre.apps.registry.models import Registration
from havre.apps.registry.web.forms import options
from havre.apps.registry.web.forms.adding import OnceForm, alpha_2
from havre.apps.registry.web.forms.fields import Choice, CountryField, Line, OrUnsaid, Shown
from havre.apps.registry.web.forms.registering import value_or_none
from havre.core.exchange.vocabulary import find_country
from havre.engines.linkage.records import Sex, Unsaid


class DetailsForm(OnceForm):
    """The rest of the full form."""

    sex = Shown(options.sex_or_why_not, required=False)
    nationality = CountryField(required=False)
    birthplace = OrUnsaid(required=False)
    town = OrUnsaid(required=False)
    country = CountryField(required=False)
    place = Line(required=False)
    spoken = Choice(options.languages, empty="not_said", required=False)
    interpreter = Shown(options.answer, required=False)
    MAY_SAY_WHY: ClassVar = ("sex", "nationality", "birthplace", "town", "country")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        spoken, field = self.initial.get("spoken"), self.fields["spoken"]
        if spoken and spoken not in dict(field.choices):  # type: ignore[attr-defined]
            field.choices = [*field.choices, (spoken, spoken)]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, registration: Registration) -> dict[str, Any]:
        """What the form begins with: what stands there now."""
        country = find_country(registration.country) if registration.country else None
        now = {
            "sex": registration.sex,
            "nationality": registration.nationality,
            "birthplace": registration.birthplace,
            "town": registration.town,
            "country": country.alpha_3 if country else "",
            "place": registration.place,
            "spoken": registration.language,
            "interpreter": {True: "yes", False: "no", None: ""}[registration.interpreter],
        }
        why = {name: Unsaid(each) for name, each in registration.unsaid.items() if name in cls.MAY_SAY_WHY}
        return {**why, **{name: value for name, value in now.items() if value}}

    def values(self) -> dict[str, Any]:
        """What is said otherwise than before, by the names of columns."""
        said = self.cleaned_data
        now = {
            "sex": said["sex"] if said["sex"] in set(Sex) else "",
            "nationality": value_or_none(said["nationality"], str) or "",
            "birthplace": value_or_none(said["birthplace"], str) or "",
            "town": value_or_none(said["town"], str) or "",
            "country": alpha_2(said["country"]),
            "place": said["place"],
            "language": said["spoken"],
            "interpreter": {"yes": True, "no": False}.get(said["interpreter"]),
        }
        form_name = {"language": "spoken"}
        return {name: value for name, value in now.items() if form_name.get(name, name) in self.changed_data}

    def reasons(self) -> dict[str, Unsaid]:
        """Why a field holds nothing, where somebody said so."""
        said = {name: self.cleaned_data[name] for name in self.MAY_SAY_WHY}
        return {name: Unsaid(why) for name, why in said.items() if why in set(Unsaid)}
