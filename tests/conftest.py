# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for every test."""

import os

from hypothesis import settings

# A busy machine is no bug, so there is no deadline. Where a change is judged, the same examples are tried each time.
settings.register_profile("havre", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("havre")
