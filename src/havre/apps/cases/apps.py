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
        from havre.apps.cases.queries.referrals import may_be_referred
        from havre.apps.cases.queries.uses import given_of_relative, uses_of_registrations
        from havre.apps.cases.web import calendar, referring, work
        from havre.apps.cases.web.words import WORDS as SCREENS
        from havre.apps.registry.queries import register_given, register_uses
        from havre.core.notices import speaks
        from havre.core.notices.calendar import register as register_days
        from havre.core.ui.navigation import Item, Onward, register, register_onward
        from havre.core.ui.work import register as register_work

        speaks("cases", WORDS)
        right = policies.READ_CASES
        register(Item(SCREENS, "nav_cases", "cases:cases", icon="file-text", right=right, order=32))
        register_work(work.waiting)
        register_days(calendar.deadlines)
        refer = policies.REFER
        register(Item(SCREENS, "nav_referrals", "cases:referrals", icon="share", right=refer, order=34))
        register_work(referring.waiting)
        way = Item(SCREENS, "refer_child", "cases:refer", icon="share", right=refer)
        register_onward("registration", Onward(way, may_be_referred))
        register_uses(uses_of_registrations)
        register_given(given_of_relative)
