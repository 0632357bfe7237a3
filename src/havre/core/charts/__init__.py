# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Altair charts rendered to SVG, each with the table beside it."""

from havre.core.charts.inks import Ink
from havre.core.charts.plot import Column, Figure, Plot, Row

__all__ = ["Column", "Figure", "Ink", "Plot", "Row"]
