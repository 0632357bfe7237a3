# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Jobs."""

    name = "havre.core.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Reads the ``jobs.py`` of every app, so that their tasks are known by name."""
        autodiscover_modules("jobs")
