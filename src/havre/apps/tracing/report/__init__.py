# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report of a match: one self-contained HTML file for the people who decide."""

from havre.apps.tracing.report.build import build_report
from havre.apps.tracing.report.quality import Truth

__all__ = ["Truth", "build_report"]
