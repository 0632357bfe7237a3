# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fields that understand what people write, and speak the reader's language."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from havre.apps.registry.actions import RegistryError, understood_birth
from havre.apps.registry.web.words import WORDS
from havre.core.clock import today
from havre.core.exchange.vocabulary import countries, find_country, find_unsaid, nearest_country, unsaid_terms
from havre.engines.linkage.records import BirthInterval, Unsaid
from havre.words import Language

NAME_LENGTH = 300
LINE_LENGTH = 200
Options = Callable[[Language], Iterable[tuple[str, str]]]


class Suggested(forms.TextInput):
    """A line of text that proposes words while one types, and takes others too; the browser does it, no script."""

    options: tuple[str, ...] = ()

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The input, and the list that it proposes from."""
        attrs = attrs or {}
        key = f"{attrs.get('id', f'id_{name}')}_list"
        line = super().render(name, value, {**attrs, "list": key}, renderer)
        options = format_html_join("", "<option>{}</option>", ((option,) for option in self.options))
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, options)


class Speaking(forms.Field):
    """A field that has words of its own."""

    language = Language.ENGLISH

    def speak(self, language: Language) -> None:
        """From now on in this language."""
        self.language = language


class Line(Speaking, forms.CharField):
    """One line with single spaces; refuses what no keyboard types."""

    def __init__(self, *, max_length: int = LINE_LENGTH, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        """The text on one line."""
        return " ".join(str(super().to_python(value)).split())

    def validate(self, value: Any) -> None:
        """Refuses control characters: the text was damaged on its way."""
        super().validate(value)
        if any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in value):
            raise ValidationError(WORDS.say(self.language, "damaged"), code="damaged")


class OrUnsaid(Line):
    """A line that may also say why it says nothing, in the words that lists use for it: its value is then Unsaid."""

    def understood(self, said: str) -> Any:
        """What the text stands for; ValidationError."""
        return said

    def clean(self, value: Any) -> Any:
        """The value, why there is none, or ``""`` where nothing was written."""
        said = super().clean(value)
        why = find_unsaid(said)
        if not said or why == "":
            return ""
        return why if isinstance(why, Unsaid) else self.understood(said)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else is written than what the field began with."""
        return super().has_changed(self.prepare_value(initial), data)

    def prepare_value(self, value: Any) -> Any:
        """A reason in the reader's words; what was typed stays."""
        return reasons(self.language)[value] if isinstance(value, Unsaid) else value


class CountryField(OrUnsaid):
    """A country by its name, adjective or code, in either language; its value is ISO 3166-1 alpha-3."""

    widget = Suggested

    def speak(self, language: Language) -> None:
        """Proposes the names of countries as this language has them."""
        super().speak(language)
        names = sorted((country.label(language) for country in countries()), key=str.casefold)
        self.widget.options = (*reasons(language).values(), *names)

    def understood(self, said: str) -> str:
        """The code of the country."""
        found = find_country(said)
        if found is None:
            raise ValidationError(self._hint(said), code="unknown_country")
        return found.alpha_3

    def _hint(self, said: str) -> str:
        near = nearest_country(said)
        if near is None:
            return WORDS.say(self.language, "unknown_country")
        return WORDS.say(self.language, "unknown_country_near", country=near.label(self.language))

    def prepare_value(self, value: Any) -> Any:
        """A code as the name of its country."""
        is_code = isinstance(value, str) and len(value) == 3 and value.isupper()
        found = find_country(value) if is_code else None
        return found.label(self.language) if found else super().prepare_value(value)


class BirthField(OrUnsaid):
    """A birth date or an age, as people write them; its value is the interval of birth dates that it leaves open."""

    widget = Suggested

    def speak(self, language: Language) -> None:
        """Proposes the reasons for saying nothing."""
        super().speak(language)
        self.widget.options = tuple(reasons(language).values())

    def understood(self, said: str) -> BirthInterval:
        """The interval, an age being true today."""
        try:
            return understood_birth(said, today())
        except RegistryError as error:
            raise ValidationError(error.say(self.language), code=error.key) from error


def reasons(language: Language) -> dict[Unsaid, str]:
    """Why a value is not there, in words that ``OrUnsaid`` understands."""
    return {Unsaid(term.key): term.label(language) for term in unsaid_terms() if term.key in set(Unsaid)}


class Choice(Speaking, forms.ChoiceField):
    """One of several, with the words for choosing none in front; ``empty`` is the key of these words."""

    def __init__(self, options: Options, *, empty: str = "", **more: Any) -> None:
        self._options, self._empty = options, empty
        super().__init__(**more)

    def speak(self, language: Language) -> None:
        """The words of the options."""
        super().speak(language)
        none = WORDS.say(language, self._empty) if self._empty else ""
        self.choices = [("", none), *self._options(language)]


class Shown(Choice):
    """One of a few that are all in sight; choosing none is leaving all of them."""

    widget = forms.RadioSelect

    def speak(self, language: Language) -> None:
        """The words of the options."""
        super().speak(language)
        self.choices = list(self._options(language))


class Several(Speaking, forms.MultipleChoiceField):
    """Any number of a few that are all in sight."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, options: Options, **more: Any) -> None:
        self._options = options
        super().__init__(**more)

    def speak(self, language: Language) -> None:
        """The words of the options."""
        super().speak(language)
        self.choices = list(self._options(language))


class SpokenForm(forms.Form):
    """A form whose fields speak the reader's language."""

    def __init__(self, *args: Any, language: Language, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language
        for field in self.fields.values():
            if isinstance(field, Speaking):
                field.speak(language)

    def say(self, key: str, **values: object) -> str:
        """A sentence of the screens."""
        return WORDS.say(self.language, key, **values)
