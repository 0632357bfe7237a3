# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files."""

    name = "havre.core.files"
    label = "files"
