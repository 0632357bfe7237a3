# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app: no tables, only templates and what the front-end build puts into ``static/``."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """What pages look like."""

    name = "havre.core.ui"
    label = "ui"
