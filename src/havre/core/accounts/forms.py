# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an administrator says of a new member."""

from uuid import UUID

from django import forms

from havre.core.accounts.enums import WORDS, Role
from havre.words import Language


class InviteForm(forms.Form):
    """Somebody who shall act for the administrator's organisation."""

    email = forms.EmailField(max_length=254)
    full_name = forms.CharField(max_length=200)
    role = forms.ChoiceField()
    ward = forms.UUIDField(required=False)

    def __init__(self, *args: object, language: Language, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("email", "full_name", "role", "ward"):
            self.fields[name].label = WORDS.say(language, f"field_{name}")
        self.fields["ward"].help_text = WORDS.say(language, "help_ward")
        roles = [(role.value, role.label(language)) for role in Role]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def role_of(self) -> Role:
        """The role that was chosen."""
        return Role(self.cleaned_data["role"])

    def ward_of(self) -> UUID | None:
        """The child, where the role is a guardian's."""
        return self.cleaned_data["ward"] or None
