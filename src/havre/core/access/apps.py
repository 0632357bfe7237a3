# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Django app: the functions that row policies call, and the key of what Havre itself says."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access."""

    name = "havre.core.access"
    label = "access"

    def ready(self) -> None:
        """Looks anew whether an account has a second step, once one was taken away."""
        from allauth.mfa.signals import authenticator_removed

        from havre.core.access.middleware import forget_second_factor

        authenticator_removed.connect(forget_second_factor)
