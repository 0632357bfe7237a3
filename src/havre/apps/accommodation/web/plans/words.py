# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the screens of plans say."""

from havre.apps.accommodation.enums import WORDS as SHARED
from havre.words import Words

WORDS = Words("havre.apps.accommodation.web.plans", shared=SHARED)
