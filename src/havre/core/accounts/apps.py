# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "havre.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Tells the navigation where members are looked after."""
        from havre.core.accounts.enums import WORDS
        from havre.core.accounts.policies import MANAGE_MEMBERS
        from havre.core.ui.navigation import Item, register

        register(
            Item(
                WORDS, "members_navigation", "accounts:members", icon="users", right=MANAGE_MEMBERS, order=20
            )
        )
