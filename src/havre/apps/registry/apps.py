# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registry."""

    name = "havre.apps.registry"
    label = "registry"

    def ready(self) -> None:
        """Says whose words the notices are in, where the registry is found, and what of it waits."""
        from havre.apps.registry import policies
        from havre.apps.registry.enums import WORDS
        from havre.apps.registry.web import work
        from havre.apps.registry.web.words import WORDS as SCREENS
        from havre.core.notices import speaks
        from havre.core.ui.navigation import Item, register
        from havre.core.ui.work import register as register_work

        speaks("registry", WORDS)
        for key, name, icon, right, order in (
            ("nav_people", "people", "users", policies.READ, 20),
            ("nav_groupings", "groupings", "users-group", policies.GROUP, 40),
            ("nav_imports", "imports", "file-import", policies.IMPORT, 50),
            ("nav_retention", "retention", "archive", policies.ERASE, 55),
        ):
            register(Item(SCREENS, key, f"registry:{name}", icon=icon, right=right, order=order))
        register_work(work.waiting)
