# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Routes of tracing."""

from django.urls import path, register_converter

from havre.apps.tracing.web import found, from_to, lists, review, runs
from havre.words import Language


class LanguageTag:
    """A language of the interface in an address; there is nothing at any other."""

    regex = "|".join(Language)

    def to_python(self, value: str) -> Language:
        """The language."""
        return Language(value)

    def to_url(self, value: Language) -> str:
        """Its tag."""
        return value.value


register_converter(LanguageTag, "language")
app_name = "tracing"
urlpatterns = [
    path("pairs", lists.pairs_list, name="pairs"),
    path("pairs/search", lists.looked_for, name="search"),
    path("pairs/next", review.next_one, name="next"),
    path("pairs/<uuid:pk>", review.pair_page, name="pair"),
    path("pairs/<uuid:pk>/verdict", review.verdict, name="verdict"),
    path("runs", runs.runs_list, name="runs"),
    path("runs/ask", runs.ask, name="ask_run"),
    path("runs/<uuid:pk>", runs.run_page, name="run"),
    path("found", found.found_list, name="found"),
    path("found/from-to", from_to.from_to, name="from_to"),
    path("found/<language:tag>.xlsx", found.workbook, name="workbook"),
    path("found/<language:tag>.pdf", found.document, name="document"),
]
