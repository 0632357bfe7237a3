# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "havre.core.audit"
    label = "audit"

    def ready(self) -> None:
        """Tells the navigation where the record is, and the worker when to seal it."""
        from havre.core.audit import jobs  # noqa: F401 - registers the job
        from havre.core.audit.policies import OVERSEE
        from havre.core.audit.words import WORDS
        from havre.core.ui.navigation import Item, register

        register(
            Item(WORDS, "record_navigation", "audit:record", icon="shield-check", right=OVERSEE, order=20)
        )
