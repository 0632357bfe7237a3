# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Handing in a list."""

from collections.abc import Iterable
from typing import Any

from django import forms

from havre.apps.registry.web.forms.adding import OnceForm
from havre.apps.registry.web.forms.fields import Line, Suggested

ENDINGS = ".xlsx,.csv"


class UploadForm(OnceForm):
    """The file, or two, and under which name the list is known."""

    file = forms.FileField(max_length=200, widget=forms.FileInput(attrs={"accept": ENDINGS}))
    links_file = forms.FileField(
        max_length=200, required=False, widget=forms.FileInput(attrs={"accept": ".csv"})
    )
    source = Line(widget=Suggested())

    def __init__(self, *args: Any, sources: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["source"].widget.options = tuple(sources)
