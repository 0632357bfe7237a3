# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class AccommodationConfig(AppConfig):
    """Accommodation."""

    name = "havre.apps.accommodation"
    label = "accommodation"

    def ready(self) -> None:
        """Says whose words its notices are, where its pages are found, and what of it waits."""
        from havre.apps.accommodation.actions.refusing import WORDS as TOLD
        from havre.apps.accommodation.policies import OFFER, READ_CENTRES, READ_DEPARTURES, READ_PLANS
        from havre.apps.accommodation.web.departing.words import WORDS as COACHES
        from havre.apps.accommodation.web.desk.words import WORDS as DESK
        from havre.apps.accommodation.web.plans.words import WORDS as PLANS
        from havre.apps.accommodation.web.words import WORDS
        from havre.apps.accommodation.web.work import waiting
        from havre.core.notices import speaks
        from havre.core.ui.navigation import Item, register
        from havre.core.ui.work import register as register_work

        speaks("accommodation", TOLD)
        for key, name, icon, order in (
            ("nav_centres", "centres", "home", 36),
            ("nav_parties", "parties", "users-group", 37),
        ):
            register(Item(WORDS, key, f"accommodation:{name}", icon=icon, right=READ_CENTRES, order=order))
        register(
            Item(PLANS, "nav_plans", "accommodation:plans", icon="list-details", right=READ_PLANS, order=38)
        )
        leaving, right = "accommodation:departures", READ_DEPARTURES
        register(Item(COACHES, "nav_departures", leaving, icon="arrow-right", right=right, order=39))
        register(
            Item(DESK, "nav_desk", "accommodation:desk", icon="switch-horizontal", right=OFFER, order=37)
        )
        register_work(waiting)
