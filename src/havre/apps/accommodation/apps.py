# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class AccommodationConfig(AppConfig):
    """Accommodation."""

    name = "havre.apps.accommodation"
    label = "accommodation"

    def ready(self) -> None:
        """Says where its pages are found, and what of plans waits."""
        from havre.apps.accommodation.policies import READ_CENTRES, READ_PLANS
        from havre.apps.accommodation.web.plans import work as plans
        from havre.apps.accommodation.web.plans.words import WORDS as PLANS
        from havre.apps.accommodation.web.words import WORDS
        from havre.core.ui.navigation import Item, register
        from havre.core.ui.work import register as register_work

        for key, name, icon, order in (
            ("nav_centres", "centres", "home", 36),
            ("nav_parties", "parties", "users-group", 37),
        ):
            register(Item(WORDS, key, f"accommodation:{name}", icon=icon, right=READ_CENTRES, order=order))
        register(
            Item(PLANS, "nav_plans", "accommodation:plans", icon="list-details", right=READ_PLANS, order=38)
        )
        register_work(plans.waiting)
