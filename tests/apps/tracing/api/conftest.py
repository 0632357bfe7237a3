# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same two shores as on the screens."""

from apps.tracing.web.conftest import counted, desk

__all__ = ["counted", "desk"]
