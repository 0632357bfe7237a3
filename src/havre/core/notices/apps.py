# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices."""

    name = "havre.core.notices"
    label = "notices"

    def ready(self) -> None:
        """Says where the notices are found, and that they wait."""
        from havre.core.notices.telling import unread
        from havre.core.notices.views import READ_NOTICES, waiting
        from havre.core.notices.words import WORDS
        from havre.core.ui import navigation, work

        item = navigation.Item(
            WORDS,
            "notices_title",
            "notices:notices",
            icon="bell",
            right=READ_NOTICES,
            order=15,
            unread=unread,
        )
        navigation.register(item)
        work.register(waiting)
