# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases."""

    name = "havre.apps.cases"
    label = "cases"

    def ready(self) -> None:
        """Says whose words the notices of cases are, where its pages are found, and what of it waits."""
        from havre.apps.cases import policies
        from havre.apps.cases.enums import WORDS
        from havre.apps.cases.web import work
        from havre.apps.cases.web.words import WORDS as SCREENS
        from havre.core.notices import speaks
        from havre.core.ui.navigation import Item, register
        from havre.core.ui.work import register as register_work

        speaks("cases", WORDS)
        right = policies.READ_CASES
        register(Item(SCREENS, "nav_cases", "cases:cases", icon="file-text", right=right, order=32))
        register_work(work.waiting)
