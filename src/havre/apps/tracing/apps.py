# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class TracingConfig(AppConfig):
    """Tracing."""

    name = "havre.apps.tracing"
    label = "tracing"

    def ready(self) -> None:
        """Says whose words the notices of tracing are, where its pages are found, and what of it waits."""
        from havre.apps.tracing import policies
        from havre.apps.tracing.enums import WORDS
        from havre.apps.tracing.web import work
        from havre.apps.tracing.web.words import WORDS as SCREENS
        from havre.core.notices import speaks
        from havre.core.ui.navigation import Item, register
        from havre.core.ui.work import register as register_work

        speaks("tracing", WORDS)
        for key, name, icon, right, order in (
            ("nav_pairs", "pairs", "scale", policies.READ_PAIRS, 25),
            ("nav_found", "found", "heart-handshake", policies.READ_PAIRS, 30),
            ("nav_runs", "runs", "refresh", policies.READ_RUNS, 45),
        ):
            register(Item(SCREENS, key, f"tracing:{name}", icon=icon, right=right, order=order))
        register_work(work.waiting)
