# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chain grows by itself, every hour; an entry's own mark holds from the moment it is written."""

from havre.core.audit.actions import seal
from havre.core.audit.words import WORDS
from havre.core.jobs import Progress, every


@every("17 * * * *", "audit.seal", words=WORDS, title="sealing")
def seal_record(_progress: Progress) -> dict[str, int]:
    """Takes up into the chain what has been recorded since."""
    return {"sealed": seal()}
