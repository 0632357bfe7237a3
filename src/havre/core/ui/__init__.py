# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pages and reports look like: fonts, scripts, base styles, shared parts. Nothing about the business."""

from havre.core.ui.pages import by_script, language_of, page, page_number

__all__ = ["by_script", "language_of", "page", "page_number"]
