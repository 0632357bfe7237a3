# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sentences of the screens of accommodation."""

from havre.apps.accommodation.enums import WORDS as SHARED
from havre.words import Words

WORDS = Words("havre.apps.accommodation.web", shared=SHARED)
