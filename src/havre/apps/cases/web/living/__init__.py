# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a case is given as it lives on: each act with its form on a page of its own."""

from havre.apps.cases.web.living.acts import first_of, offered
from havre.apps.cases.web.living.pages import act_page

__all__ = ["act_page", "first_of", "offered"]
