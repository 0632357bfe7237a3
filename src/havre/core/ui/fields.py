# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fields that forms of several apps have: a day, and words of somebody's own."""

from typing import Any

from django import forms

NOTE_LENGTH = 4000


class Day(forms.DateField):
    """A day, as the browser's own calendar writes it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class Note(forms.CharField):
    """Several lines of text, in whichever direction they are written."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(max_length=NOTE_LENGTH, widget=area, **options)
