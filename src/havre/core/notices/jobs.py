# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mail of the day, early in the morning of both shores."""

from havre.core.jobs import Progress, every
from havre.core.notices.digests import send_digests
from havre.core.notices.words import WORDS


@every("5 6 * * *", "notices.digest", words=WORDS, title="digest_job")
def send_digest(_progress: Progress) -> dict[str, int]:
    """Mails whoever asked how much waits; a second time on a day it mails those alone whom it could not reach."""
    done = send_digests()
    return {"sent": done.sent, "nothing": done.nothing, "failed": done.failed}
